import path from "node:path";
import { Option } from "commander";
import { type Generated, generate } from "../../codegen/index.js";
import { planWrite, resultOf, type WriteResult, writeFiles } from "../../output/index.js";
import { usage } from "../cli-error.js";
import { differenceText } from "../difference.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { fixOf } from "../fix.js";
import type { CliIo } from "../io.js";
import { readSource } from "../model-source.js";
import { type Program, withModels, withSelection } from "../program.js";
import { nameOf, type Step, withProgress } from "../progress.js";
import { countsText, diagnosticsText, hasErrors, reportError, told } from "../report.js";
import { jobsOf, languages, type SdkJob, type SdkOptions } from "../sdk-job.js";
import { watchFiles } from "../watch-files.js";

/** Options of `pygen generate`. */
export interface GenerateCommandOptions extends SdkOptions {
  /** Writes nothing; ends with 1 and a diff where something would be written. */
  readonly check?: boolean;
  /** Writes nothing, and tells what would be. */
  readonly dryRun?: boolean;
  /** Generates again whenever a file of the models, or the configuration, changes. */
  readonly watch?: boolean;
  readonly json?: boolean;
}

/** `pygen generate`: writes SDKs, or nothing where a model has errors. */
export async function generateCommand(
  io: CliIo,
  files: readonly string[],
  options: GenerateCommandOptions,
): Promise<ExitCode> {
  if (options.watch && (options.check || options.dryRun)) {
    throw usage("--watch goes with neither --check nor --dry-run", "Leave one of them out.");
  }
  const run = (): Promise<ExitCode> =>
    withProgress(io, async (step, shown) => {
      const jobs = await jobsOf(files, options, shown);
      let worst: ExitCode = exitCodes.ok;
      for (const [index, job] of jobs.entries()) {
        const name = nameOf(job.name, index, jobs.length);
        const ended = await runJob(job, options, shown, (doing) => step(`${doing} ${name}`));
        worst = ended === exitCodes.ok ? worst : ended;
      }
      return worst;
    });
  if (!options.watch) return run();
  const reported = (): Promise<ExitCode> =>
    run().catch((error: unknown) => reportError(error, io, options.json === true));
  return watchFiles(await watched(await jobsOf(files, options, io)), reported, io);
}

async function runJob(job: SdkJob, options: GenerateCommandOptions, io: CliIo, step: Step): Promise<ExitCode> {
  if (!job.out) throw usage("no folder is given", "Name one by --out.");
  const out = path.resolve(job.io.cwd, job.out);
  step("reading the models of");
  const source = await readSource(job.snapshot === undefined ? job.files : [job.snapshot], sourceOf(job), job.io);
  step("generating");
  const generated = generate({ ...source, ...job.generation });
  const failed = hasErrors(generated.diagnostics);
  tellDiagnostics(generated, io);
  step(`writing ${generated.files.size} files of`);
  const write = options.check || options.dryRun ? planned : writeFiles;
  const result = failed ? { written: [], unchanged: [], removed: [] } : write(out, generated.files);
  const differs = result.written.length + result.removed.length > 0;
  const isStale = options.check === true && differs;
  if (options.json)
    tellJson({ ok: !failed && !isStale, out: job.out, ...result, diagnostics: generated.diagnostics }, io);
  if (failed) {
    io.stderr(
      "error: the model has errors; nothing was written\nhint: Correct them, or generate from another data model.\n",
    );
    return exitCodes.problems;
  }
  if (isStale) return tellStale(job, out, generated, options, io);
  if (!options.json) tellResult(job.out, generated, result, options, io);
  return exitCodes.ok;
}

/** With a snapshot, the service is not asked. */
function sourceOf({ source, snapshot }: SdkJob): SdkJob["source"] {
  return snapshot === undefined ? source : { ...source, model: [] };
}

function planned(out: string, files: Generated["files"]): WriteResult {
  return resultOf(planWrite(out, files));
}

function tellDiagnostics({ diagnostics }: Generated, io: CliIo): void {
  const shown = told(diagnostics, io);
  if (shown.length > 0) io.stderr(`${diagnosticsText(shown)}${countsText(diagnostics)}\n`);
}

function tellJson(value: object, io: CliIo): void {
  io.stdout(`${JSON.stringify(value)}\n`);
}

function tellResult(
  out: string,
  { files }: Generated,
  { written, unchanged, removed }: WriteResult,
  { check, dryRun }: GenerateCommandOptions,
  io: CliIo,
): void {
  if (dryRun || io.verbosity === "verbose") {
    for (const file of written) io.stdout(`write ${out}/${file}\n`);
    for (const file of removed) io.stdout(`remove ${out}/${file}\n`);
  }
  if (io.verbosity === "quiet") return;
  if (check) {
    io.stdout(`${files.size} files in ${out}: all as they would be generated\n`);
    return;
  }
  const counts = `${written.length} ${dryRun ? "to write" : "written"}, ${unchanged.length} unchanged, ${removed.length} ${dryRun ? "to remove" : "removed"}`;
  io.stdout(`${files.size} files in ${out}: ${counts}\n`);
}

function tellStale(
  job: SdkJob,
  out: string,
  { files }: Generated,
  { json }: GenerateCommandOptions,
  io: CliIo,
): ExitCode {
  const { changes } = planWrite(out, files);
  if (!json) io.stdout(differenceText(job.out ?? "", changes));
  io.stderr(`error: ${job.out} is not what would be generated\nhint: ${fixOf(io)}\n`);
  return exitCodes.problems;
}

async function watched(jobs: readonly SdkJob[]): Promise<readonly string[]> {
  const files = jobs.flatMap(({ files: models, snapshot, source, io }) =>
    [...models, ...(snapshot === undefined ? [] : [snapshot]), ...(source.dependsOn ?? []), ...(source.variables ?? [])]
      .filter((file) => file !== "-")
      .map((file) => path.resolve(io.cwd, file)),
  );
  const configs = jobs.flatMap(({ config }) => (config === undefined ? [] : [config]));
  if (files.length > 0) return [...new Set([...files, ...configs])];
  throw usage("--watch needs files to watch", "Generate from files, or from a snapshot.");
}

/** Adds `pygen generate` to the program. */
export function addGenerate({ commander, action }: Program): void {
  withSelection(withModels(commander.command("generate")))
    .description("generate typed SDKs from data models; where a model has errors, nothing is written")
    .option("-o, --out <folder>", "folder to write to; only files that pygen wrote are ever replaced or removed")
    .addOption(new Option("--language <name>", "language of the SDK (default: typescript)").choices(languages))
    .addOption(
      new Option("--import-extension <ending>", "ending of relative imports (default: .js)").choices([
        ".js",
        ".ts",
        "none",
      ]),
    )
    .addOption(
      new Option(
        "--int64 <type>",
        "type of int64 values: number holds them up to 2^53, bigint all (default: number)",
      ).choices(["number", "bigint"]),
    )
    .addOption(
      new Option(
        "--timestamps <type>",
        "type of timestamps in rows: date, or string for ISO texts (default: date)",
      ).choices(["date", "string"]),
    )
    .option("--schemas", "add valibot schemas for what is written, in the folder schemas; TypeScript")
    .option("--types-only", "write types alone, and nothing that runs; TypeScript")
    .option("--check", "write nothing; exit with 1 and a diff where what is there is not what would be generated")
    .option("--dry-run", "write nothing, and print what would be written and removed")
    .option("-w, --watch", "generate again whenever a file of the models, or the configuration, changes")
    .addHelpText(
      "after",
      `
Examples:
  pygen generate model.json --out src/windfarm
  pygen generate models/ --variables config.dev.yaml --out src/windfarm
  pygen generate --model wind/WindFarm@v1 --url http://127.0.0.1:4000 --project demo --out src/windfarm
  pygen generate --check`,
    )
    .action(action(generateCommand));
}
