// Measures the generator as one runs it: the built command line in a cold process. `npm run bench:generate`
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { plantOf } from "./generate-models.mjs";

const root = path.resolve(import.meta.dirname, "../..");
const command = path.join(root, "dist/cli/main.js");
const rounds = 5;
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

/** One cold run over an empty folder: wall clock and CPU in ms, the most memory in MB. */
async function measure(model) {
  const out = path.join(folder, "sdk");
  rmSync(out, { recursive: true, force: true });
  const report = path.join(folder, "usage.json");
  const args = ["--import", pathToFileURL(usage).href, command, "generate", model, "--out", out, "--quiet"];
  const started = performance.now();
  const child = spawn(process.execPath, args, {
    env: { ...process.env, PYGEN_USAGE: report },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let told = "";
  child.stderr.on("data", (text) => {
    told += text;
  });
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`pygen ended with ${code}: ${told}`);
  return { wall: performance.now() - started, ...JSON.parse(readFileSync(report, "utf8")) };
}

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

try {
  const sizes = [100, 200, 400, 850];
  const models = sizes.map((views) => {
    const { json, properties } = plantOf(views);
    const file = path.join(folder, `${views}.json`);
    writeFileSync(file, JSON.stringify(json));
    return { views, properties, file, runs: [] };
  });
  for (let round = 0; round < rounds; round++) for (const model of models) model.runs.push(await measure(model.file));
  console.log("| views | properties | wall, ms | CPU, ms | CPU per 1,000 properties, ms | memory, MB |");
  console.log("| ----: | ---------: | -------: | ------: | ---------------------------: | ---------: |");
  for (const { views, properties, runs } of models) {
    const [wall, cpu, mb] = ["wall", "cpu", "mb"].map((key) => median(runs.map((run) => run[key])));
    const each = (cpu / properties) * 1000;
    console.log(
      `| ${views} | ${properties} | ${wall.toFixed(0)} | ${cpu.toFixed(0)} | ${each.toFixed(1)} | ${mb.toFixed(0)} |`,
    );
  }
  console.log(
    `\nThe median of ${rounds} rounds in cold processes, Node ${process.versions.node}; each round runs every size once.`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
