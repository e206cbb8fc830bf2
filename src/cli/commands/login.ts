import { usage } from "../cli-error.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import type { CliIo } from "../io.js";
import { type Program, withAccess } from "../program.js";
import { type AccessOptions, accessOf } from "../service-access.js";

/** Options of `pygen login`. */
export interface LoginCommandOptions extends AccessOptions {
  readonly json?: boolean;
}

/** `pygen login`: signs a user in, for the commands that follow. */
export async function loginCommand(io: CliIo, options: LoginCommandOptions): Promise<ExitCode> {
  if (options.tokenFile !== undefined || io.env["CDF_TOKEN"]) {
    const hint = "Unset CDF_TOKEN and leave --token-file out; IDP_TENANT_ID and IDP_CLIENT_ID say where to sign in.";
    throw usage("a token is given: there is nothing to sign in to", hint);
  }
  const { baseUrl, project, credentials } = await accessOf(options, io);
  const { expiresAt } = await credentials.getToken();
  const until = expiresAt === undefined ? undefined : new Date(expiresAt).toISOString();
  if (options.json)
    io.stdout(`${JSON.stringify({ url: baseUrl, project, ...(until === undefined ? {} : { until }) })}\n`);
  else io.stdout(`signed in to project ${project} at ${baseUrl}${until === undefined ? "" : `, until ${until}`}\n`);
  return exitCodes.ok;
}

/** Adds `pygen login` to the program. */
export function addLogin({ commander, action }: Program): void {
  withAccess(commander.command("login"))
    .description("sign in, and stay signed in for the next commands: with a code, or with the browser of this machine")
    .option("--browser", "open the browser of this machine instead of showing a code")
    .addHelpText(
      "after",
      "\nExample:\n  IDP_TENANT_ID=acme.com IDP_CLIENT_ID=... pygen login --cluster westeurope-1 --project acme",
    )
    .action(action(loginCommand));
}
