import { usage } from "../cli-error.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import type { CliIo } from "../io.js";
import { type Program, withAccess } from "../program.js";
import { withProgress } from "../progress.js";
import { type AccessOptions, accessOf } from "../service-access.js";

/** Options of `pygen login`. */
export interface LoginCommandOptions extends AccessOptions {
  readonly json?: boolean;
}

/** `pygen login`: signs a user in, for the commands that follow. */
export async function loginCommand(io: CliIo, options: LoginCommandOptions): Promise<ExitCode> {
  const hasToken = options.tokenFile !== undefined || io.env["CDF_TOKEN"];
  if (hasToken || io.env["IDP_CLIENT_SECRET"]) {
    const hint = "A user signs in where there is no CDF_TOKEN, no IDP_CLIENT_SECRET and no --token-file.";
    throw usage(`a ${hasToken ? "token" : "secret"} is given: there is nothing to sign in to`, hint);
  }
  return withProgress(io, async (step, shown) => {
    const { baseUrl, project, credentials } = await accessOf(options, shown, true);
    step(options.browser ? "waiting for the browser to come back, five minutes at most" : "waiting for the sign-in");
    const { expiresAt } = await credentials.getToken();
    const until = expiresAt === undefined ? undefined : new Date(expiresAt).toISOString();
    if (options.json)
      shown.stdout(`${JSON.stringify({ url: baseUrl, project, ...(until === undefined ? {} : { until }) })}\n`);
    else
      shown.stdout(`signed in to project ${project} at ${baseUrl}${until === undefined ? "" : `, until ${until}`}\n`);
    return exitCodes.ok;
  });
}

/** Adds `pygen login` to the program. */
export function addLogin({ commander, action }: Program): void {
  withAccess(commander.command("login"))
    .description("sign in, and stay signed in for the next commands: with a code, or with the browser of this machine")
    .option("--browser", "open the browser of this machine instead of showing a code")
    .addHelpText(
      "after",
      `
The provider and the application are said by variables, also for the commands that follow: IDP_TENANT_ID of Entra ID, or
IDP_AUTHORITY_URL of another provider; IDP_CLIENT_ID; IDP_SCOPES and IDP_AUDIENCE where they are needed. Tokens are kept in
~/.pygen/tokens.json, which you alone can read; pygen logout removes them.

Example:
  IDP_TENANT_ID=acme.com IDP_CLIENT_ID=... pygen login --cluster westeurope-1 --project acme`,
    )
    .action(action(loginCommand));
}
