import { rm, stat } from "node:fs/promises";
import { CliError } from "../cli-error.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import type { CliIo } from "../io.js";
import type { Program } from "../program.js";
import { tokensFile } from "../service-access.js";

/** Options of `pygen logout`. */
export interface LogoutCommandOptions {
  readonly json?: boolean;
}

/** `pygen logout`: removes the tokens of the user who signed in. */
export async function logoutCommand(io: CliIo, { json }: LogoutCommandOptions): Promise<ExitCode> {
  const file = tokensFile(io);
  const signedOut = await removed(file);
  if (json) io.stdout(`${JSON.stringify({ signedOut, file })}\n`);
  else if (io.verbosity !== "quiet")
    io.stdout(signedOut ? `signed out: ${file} is removed\n` : "nobody was signed in\n");
  return exitCodes.ok;
}

async function removed(file: string): Promise<boolean> {
  try {
    await stat(file);
    await rm(file);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
    throw new CliError(exitCodes.unreachable, `${file} cannot be removed: ${String(error)}`, "Remove it yourself.");
  }
}

/** Adds `pygen logout` to the program. */
export function addLogout({ commander, action }: Program): void {
  commander
    .command("logout")
    .description("remove the tokens of pygen login from this machine; the session with the provider stays as it is")
    .option("--json", "print {signedOut, file}")
    .addHelpText("after", "\nExample:\n  pygen logout")
    .action(action(logoutCommand));
}
