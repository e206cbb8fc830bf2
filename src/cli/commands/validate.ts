import { diagnosticPages, generate } from "../../codegen/index.js";
import { usage } from "../cli-error.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import type { CliIo } from "../io.js";
import { readSource } from "../model-source.js";
import { type Program, withModels, withSelection } from "../program.js";
import { nameOf, type Step, withProgress } from "../progress.js";
import { countsText, diagnosticsText, hasErrors, told } from "../report.js";
import { jobsOf, type SdkOptions } from "../sdk-job.js";

/** Options of `pygen validate`. */
export interface ValidateCommandOptions extends SdkOptions {
  /** Says what a code means, instead. */
  readonly explain?: string;
  readonly json?: boolean;
}

/** `pygen validate`: prints everything that is odd about models. */
export async function validateCommand(
  io: CliIo,
  files: readonly string[],
  options: ValidateCommandOptions,
): Promise<ExitCode> {
  if (options.explain !== undefined) return explain(options.explain, options, io);
  return withProgress(io, (step, shown) => validateAll(files, options, shown, step));
}

async function validateAll(
  files: readonly string[],
  options: ValidateCommandOptions,
  io: CliIo,
  step: Step,
): Promise<ExitCode> {
  let failed = false;
  const jobs = await jobsOf(files, options, io);
  for (const [index, job] of jobs.entries()) {
    step(`reading the models of ${nameOf(job.name, index, jobs.length)}`);
    const source = await readSource(job.files, job.source, job.io);
    step(`checking ${nameOf(job.name, index, jobs.length)}`);
    const { diagnostics } = generate({ ...source, ...job.generation });
    failed ||= hasErrors(diagnostics);
    const shown = io.verbosity === "quiet" ? told(diagnostics, io) : diagnostics;
    io.stdout(
      options.json
        ? `${JSON.stringify({ ok: !hasErrors(diagnostics), diagnostics })}\n`
        : `${diagnosticsText(shown)}${countsText(diagnostics)}\n`,
    );
  }
  return failed ? exitCodes.problems : exitCodes.ok;
}

function explain(code: string, { json }: ValidateCommandOptions, io: CliIo): ExitCode {
  const page = diagnosticPages().find((each) => each.code === code.toUpperCase());
  if (!page) {
    const codes = diagnosticPages().map((each) => each.code);
    throw usage(`there is no code ${code}`, `There is ${codes.join(", ")}.`);
  }
  const { title, severity, cause, effect, cure } = page;
  io.stdout(
    json
      ? `${JSON.stringify(page)}\n`
      : `${page.code} (${severity}): ${title}\n  when:            ${cause}\n  what happens:    ${effect}\n  what to do:      ${cure}\n`,
  );
  return exitCodes.ok;
}

/** Adds `pygen validate` to the program. */
export function addValidate({ commander, action }: Program): void {
  withSelection(withModels(commander.command("validate")))
    .description("print everything that is odd about data models, each with a code, its place and what to do")
    .option("--explain <code>", "print what a code means, instead")
    .addHelpText("after", "\nExamples:\n  pygen validate model.json\n  pygen validate --explain IR.NAME_CLASH")
    .action(action(validateCommand));
}
