/** What flags of Pygen v1 mean: the arguments in today's form, variables of the environment, and what to tell the user. */
export interface Translated {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly hints: readonly string[];
}

/** Flags that became others of the same meaning (C2, C4). */
const renamed: Readonly<Record<string, string>> = {
  "--cdf-cluster": "--cluster",
  "--cdf-url": "--url",
  "--cdf-project": "--project",
  "--output-dir": "--out",
};

/** Flags that became variables of the environment: secrets do not belong on a command line (C4, S2). */
export const variables: Readonly<Record<string, string>> = {
  "--tenant-id": "IDP_TENANT_ID",
  "--token-url": "IDP_TOKEN_URL",
  "--scopes": "IDP_SCOPES",
  "--audience": "IDP_AUDIENCE",
  "--client-id": "IDP_CLIENT_ID",
  "--client-secret": "IDP_CLIENT_SECRET",
};

/** Flags with a value that nothing is left of, and why. */
export const dropped: Readonly<Record<string, string>> = {
  "--top-level-package": "the folder of --out is the package",
  "--client-name": "the name follows from the data model; `rename: { model }` in pygen.config changes it",
  "--instance-space": "give it when the SDK is bound: windFarm(client, { space })",
};

/** Flags without a value that nothing is left of, and why. */
export const needless: Readonly<Record<string, string>> = {
  "--overwrite": "files that pygen wrote are always replaced, others never",
  "--no-overwrite": "files of others are never replaced; --check and --dry-run write nothing",
  "--format-code": "code is written formatted",
  "--no-format-code": "code is written formatted",
};

const idFlags = ["--space", "--external-id", "--version"] as const;

/**
 * Puts the flags of Pygen v1's `generate` into today's form. Arguments that hold none of them stay as they are.
 *
 * @param argv - the arguments after the program's name
 */
export function fromV1(argv: readonly string[]): Translated {
  const unchanged: Translated = { argv, env: {}, hints: [] };
  if (!argv.includes("generate")) return unchanged;
  const rest: string[] = [];
  const env: Record<string, string> = {};
  const hints: string[] = [];
  const id = new Map<string, string>();
  const words = argv.flatMap((word) => (/^--[\w-]+=/.test(word) ? splitAtFirst(word) : [word]));
  for (let at = 0; at < words.length; at++) {
    const flag = words[at] ?? "";
    const value = (): string => words[++at] ?? "";
    if (Object.hasOwn(renamed, flag)) {
      const given = value();
      const now = renamedTo(flag, given);
      rest.push(now, given);
      hints.push(`${flag} is ${now} now`);
    } else if (Object.hasOwn(variables, flag)) {
      env[variables[flag] ?? ""] = value();
      hints.push(`${flag} is the variable ${variables[flag]} now`);
    } else if (Object.hasOwn(dropped, flag)) {
      value();
      hints.push(`${flag} is not needed: ${dropped[flag]}`);
    } else if (Object.hasOwn(needless, flag)) {
      hints.push(`${flag} is not needed: ${needless[flag]}`);
    } else if (isIdFlag(flag)) {
      id.set(flag, value());
    } else {
      rest.push(flag);
    }
  }
  if (id.size > 0) {
    const [space, externalId, version] = idFlags.map((flag) => id.get(flag) ?? "");
    rest.push("--model", `${space}/${externalId}@${version}`);
    hints.push("--space, --external-id and --version are --model space/externalId@version now");
  }
  return hints.length === 0 ? unchanged : { argv: rest, env, hints };
}

/** With a token URL, v1 took a whole address for the cluster (C4). */
function renamedTo(flag: string, value: string): string {
  return flag === "--cdf-cluster" && isAddress(value) ? "--url" : (renamed[flag] ?? "");
}

/** Whether what stands for a cluster is the address of the service. */
export function isAddress(cluster: string): boolean {
  return /^https?:/.test(cluster);
}

function isIdFlag(flag: string): boolean {
  return idFlags.some((each) => each === flag);
}

function splitAtFirst(word: string): readonly string[] {
  const at = word.indexOf("=");
  return [word.slice(0, at), word.slice(at + 1)];
}
