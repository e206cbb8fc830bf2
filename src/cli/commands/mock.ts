import { type FileHandle, open } from "node:fs/promises";
import path from "node:path";
import { InvalidArgumentError } from "commander";
import { PygenClient } from "../../client/index.js";
import { type IrModel, resolveModels } from "../../codegen/index.js";
import { inBatches, type MockOptions, mockInstances } from "../../mock/index.js";
import type { InstanceWrite } from "../../models/index.js";
import { usage } from "../cli-error.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import type { CliIo } from "../io.js";
import { readSource } from "../model-source.js";
import { collect, type Program, wholeNumber, withModels } from "../program.js";
import { type Step, withProgress } from "../progress.js";
import { jobsOf, type SdkOptions } from "../sdk-job.js";
import { accessOf } from "../service-access.js";

/** Options of `pygen mock`. */
export interface MockCommandOptions extends Omit<SdkOptions, "out"> {
  readonly space: string;
  readonly nodes?: number;
  readonly edges?: number;
  readonly nulls?: number;
  readonly seed?: string;
  /** `View=number` each. */
  readonly view?: readonly string[];
  readonly skipInterfaces?: boolean;
  /** Writes them to the service instead of printing them. */
  readonly deploy?: boolean;
  readonly output?: string;
  readonly json?: boolean;
}

/** Instances that are given on at once. */
const batchSize = 10_000;

/** `pygen mock`: makes instances of a model. */
export function mockCommand(io: CliIo, files: readonly string[], options: MockCommandOptions): Promise<ExitCode> {
  if (options.deploy && options.output !== undefined) {
    throw usage("--deploy and --output are both given", "Leave one of them out.");
  }
  return withProgress(io, async (step, shown) => {
    step("reading the model");
    const instances = mockInstances(await modelOf(files, options, shown), mockOptions(options));
    if (options.deploy) await deploy(instances, options, shown, step);
    else await print(instances, options, shown, step);
    return exitCodes.ok;
  });
}

/** The one data model that is meant. */
async function modelOf(files: readonly string[], options: MockCommandOptions, io: CliIo): Promise<IrModel> {
  const models: IrModel[] = [];
  for (const job of await jobsOf(files, options, io)) {
    models.push(...resolveModels(await readSource(job.files, job.source, job.io)).map(({ model }) => model));
  }
  const [model, ...more] = models;
  if (model && more.length === 0) return model;
  const names = models.map(({ id }) => `${id.space}/${id.externalId}@${id.version}`).join(", ");
  throw usage(`there are ${models.length} data models`, `Choose one by --data-model: ${names}.`);
}

function mockOptions({ space, nodes, edges, nulls, seed, view = [], skipInterfaces }: MockCommandOptions): MockOptions {
  const views = view.map((each) => {
    const [, name, count] = /^(.+)=(\d+)$/.exec(each) ?? [];
    if (name === undefined) {
      throw usage(`--view ${each} is not of the form View=number`, "Write for example --view Turbine=100.");
    }
    return [name, { nodes: Number(count) }] as const;
  });
  return {
    space,
    views: Object.fromEntries(views),
    ...(nodes === undefined ? {} : { nodes }),
    ...(edges === undefined ? {} : { edges }),
    ...(nulls === undefined ? {} : { nulls }),
    ...(seed === undefined ? {} : { seed }),
    ...(skipInterfaces === undefined ? {} : { skipInterfaces }),
  };
}

async function deploy(
  instances: Iterable<InstanceWrite>,
  options: MockCommandOptions,
  io: CliIo,
  step: Step,
): Promise<void> {
  const client = new PygenClient({ ...(await accessOf(options, io)), application: "pygen-cli" });
  const { space } = options;
  if ((await client.spaces.retrieve([{ space }], { ignoreUnknownIds: true })).length === 0) {
    await client.spaces.create([{ space }]);
  }
  const counts = { node: 0, edge: 0 };
  for (const batch of inBatches(instances, batchSize)) {
    step(`writing, ${counts.node + counts.edge} instances so far`);
    for (const { instanceType } of await client.instances.upsert(batch)) counts[instanceType] += 1;
  }
  io.stdout(
    options.json ? `${JSON.stringify(counts)}\n` : `${counts.node} nodes and ${counts.edge} edges in ${space}\n`,
  );
}

/** As a model file that holds nothing but a space and instances: `pygen emulator --load` takes it. */
async function print(
  instances: Iterable<InstanceWrite>,
  { space, output }: MockCommandOptions,
  io: CliIo,
  step: Step,
): Promise<void> {
  const file = output === undefined ? undefined : await open(path.resolve(io.cwd, output), "w");
  try {
    await writeInstances(instances, space, writerOf(file, io), step);
  } finally {
    await file?.close();
  }
}

function writerOf(file: FileHandle | undefined, io: CliIo): (text: string) => Promise<void> {
  return async (text) => {
    if (file) await file.write(text);
    else io.stdout(text);
  };
}

async function writeInstances(
  instances: Iterable<InstanceWrite>,
  space: string,
  write: (text: string) => Promise<void>,
  step: Step,
): Promise<void> {
  await write(`{"spaces":[${JSON.stringify({ space })}],\n"instances":{"nodes":[`);
  let kind: InstanceWrite["instanceType"] = "node";
  let count = 0;
  for (const batch of inBatches(instances, 1_000)) {
    step(`making instances, ${count} so far`);
    let text = "";
    for (const { instanceType, ...item } of batch) {
      // Nodes come before edges.
      const opens = instanceType !== kind;
      if (opens) {
        text += '\n],\n"edges":[';
        kind = instanceType;
      }
      text += `${opens || count === 0 ? "" : ","}\n${JSON.stringify({ instanceType, ...item })}`;
      count += 1;
    }
    await write(text);
  }
  await write(kind === "node" ? '\n],"edges":[]}}\n' : "\n]}}\n");
}

function share(text: string): number {
  if (/^(0|1|0?\.\d+|1\.0+)$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It is not a share from 0 to 1.");
}

/** Adds `pygen mock` to the program. */
export function addMock({ commander, action }: Program): void {
  withModels(commander.command("mock"))
    .description("make instances of a data model, the same for the same seed")
    .requiredOption("--space <name>", "space of the instances")
    .option("--nodes <number>", "nodes of each view (default: 5)", wholeNumber)
    .option("--edges <number>", "most edges of a type that leave a node (default: 5)", wholeNumber)
    .option("--nulls <share>", "share of values that are left out (default: 0.25)", share)
    .option("--view <View=number>", "how many nodes of a view; may be repeated", collect)
    .option("--seed <text>", "other instances for another seed (default: 1)")
    .option("--skip-interfaces", "make no nodes of views that others implement")
    .option("--output <file>", "write to a file instead of printing")
    .option("--deploy", "write to the service instead, whose space is created where it is missing")
    .addHelpText(
      "after",
      "\nExamples:\n  pygen mock model.json --space test --nodes 100 --output data.json\n  pygen mock model.json --space test --view Turbine=1000 --deploy --url http://127.0.0.1:4000 --project demo",
    )
    .action(action(mockCommand));
}
