import type { ExitCode } from "./exit-codes.js";

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
