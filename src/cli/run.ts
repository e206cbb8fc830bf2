import { Command, CommanderError, InvalidArgumentError } from "commander";
import { VERSION } from "../codegen/index.js";
import { type CliError, usage } from "./cli-error.js";
import { addCompletion } from "./commands/completion.js";
import { emulatorCommand } from "./commands/emulator.js";
import { addGenerate } from "./commands/generate.js";
import { addInit } from "./commands/init.js";
import { addInspect } from "./commands/inspect.js";
import { addLogin } from "./commands/login.js";
import { addLogout } from "./commands/logout.js";
import { addMigrate } from "./commands/migrate.js";
import { addMock } from "./commands/mock.js";
import { addPull } from "./commands/pull.js";
import { addQuery } from "./commands/query.js";
import { addServe } from "./commands/serve.js";
import { addValidate } from "./commands/validate.js";
import { type ExitCode, exitCodes, exitCodesHelp } from "./exit-codes.js";
import type { CliIo } from "./io.js";
import { collect, type Program, portNumber } from "./program.js";
import { reportError } from "./report.js";
import { fromV1 } from "./v1-flags.js";

/**
 * Runs the command line.
 *
 * @param argv - the arguments after the program's name
 * @returns the exit code; never rejects
 */
export async function run(argv: readonly string[], io: CliIo): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.ok;
  const today = fromV1(argv);
  for (const hint of today.hints) io.stderr(`hint: ${hint}\n`);
  const around: CliIo = { ...io, env: { ...io.env, ...today.env }, argv: today.argv };
  const program = build(around, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...today.argv], { from: "user" });
    return exitCode;
  } catch (error) {
    // Asking for help or the version ends with commander's exit code 0.
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.ok;
    return reportError(error instanceof CommanderError ? usageOf(error) : error, io, today.argv.includes("--json"));
  }
}

/** What commander finds wrong with a command line, told as all else is. */
function usageOf({ code, message }: CommanderError): CliError {
  const text = code === "commander.help" ? "no command is given" : message.replace(/^error: /, "");
  const [, fault = text, proposal = ""] = /^(.*)\n\((Did you mean .*)\)$/s.exec(text) ?? [];
  return usage(fault, `${proposal} --help shows what there is.`.trim());
}

function build(io: CliIo, done: (code: ExitCode) => void): Command {
  const commander = new Command("pygen")
    .description("Typed SDKs for data models of Cognite Data Fusion, and an emulator of its data modeling service.")
    .version(VERSION, "-V, --version", "print the version")
    .option("-q, --quiet", "tell errors, and what was asked for, alone")
    .option("-v, --verbose", "tell notes and single files too")
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .configureOutput({ writeOut: io.stdout, writeErr: io.stderr, outputError: () => undefined })
    .addHelpText("after", exitCodesHelp);
  const verbosity = (): NonNullable<CliIo["verbosity"]> => {
    const { quiet, verbose } = commander.opts<{ quiet?: boolean; verbose?: boolean }>();
    return quiet ? "quiet" : verbose ? "verbose" : "normal";
  };
  const program: Program = {
    commander,
    action:
      (command) =>
      async (...args) =>
        done(await command({ ...io, verbosity: verbosity() }, ...args)),
  };
  const commands = [
    addInit,
    addPull,
    addValidate,
    addGenerate,
    addInspect,
    addEmulator,
    addServe,
    addMock,
    addMigrate,
    addQuery,
    addLogin,
    addLogout,
    addCompletion,
  ];
  for (const add of commands) add(program);
  commander
    .command("version")
    .description("print the version")
    .action(() => io.stdout(`${VERSION}\n`));
  return commander;
}

function addEmulator({ commander, action }: Program): void {
  commander
    .command("emulator")
    .description("serve the data modeling service from memory, without an account")
    .option("-p, --port <number>", "port to listen on; 0 takes a free one", portNumber, 0)
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--project <name>", "the one project to serve; without it, any")
    .option("--load <file>", "model file to load, schema and instances; may be repeated", collect)
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
    .option("--data <folder>", "keep everything in this folder, through any crash; without it, memory holds it")
    .option("--read-only", "refuse every call that could change something")
    .option("--json", "print {url, project, page} as the first line when ready; {issuer, audience} with --oidc-issuer")
    .addHelpText(
      "after",
      "\nExamples:\n  pygen emulator --port 4000 --load model.json\n  pygen emulator --load model.json --latency 20-200 --chaos 0.05",
    )
    .action(action(emulatorCommand));
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
