import { randomUUID } from "node:crypto";
import { access } from "node:fs/promises";
import { join, relative } from "node:path";
import { PygenClient, token } from "pygen";
import { formatTable } from "../windfarm/table.js";
import { deploy } from "./deploy.js";
import { loadSdk, queryEveryView, type ViewReport, viewRows } from "./generic.js";
import { type DemoModel, PROJECT, readDemoModel } from "./model-source.js";
import { ROOT, runCommand, startEmulator } from "./process.js";
import type { Progress } from "./progress.js";
import { compile, generateSdk, type Service } from "./sdk.js";

const WINDFARM = join(ROOT, "examples/windfarm/model.json");

/** How the demo reports. */
export interface DemoOptions {
  readonly progress: Progress;
  /** Print what was found as one JSON object on stdout, instead of tables. */
  readonly json: boolean;
}

/** Runs the whole job for one model file, and leaves nothing running. */
export async function runDemo(file: string | undefined, options: DemoOptions): Promise<void> {
  const { progress } = options;
  const path = file ?? WINDFARM;
  await access(path).catch(() => {
    throw new Error(`There is no model file at ${path}. Give the path of a model.json, or none for the wind farm.`);
  });
  const demo = await readDemoModel(path);
  const emulator = await progress.step(
    "emulator",
    () => startEmulator({ project: PROJECT, load: demo.load }),
    ({ url }) =>
      `serves project ${PROJECT} at ${url}${demo.load.length > 0 ? `, with ${demo.load.length} system models` : ""}`,
  );
  try {
    const service: Service = { url: emulator.url, token: randomUUID() };
    const client = new PygenClient({
      baseUrl: service.url,
      project: PROJECT,
      application: "pygen-demo",
      credentials: token(service.token),
    });
    await progress.step(
      "deploy",
      () => deploy(client, demo),
      (count) =>
        `${count.spaces} spaces, ${count.containers} containers, ${count.views} views, ${count.dataModels} data models, ${count.nodes} nodes, ${count.edges} edges`,
    );
    if (file === undefined) await windFarmProgram(service, demo, progress);
    else await genericProgram(client, service, demo, options);
  } finally {
    await emulator.stop();
  }
}

async function windFarmProgram(service: Service, demo: DemoModel, progress: Progress): Promise<void> {
  const source = join(ROOT, "examples");
  const folder = join(source, "windfarm/sdk");
  const output = join(ROOT, ".demo/windfarm");
  for (const dataModel of demo.dataModels) {
    await progress.step(
      "generate",
      () => generateSdk(service, dataModel, folder),
      (files) => `${files.length} TypeScript files`,
    );
  }
  await progress.step(
    "compile",
    () => compile(join(source, "windfarm"), output, ["node"]),
    ({ files }) => `${files} files under strict TypeScript, 0 errors`,
  );
  const printed = await progress.step(
    "run",
    () =>
      runCommand(process.execPath, [join(output, "main.js")], {
        CDF_URL: service.url,
        CDF_PROJECT: PROJECT,
        CDF_TOKEN: service.token,
      }),
    () => "examples/windfarm/main.ts",
  );
  process.stdout.write(
    `\n${printed}\nThe generated SDK is in ${relative(ROOT, folder)}, the program that uses it in examples/windfarm/main.ts.\n`,
  );
}

/** JSON has no bigint: its digits as text. */
const plain = (_key: string, value: unknown): unknown => (typeof value === "bigint" ? String(value) : value);

interface ModelReport {
  readonly dataModel: string;
  readonly folder: string;
  readonly views: readonly ViewReport[];
}

async function genericProgram(
  client: PygenClient,
  service: Service,
  demo: DemoModel,
  { progress, json }: DemoOptions,
): Promise<void> {
  const reports: ModelReport[] = [];
  for (const dataModel of demo.dataModels) {
    const { space, externalId, version } = dataModel;
    const base = join(ROOT, ".demo", demo.name, `${space}.${externalId}.${version}`);
    const folder = join(base, "sdk");
    await progress.step(
      "generate",
      // Any model: its integers may be beyond what numbers hold.
      () => generateSdk(service, dataModel, folder, ["--int64", "bigint"]),
      (files) => `${space}/${externalId}@${version}: ${files.length} TypeScript files`,
    );
    const compiled = await progress.step(
      "compile",
      () => compile(folder, join(base, "build")),
      ({ files }) => `${files} files under strict TypeScript, 0 errors`,
    );
    const views = await progress.step(
      "query",
      async () => queryEveryView((await loadSdk(join(ROOT, compiled.folder)))(client)),
      (found) => `${found.length} views, ${found.reduce((sum, view) => sum + view.count, 0)} rows`,
    );
    reports.push({ dataModel: `${space}/${externalId}@${version}`, folder: relative(ROOT, folder), views });
  }
  if (json) {
    process.stdout.write(`${JSON.stringify({ model: demo.name, dataModels: reports }, plain)}\n`);
    return;
  }
  for (const { dataModel, folder, views } of reports) {
    process.stdout.write(
      `\n${dataModel}\n${formatTable(["handle", "view", "rows", "relations", "first row"], viewRows(views))}\n`,
    );
    process.stdout.write(`The generated SDK is in ${folder}.\n`);
  }
}
