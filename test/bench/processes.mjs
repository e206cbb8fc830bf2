// The processes of a benchmark: the stub, and one for each run of a variant.
import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const here = import.meta.dirname;
const root = path.resolve(here, "../..");

/** Starts a service: the stub, or another that speaks as it does. */
export async function startServer(file = "server.mjs") {
  const child = fork(path.join(here, file), { stdio: "inherit" });
  const ask = async (message) => {
    child.send(message);
    return (await once(child, "message"))[0];
  };
  const [{ port }] = await once(child, "message");
  return {
    address: `http://127.0.0.1:${port}`,
    configure: (settings) => ask(settings),
    cpu: async () => (await ask("cpu")).cpu,
    /** How many requests there were, where the service counts them. */
    requests: async () => (await ask("requests")).requests ?? 0,
    stop: async () => {
      const exit = once(child, "exit");
      child.disconnect();
      await exit;
    },
  };
}

/** Runs a variant once and gives what it measured. */
export async function runVariant(server, { file, settings, source, server: slowness = {} }, modules) {
  await server.configure(slowness);
  const told = { ...settings, ...(settings.module && { module: modules.resolve(settings.module) }) };
  const loader = source ? ["--import", "tsx"] : [];
  const args = [...loader, path.join(here, "variants", file), server.address, JSON.stringify(told)];
  const before = await server.requests();
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  let errors = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`${file} ${JSON.stringify(settings)} failed:\n${errors}`);
  return { ...JSON.parse(output), requests: (await server.requests()) - before };
}

/** What is imported where it is no package: files of the build, and ky in one file as the build has it. */
export async function prepareModules() {
  const folder = mkdtempSync(path.join(os.tmpdir(), "pygen-bench-"));
  const ky = path.join(folder, "ky.mjs");
  await build({
    entryPoints: ["ky"],
    absWorkingDir: root,
    bundle: true,
    format: "esm",
    outfile: ky,
    logLevel: "error",
  });
  return {
    resolve(name) {
      if (name === "bundled:ky") return pathToFileURL(ky).href;
      return name.startsWith("built:") ? pathToFileURL(path.join(root, "dist", name.slice(6))).href : name;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
