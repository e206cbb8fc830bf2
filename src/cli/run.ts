import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { VERSION } from "../codegen/index.js";
import { emulatorCommand } from "./commands/emulator.js";
import { type GenerateCommandOptions, generateCommand } from "./commands/generate.js";
import { type ValidateCommandOptions, validateCommand } from "./commands/validate.js";
import type { EmulatorCommandOptions } from "./emulator-options.js";
import { type ExitCode, exitCodes, exitCodesHelp } from "./exit-codes.js";
import type { CliIo } from "./io.js";
import { reportError } from "./report.js";

/**
 * Runs the command line.
 *
 * @param argv - the arguments after the program's name
 * @returns the exit code; never rejects
 */
export async function run(argv: readonly string[], io: CliIo): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.ok;
  const program = build(io, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...argv], { from: "user" });
    return exitCode;
  } catch (error) {
    // Commander has told about it already; asking for help or the version ends with its exit code 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    return reportError(error, io);
  }
}

function build(io: CliIo, done: (code: ExitCode) => void): Command {
  const program = new Command("pygen")
    .description("Typed SDKs for data models of Cognite Data Fusion, and an emulator of its data modeling service.")
    .version(VERSION, "-V, --version", "print the version")
    .exitOverride()
    .configureOutput({ writeOut: io.stdout, writeErr: io.stderr })
    .showHelpAfterError("(--help shows what there is)")
    .addHelpText("after", exitCodesHelp);
  addGenerate(program, io, done);
  addValidate(program, io, done);
  addEmulator(program, io, done);
  program
    .command("version")
    .description("print the version")
    .action(() => io.stdout(`${VERSION}\n`));
  return program;
}

function addGenerate(program: Command, io: CliIo, done: (code: ExitCode) => void): void {
  withSource(program.command("generate"))
    .description("generate a typed SDK from a data model; where the model has errors, nothing is written")
    .requiredOption(
      "-o, --out <folder>",
      "folder to write to; only files that pygen wrote are ever replaced or removed",
    )
    .option("--language <name>", "language of the SDK: typescript", "typescript")
    .addOption(
      new Option("--import-extension <ending>", "ending of relative imports")
        .choices([".js", ".ts", "none"])
        .default(".js"),
    )
    .addOption(
      new Option("--int64 <type>", "type of int64 values: number holds them up to 2^53, bigint all")
        .choices(["number", "bigint"])
        .default("number"),
    )
    .addHelpText("after", "\nExample:\n  pygen generate model.json --out src/windfarm")
    .action(async (files: readonly string[], options: GenerateCommandOptions) => {
      const importExtension = String(options.importExtension) === "none" ? "" : (options.importExtension ?? ".js");
      done(await generateCommand(files, { ...options, importExtension }, io));
    });
}

function addValidate(program: Command, io: CliIo, done: (code: ExitCode) => void): void {
  withSource(program.command("validate"))
    .description("print everything that is odd about a data model, each with a code, its place and what to do")
    .addHelpText("after", "\nExample:\n  pygen validate model.json")
    .action(async (files: readonly string[], options: ValidateCommandOptions) => {
      done(await validateCommand(files, options, io));
    });
}

function addEmulator(program: Command, io: CliIo, done: (code: ExitCode) => void): void {
  program
    .command("emulator")
    .description("serve the data modeling service from memory, without an account")
    .option("-p, --port <number>", "port to listen on; 0 takes a free one", portNumber, 0)
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--project <name>", "the one project to serve; without it, any")
    .option("--load <file>", "model file to load as a system model; may be repeated", collect)
    .option("--oidc-issuer <url>", "accept the tokens of this issuer only, checked; without it, any bearer token")
    .option("--audience <name>", "whom the issuer's tokens must be for; may be repeated", collect)
    .option(
      "--capabilities <file>",
      "JSON file with who may do what, by groups and subjects; without it, all may do all",
    )
    .option("--oidc-ca <file>", "certificates to trust when asking the issuer for its keys (PEM)")
    .option(
      "--latency <ms>",
      "milliseconds that every call takes longer: 50, or 20-200 for a random time",
      milliseconds,
    )
    .option("--chaos <rate>", "share of calls that fail, from 0 to 1, with 429, 502, 503 or a lost answer", number)
    .option("--rate-limit <number>", "most calls in a second; others are answered with 429", number)
    .option("--retry-after", "say in answers with 429 how long to wait")
    .option("--read-only", "refuse every call that could change something")
    .option("--json", "print {url, project, page} as the first line when ready; {issuer, audience} with --oidc-issuer")
    .addHelpText(
      "after",
      "\nExamples:\n  pygen emulator --port 4000 --load model.json\n  pygen emulator --load model.json --latency 20-200 --chaos 0.05",
    )
    .action(async (options: EmulatorCommandOptions) => {
      done(await emulatorCommand(options, io));
    });
}

/** The arguments and options that name a model. */
function withSource(command: Command): Command {
  return command
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
    .option("--model <id>", "data model of the service, as space/externalId@version; may be repeated", collect)
    .option("--url <address>", "address of the service or the emulator")
    .option("--cluster <name>", "cluster of the service, for example westeurope-1")
    .option("--project <name>", "project of the service")
    .option("--token-file <file>", "file with the token (default: CDF_TOKEN, or a sign-in by the IDP_ variables)")
    .option("--json", "print the result as JSON");
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function portNumber(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError("It is not a number from 0 to 65535.");
}

/** Their meaning is checked where they are used. */
function number(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It is not a number.");
}

function milliseconds(text: string): readonly [number, number] {
  const [, least, most = least] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  if (least !== undefined) return [Number(least), Number(most)];
  throw new InvalidArgumentError("It is not a number of milliseconds, nor two with a hyphen between.");
}
