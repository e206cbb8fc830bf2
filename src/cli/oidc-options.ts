import type { Capabilities, EmulatorOptions } from "../emulator/index.js";
import { isConfigError } from "../errors/index.js";
import { usage } from "./cli-error.js";
import { httpsGet } from "./https-get.js";
import type { CliIo } from "./io.js";
import { readText } from "./source-files.js";

/** Options that say whose tokens are accepted, and what they are good for. */
export interface OidcCommandOptions {
  readonly oidcIssuer?: string;
  readonly audience?: readonly string[];
  /** A file with certificates to trust, as PEM. */
  readonly oidcCa?: string;
  /** A file with who may do what. */
  readonly capabilities?: string;
}

/**
 * Reads the files of the options, and makes of all of them what an emulator takes.
 *
 * @throws CliError for options that lack another one, and for files that cannot be read or are no JSON
 */
export async function oidcOptions(
  { oidcIssuer, audience, oidcCa, capabilities }: OidcCommandOptions,
  io: CliIo,
): Promise<Pick<EmulatorOptions, "oidc" | "capabilities">> {
  if (oidcIssuer === undefined) {
    const alone = Object.entries({ "--audience": audience, "--oidc-ca": oidcCa, "--capabilities": capabilities });
    const given = alone.find(([, value]) => value !== undefined)?.[0];
    if (given === undefined) return {};
    throw usage(`${given} needs --oidc-issuer`, "Name the issuer whose tokens are accepted.");
  }
  if (audience === undefined) {
    throw usage("--oidc-issuer needs --audience", "Write for example --audience https://api.cognitedata.com.");
  }
  return {
    oidc: {
      issuer: oidcIssuer,
      audience,
      ...(oidcCa === undefined ? {} : { fetch: httpsGet(await readText(oidcCa, io.cwd, "certificate file")) }),
    },
    ...(capabilities === undefined ? {} : { capabilities: await readCapabilitiesFile(capabilities, io) }),
  };
}

async function readCapabilitiesFile(file: string, io: CliIo): Promise<Capabilities> {
  const text = await readText(file, io.cwd, "capabilities file");
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw usage(`capabilities file ${file} is not JSON: ${(error as SyntaxError).message}`, "Give a JSON file.");
  }
}

/** Runs something that reads capabilities; what is wrong with them is told with the name of their file. */
export function withFileName<T>(file: string | undefined, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!isConfigError(error) || error.code !== "CONFIG.CAPABILITIES") throw error;
    throw usage(`capabilities file ${file}: ${error.message}`, error.hint ?? "");
  }
}
