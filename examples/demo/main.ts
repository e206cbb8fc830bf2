/**
 * The main job, end to end: an emulator comes up, a data model is deployed to it, an SDK is generated from it
 * and compiled, and a program that uses it writes and reads real instances. Without an argument that is the
 * wind farm example; with a model file, queries derived from the model.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ROOT, runCommand } from "./process.js";
import { Progress } from "./progress.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "boolean", default: false }, "no-build": { type: "boolean", default: false } },
});
const progress = new Progress({
  done: (line) => (values.json ? undefined : process.stdout.write(`${line}\n`)),
  ...(process.stderr.isTTY ? { live: (text: string) => process.stderr.write(text) } : {}),
});

try {
  if (!values["no-build"]) {
    await progress.step(
      "build",
      () => runCommand(process.execPath, [join(ROOT, "node_modules/rollup/dist/bin/rollup"), "-c", "--silent"]),
      () => "package is in dist/",
    );
  }
  const { runDemo } = await import("./run.js");
  await runDemo(positionals[0], { progress, json: values.json });
} catch (error) {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
