import { homedir } from "node:os";
import path from "node:path";
import { type EnvironmentOptions, fileCache, fromEnvironment } from "../auth/node/index.js";
import { CredentialsError, isConfigError } from "../errors/index.js";
import { usage } from "./cli-error.js";
import type { CliIo } from "./io.js";
import { readText } from "./source-files.js";

/** Options of a command line that stand in for variables of the environment. */
export interface AccessOptions {
  readonly url?: string;
  readonly cluster?: string;
  readonly project?: string;
  readonly tokenFile?: string;
  /** Signs a user in with the browser of this machine instead of a code. */
  readonly browser?: boolean;
}

/** Where the tokens of the user who signed in are kept. */
export function tokensFile({ env }: CliIo): string {
  return path.join(env["HOME"] ?? homedir(), ".pygen", "tokens.json");
}

/**
 * Where the service is and who asks, by the options of the command line and the variables of CDF tools. Without a token and
 * a secret, the user is asked to sign in, and stays signed in for the next command; tokens of a secret are not kept.
 *
 * @param mayAsk - whether there is a user; elsewhere, as in CI, a command would wait for a quarter of an hour
 * @throws CliError that names what is missing; CredentialsError, from calls, `CREDENTIALS.INTERACTION` without a user
 */
export async function accessOf(
  options: AccessOptions,
  io: CliIo,
  mayAsk: boolean = io.isErrorTerminal === true,
): Promise<EnvironmentOptions> {
  const { url, cluster, project, tokenFile, browser = false } = options;
  if (url !== undefined && cluster !== undefined)
    throw usage("there has to be one of --url and --cluster", "Leave one of them out.");
  const given = {
    ...(url === undefined && cluster === undefined ? {} : { CDF_URL: url, CDF_CLUSTER: cluster }),
    ...(project === undefined ? {} : { CDF_PROJECT: project }),
    ...(tokenFile === undefined ? {} : { CDF_TOKEN: await readText(tokenFile, io.cwd, "token file") }),
  };
  try {
    return fromEnvironment(
      { ...io.env, ...given },
      {
        ...(io.env["IDP_CLIENT_SECRET"] ? {} : { cache: fileCache(tokensFile(io)) }),
        onCode: ({ message }) => {
          if (!mayAsk) throw nobody();
          io.stderr(`${message}\n`);
        },
        ...(browser ? { browser: {} } : {}),
      },
    );
  } catch (error) {
    if (!isConfigError(error)) throw error;
    const hint =
      "Set the variables, or give --url or --cluster, and --project; --token-file and CDF_TOKEN stand in for all that begin with IDP_.";
    throw usage(error.message, hint);
  }
}

function nobody(): CredentialsError {
  return new CredentialsError("CREDENTIALS.INTERACTION", "Nobody is signed in, and there is no terminal to ask at.", {
    hint: "Run pygen login before, or set CDF_TOKEN or IDP_CLIENT_SECRET.",
  });
}
