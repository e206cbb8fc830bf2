import { type Command, InvalidArgumentError } from "commander";
import type { ExitCode } from "./exit-codes.js";
import type { CliIo } from "./io.js";

/** The program while its commands are added. */
export interface Program {
  readonly commander: Command;
  /**
   * Makes of a command what `commander` calls. The command is given the process as the options of all commands say, and
   * its own arguments and options; the program ends with its exit code.
   */
  readonly action: <Args extends unknown[]>(
    command: (io: CliIo, ...args: Args) => ExitCode | Promise<ExitCode>,
  ) => (...args: Args) => Promise<void>;
}

/** Collects an option that may be repeated. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** Reads the number of a port. */
export function portNumber(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError("It is not a number from 0 to 65535.");
}

/** Reads a whole number from 0. */
export function wholeNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It is not a whole number.");
}

/** The arguments and options that name models. */
export function withModels(command: Command): Command {
  return withService(command)
    .argument(
      "[models...]",
      "files or folders with models: create form, an answer of the service, CDF toolkit YAML or GraphQL; - reads stdin",
    )
    .option(
      "--data-model <id>",
      "which data model of the files: space/externalId@version or its external id (default: all); for GraphQL, its id",
    )
    .option("--depends-on <file>", "file or folder with what the models build on; may be repeated", collect)
    .option("--variables <file>", "YAML file with values for {{ placeholders }} of the files; may be repeated", collect)
    .option("--variable <name=value>", "value of one placeholder; may be repeated", collect)
    .option(
      "--config <file>",
      "configuration (default: pygen.config.ts, .mjs, .json or .yaml, where no model is named)",
    )
    .option("--sdk <name>", "SDK of the configuration (default: all); may be repeated", collect);
}

/** The options that say which data models of which service. */
export function withService(command: Command): Command {
  return withAccess(
    command.option("--model <id>", "data model of the service, as space/externalId@version; may be repeated", collect),
  );
}

/** The options that say where the service is, and who asks. */
export function withAccess(command: Command): Command {
  return command
    .option("--url <address>", "address of the service or the emulator")
    .option("--cluster <name>", "cluster of the service, for example westeurope-1")
    .option("--project <name>", "project of the service")
    .option("--token-file <file>", "file with the token (default: CDF_TOKEN, or a sign-in by the IDP_ variables)")
    .option("--json", "print the result as JSON");
}

/** The options that say what is left out of an SDK. */
export function withSelection(command: Command): Command {
  return command
    .option(
      "--exclude-view <view>",
      "leave out a view: View, space/View or space/View@version; may be repeated",
      collect,
    )
    .option("--exclude-space <space>", "leave out the views of a space; may be repeated", collect)
    .option(
      "--exclude-property <property>",
      "leave out a property: View.property or *.property; may be repeated",
      collect,
    )
    .option("--strict", "take warnings for errors");
}
