import { type ExitCode, exitCodes } from "./exit-codes.js";

/** What ends a command with a message for people. */
export class CliError extends Error {
  constructor(
    readonly exitCode: ExitCode,
    message: string,
    readonly hint: string,
  ) {
    super(message);
    this.name = "CliError";
  }
}

/** The error of a command that was asked for something that cannot be meant. */
export function usage(message: string, hint: string): CliError {
  return new CliError(exitCodes.usage, message, hint);
}
