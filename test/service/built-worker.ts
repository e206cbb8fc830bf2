import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll } from "vitest";

/** Builds what threads run, which cannot run from its source, for the tests of a file. */
export function builtWorker(): { readonly script: () => URL } {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "pygen-worker-"));
    await build({
      entryPoints: [path.resolve(import.meta.dirname, "../../src/service/node/worker.ts")],
      outfile: path.join(folder, "worker.cjs"),
      bundle: true,
      platform: "node",
      format: "cjs",
      logLevel: "silent",
    });
  });
  afterAll(() => rm(folder, { recursive: true }));
  return { script: () => pathToFileURL(path.join(folder, "worker.cjs")) };
}
