// Measures the generator as one runs it, the built command line in a cold process, and what users pay for the SDK that
// it writes: `npm run bench:generate`, or with another number of rounds than 5: `npm run bench:generate -- 1`
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { version } from "typescript";
import { copiesOf, plantOf } from "./generate-models.mjs";

const root = path.resolve(import.meta.dirname, "../..");
const command = path.join(root, "dist/cli/main.js");
const compiler = path.join(root, "node_modules/typescript/bin/tsc");
const rounds = Number(process.argv[2] ?? 5);
if (!existsSync(command)) throw new Error("Build first: npm run build");

const folder = mkdtempSync(path.join(tmpdir(), "pygen-bench-"));
const usage = path.join(folder, "usage.mjs");
writeFileSync(
  usage,
  `import { writeFileSync } from "node:fs";
process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeFileSync(process.env.PYGEN_USAGE, JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1000, mb: maxRSS / 1024 }));
});
`,
);

/** One cold run of a program of Node: wall clock and CPU in ms, the most memory in MB. */
async function measure(args) {
  const report = path.join(folder, "usage.json");
  const started = performance.now();
  const child = spawn(process.execPath, ["--import", pathToFileURL(usage).href, ...args], {
    env: { ...process.env, PYGEN_USAGE: report },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let told = "";
  const hear = (text) => {
    told += text;
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`${args[0]} ended with ${code}: ${told.slice(0, 2_000)}`);
  return { wall: performance.now() - started, told, ...JSON.parse(readFileSync(report, "utf8")) };
}

/** What the compiler says of its own work: seconds of its phases, and how many types it made from generic ones. */
function phases(runs) {
  const of = (label) =>
    median(runs.map(({ told }) => Number(new RegExp(`^${label}:\\s+([\\d.]+)`, "m").exec(told)?.[1])));
  const [read, bind, check] = ["Program time", "Bind time", "Check time"].map((label) => number(of(label) * 1000));
  return `reading and parsing ${read} ms, binding ${bind} ms, checking ${check} ms, ${of("Instantiations")} instantiations`;
}

function generateInto(out, model, options = []) {
  rmSync(out, { recursive: true, force: true });
  return measure([command, "generate", model, "--out", out, "--quiet", ...options]);
}

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

function medians(runs) {
  const [wall, cpu, mb] = ["wall", "cpu", "mb"].map((key) => median(runs.map((run) => run[key])));
  return { wall, cpu, mb };
}

/** The reference models where they are there, else models of our own of the same size. */
function largeModel() {
  const models = path.join(root, "../shared/models");
  const read = (name) => JSON.parse(readFileSync(path.join(models, name, "model.json"), "utf8"));
  if (existsSync(models))
    return { name: "pygen_wind, 24 copies, and core", ...copiesOf(read("pygen_wind"), 24, read("cdf_core")) };
  console.log(
    "../shared/models is absent: a model of the benchmark's own stands for 24 copies of pygen_wind and core.\n",
  );
  return { name: "plant", ...plantOf(850) };
}

/** An application that uses two views of an SDK, or none, as esbuild bundles it; bytes, gzip. */
async function bundled(views) {
  const contents = `import { bind, PygenClient, token } from "pygen";
    ${views.length > 0 ? `import { ${views} } from "./sdk/index.js";` : ""}
    const client = new PygenClient({ cluster: "c", project: "p", application: "a", credentials: token("t") });
    console.log(bind(client, { ${views} }));`;
  const { outputFiles } = await esbuild.build({
    ...{ bundle: true, minify: true, write: false, format: "esm", target: "es2022", platform: "browser" },
    ...{ alias: { pygen: path.join(root, "dist/index.js") }, logLevel: "silent" },
    stdin: { contents, resolveDir: folder, loader: "ts" },
  });
  return gzipSync(outputFiles[0].contents, { level: 9 }).length;
}

const number = (value, digits = 0) => value.toFixed(digits);

try {
  const large = largeModel();
  const models = [...[100, 200, 400, 850].map((views) => ({ name: "plant", ...plantOf(views) })), large].map(
    ({ name, json, properties }, index) => {
      const file = path.join(folder, `${index}.json`);
      writeFileSync(file, JSON.stringify(json));
      return { name, views: json.views.length, dataModels: json.dataModels.length, properties, file, runs: [] };
    },
  );
  const out = path.join(folder, "sdk");
  for (let round = 0; round < rounds; round++) {
    for (const model of models) model.runs.push(await generateInto(out, model.file));
  }
  console.log(
    "| model | data models | views | properties | wall, ms | CPU, ms | CPU per 1,000 properties, ms | memory, MB |",
  );
  console.log(
    "| ----- | ----------: | ----: | ---------: | -------: | ------: | ---------------------------: | ---------: |",
  );
  for (const { name, views, dataModels, properties, runs } of models) {
    const { wall, cpu, mb } = medians(runs);
    const cells = [
      name,
      dataModels,
      views,
      properties,
      number(wall),
      number(cpu),
      number((cpu / properties) * 1000, 1),
      number(mb),
    ];
    console.log(`| ${cells.join(" | ")} |`);
  }

  // The SDK of the last model is there still.
  writeFileSync(path.join(folder, "package.json"), '{ "type": "module" }');
  const compilerOptions = {
    ...{ target: "es2022", lib: ["es2022", "dom", "dom.iterable"], module: "nodenext", types: [], noEmit: true },
    ...{ strict: true, exactOptionalPropertyTypes: true, isolatedModules: true, skipLibCheck: true },
    paths: { pygen: [path.join(root, "dist/index.d.ts")] },
  };
  const typesOnly = path.join(folder, "types-only");
  await generateInto(typesOnly, models.at(-1).file, ["--types-only"]);
  writeFileSync(path.join(folder, "nothing.ts"), 'export type { NodeView } from "pygen";\n');
  const programs = [
    { what: "the SDK", include: ["sdk"] },
    { what: "the same as types only", include: ["types-only"] },
    { what: "the types of the language, of the browser and of pygen alone", include: ["nothing.ts"] },
  ].map((program, index) => {
    const config = path.join(folder, `tsconfig.${index}.json`);
    writeFileSync(config, JSON.stringify({ compilerOptions, include: program.include }));
    return { ...program, config, runs: [] };
  });
  for (let round = 0; round < rounds; round++) {
    for (const { config, runs } of programs)
      runs.push(await measure([compiler, "-p", config, "--extendedDiagnostics"]));
  }
  console.log(`\nIts SDK of ${large.json.views.length} views, type-checked by TypeScript ${version}:`);
  for (const { what, runs } of programs) {
    const { wall, cpu, mb } = medians(runs);
    console.log(`- ${what}: ${number(wall)} ms, ${number(cpu)} ms of CPU, ${number(mb)} MB; ${phases(runs)}`);
  }
  const names = [...readFileSync(path.join(out, "index.ts"), "utf8").matchAll(/^export \{ (\w+) \} from/gm)];
  const two = [names[0]?.[1], names[1]?.[1]];
  const [none, some] = [await bundled([]), await bundled(two)];
  console.log(
    `\nTwo of its views add ${number((some - none) / 1000, 2)} kB, gzip, to a bundle of ${number(none / 1000, 1)} kB: ${two.join(" and ")}`,
  );
  console.log(
    `\nThe median of ${rounds} rounds in cold processes, Node ${process.versions.node}; each round runs every model once.`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
