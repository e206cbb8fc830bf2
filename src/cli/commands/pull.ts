import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import {
  compareModels,
  type IrModel,
  type ModelChange,
  type ModelDocument,
  readModelFiles,
  resolveModels,
  snapshotText,
} from "../../codegen/index.js";
import { usage } from "../cli-error.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { fixOf } from "../fix.js";
import type { CliIo } from "../io.js";
import { readSource } from "../model-source.js";
import { collect, type Program, withService } from "../program.js";
import { nameOf, type Step, withProgress } from "../progress.js";
import { jobsOf, type SdkJob, type SdkOptions } from "../sdk-job.js";
import { textIfThere } from "../source-files.js";

/** Options of `pygen pull`. */
export interface PullCommandOptions extends SdkOptions {
  /** Writes nothing; ends with 1 where a snapshot is not what the service has. */
  readonly check?: boolean;
  readonly json?: boolean;
}

/** `pygen pull`: writes snapshots of data models, and tells what changed for the generated API. */
export async function pullCommand(io: CliIo, options: PullCommandOptions): Promise<ExitCode> {
  return withProgress(io, (step, shown) => pullAll(options, shown, step));
}

async function pullAll(options: PullCommandOptions, io: CliIo, step: Step): Promise<ExitCode> {
  const jobs = (await jobsOf([], options, io)).map((job) => ({ job, file: options.out ?? job.snapshot }));
  const wanted = jobs.filter(({ file }) => file !== undefined);
  if (wanted.length === 0) {
    const hint = "Name one by --out, for example --out wind.model.json, or by `snapshot` in the configuration.";
    throw usage("no snapshot is named", hint);
  }
  let isStale = false;
  for (const [index, { job, file = "" }] of wanted.entries()) {
    step(`getting ${nameOf(file, index, wanted.length)}`);
    isStale = (await pullJob(job, file, options, io)) || isStale;
  }
  return options.check && isStale ? exitCodes.problems : exitCodes.ok;
}

/** Whether the snapshot was not what the service has. */
async function pullJob(job: SdkJob, file: string, options: PullCommandOptions, io: CliIo): Promise<boolean> {
  const source = await readSource([], job.source, job.io);
  const text = snapshotText(source);
  const absolute = path.resolve(options.out === undefined ? job.io.cwd : io.cwd, file);
  const before = await textIfThere(absolute);
  const changes = before === undefined ? [] : await changesBetween(file, before, text);
  const differs = before !== text;
  if (differs && !options.check) {
    await mkdir(path.dirname(absolute), { recursive: true });
    await writeFile(absolute, text);
  }
  const breaking = changes.filter((change) => change.breaking).length;
  if (options.json) io.stdout(`${JSON.stringify({ snapshot: file, changed: differs, breaking, changes })}\n`);
  else {
    io.stdout(changesText(changes));
    if (io.verbosity !== "quiet") io.stdout(`${file}: ${stateOf(before, differs, changes, breaking)}\n`);
  }
  if (differs && options.check) io.stderr(`error: ${file} is not what the service has\nhint: ${fixOf(io)}\n`);
  return differs;
}

async function changesBetween(file: string, before: string, after: string): Promise<readonly ModelChange[]> {
  const [old, next] = await Promise.all([before, after].map((text) => readModelFiles([{ path: file, text }])));
  return old && next ? compareModels(modelsOf(old), modelsOf(next)) : [];
}

function modelsOf(document: ModelDocument): readonly IrModel[] {
  return resolveModels({ document }).map(({ model }) => model);
}

function changesText(changes: readonly ModelChange[]): string {
  return changes
    .map(
      ({ breaking, code, place, message }) =>
        `${breaking ? "breaking    " : "compatible  "} ${code} ${place}: ${message}\n`,
    )
    .join("");
}

function stateOf(
  before: string | undefined,
  differs: boolean,
  changes: readonly ModelChange[],
  breaking: number,
): string {
  if (before === undefined) return "new";
  if (!differs) return "unchanged";
  return changes.length === 0
    ? "changed in texts alone"
    : `${changes.length === 1 ? "1 change" : `${changes.length} changes`} for the generated API, ${breaking} of them breaking`;
}

/** Adds `pygen pull` to the program. */
export function addPull({ commander, action }: Program): void {
  withService(commander.command("pull"))
    .description("write data models of the service to a snapshot, and print what changed for the generated API")
    .option("-o, --out <file>", "snapshot to write: NAME.model.json (default: that of the configuration)")
    .option(
      "--config <file>",
      "configuration (default: pygen.config.ts, .mjs, .json or .yaml, where no model is named)",
    )
    .option("--sdk <name>", "SDK of the configuration (default: all with a snapshot); may be repeated", collect)
    .option("--check", "write nothing; exit with 1 where the service has something else")
    .addHelpText(
      "after",
      "\nExample:\n  pygen pull --model wind/WindFarm@v1 --cluster westeurope-1 --project acme --out wind.model.json",
    )
    .action(action(pullCommand));
}
