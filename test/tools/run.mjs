// Behind `npm test`, `npm run test:models` and `npm run test:long`. Runs every step even after a failure and ends with
// the line `N passed, N failed`: a tool is one check, vitest and Playwright count by test.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { playwrightCounts, vitestCounts } from "./counts.mjs";
import { tooLong } from "./file-length.mjs";
import { runNode } from "./step.mjs";

const root = path.resolve(import.meta.dirname, "../..");
const reports = path.join(root, ".reports");
const shared = path.resolve(root, "../shared");
const total = { passed: 0, failed: 0, tests: 0 };

const bin = (file) => path.join(root, "node_modules", file);
const check = (ok) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1 });

/** Does a step, then prints how it went; `work` resolves to `{passed, failed, output, note}`. */
async function step(name, work) {
  const started = performance.now();
  if (process.stderr.isTTY) process.stderr.write(`${name} ...\r`);
  const {
    passed,
    failed,
    output = "",
    note = "",
  } = await work().catch((error) => ({
    ...check(false),
    output: error.stack ?? String(error),
  }));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  total.passed += passed;
  total.failed += failed;
  process.stdout.write(
    `${name.padEnd(24)} ... ${failed === 0 ? "ok" : "FAILED"} ${seconds} s${note ? `  ${note}` : ""}\n`,
  );
  if (failed > 0) process.stdout.write(`${output.trimEnd()}\n\n`);
}

const tool = (name, script, args, options) =>
  step(name, async () => {
    const { ok, output } = await runNode(script, args, { cwd: root, ...options });
    return { ...check(ok), output };
  });

/** A tool whose output is wanted also when all is well. */
const shown = (name, script, args) =>
  step(name, async () => {
    const { ok, output } = await runNode(script, args, { cwd: root });
    return { ...check(ok), output, note: ok ? `\n${output.trimEnd()}` : "" };
  });

/** Turns counts and the tool's own verdict into a step's outcome: a bad verdict without a failed test is a failure. */
function outcome(counts, ok, output, more = "") {
  total.tests += counts.passed + counts.failed;
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : "";
  const none = counts.passed + counts.failed === 0;
  return {
    passed: counts.passed,
    failed: counts.failed || (ok && !none ? 0 : 1),
    output: none && ok ? `${output}\nno test was run` : output,
    note: `${counts.passed} passed, ${counts.failed} failed${skipped}${more}`,
  };
}

function coverageNote() {
  const file = path.join(root, "coverage/coverage-summary.json");
  if (!existsSync(file)) return "";
  const all = JSON.parse(readFileSync(file, "utf8")).total;
  return `; covered: ${all.lines.pct} % of lines, ${all.branches.pct} % of branches`;
}

/** What the tests measured, as `measured()` of test/long/packed left it. */
function measuredNote() {
  const folder = path.join(reports, "measured");
  if (!existsSync(folder)) return "";
  const texts = readdirSync(folder).map((file) => readFileSync(path.join(folder, file), "utf8").trimEnd());
  return `\n${texts.join("\n")}`;
}

const vitest = (name, args, { minutes, env = {}, more = () => "" }) =>
  step(name, async () => {
    const file = path.join(reports, `${name.replace(/\W+/g, "-")}.json`);
    const all = [
      "run",
      ...args,
      "--allowOnly=false",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${file}`,
    ];
    const { ok, output } = await runNode(bin("vitest/vitest.mjs"), all, { cwd: root, minutes, env });
    return outcome(vitestCounts(file), ok, output, more());
  });

/** Finds Chromium, or installs it where that can be done; `{ok, output}` with its path. */
const findChromium = () => runNode(path.join(root, "test/tools/find-chromium.mjs"), [], { cwd: root, progress: true });

const browser = () =>
  step("browser tests", async () => {
    const found = await findChromium();
    if (!found.ok) return { ...check(false), output: "Chromium could not be found or installed; see above." };
    const file = path.join(reports, "browser.json");
    const env = { CHROMIUM_PATH: found.output.trim(), PLAYWRIGHT_JSON_OUTPUT_NAME: file };
    const args = ["test", "-c", "e2e/playwright.config.ts", "--reporter=list,json"];
    const { ok, output } = await runNode(bin("@playwright/test/cli.js"), args, { cwd: root, env });
    return outcome(playwrightCounts(file), ok, output);
  });

const build = () => tool("build", bin("rollup/dist/bin/rollup"), ["-c", "rollup.config.mjs"]);

const size = () => shown("size", path.join(root, "test/tools/size.mjs"), []);

/** Compilers, bundlers and browsers keep one processor busy each: so two things at a time. Tests take all there are. */
async function everyday() {
  const compile = () => tool("types", bin("typescript/bin/tsc"), ["-p", "tsconfig.json"]);
  const checkAndBuild = async () => {
    await tool("lint", bin("@biomejs/biome/bin/biome"), ["ci", "--colors=off", "."]);
    const layers = ["--config", ".dependency-cruiser.mjs", "src", "legacy", "test", "e2e", "examples"];
    await tool("layers", bin("dependency-cruiser/bin/dependency-cruise.mjs"), layers);
    await step("file length", async () => {
      const messages = tooLong(root);
      return { ...check(messages.length === 0), output: messages.join("\n") };
    });
    await build();
    await vitest("type tests", ["--mode", "types"], { minutes: 15 });
  };
  await Promise.all([compile(), checkAndBuild()]);
  await vitest("unit tests", ["--coverage"], { minutes: 30, more: coverageNote });
  await Promise.all([builtPackage(), browser()]);
}

async function builtPackage() {
  const command = path.join(root, "dist/cli/main.js");
  await tool("generated SDKs", command, ["generate", "--check", "--config", "examples/windfarm/pygen.config.yaml"]);
  await size();
  await tool("package: publint", bin("publint/src/cli.js"), ["--strict"]);
  const attw = ["--pack", ".", "--profile", "node16"];
  await tool("package: types resolve", bin("@arethetypeswrong/cli/dist/index.js"), attw);
}

const models = () => vitest("models", ["--mode", "models"], { minutes: 40 });

async function long() {
  await build();
  await shown("runtimes", path.join(root, "test/tools/runtimes.mjs"), []);
  const { ok, output } = await findChromium();
  const env = ok ? { CHROMIUM_PATH: output.trim() } : {};
  await vitest("long tests", ["--mode", "long"], { minutes: 90, env, more: measuredNote });
  if (existsSync(shared)) await models();
}

async function onlyModels() {
  if (existsSync(shared)) return models();
  process.stdout.write("The reference models are not there: they are looked for in ../shared.\n");
}

for (const old of [reports, path.join(root, "coverage")]) rmSync(old, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
if (process.argv.includes("--long")) await long();
else if (process.argv.includes("--models")) await onlyModels();
else await everyday();

if (total.tests === 0) {
  process.stdout.write("No test was run, which is a failure.\n");
  total.failed = Math.max(total.failed, 1);
}
process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = total.failed === 0 ? 0 : 1;
