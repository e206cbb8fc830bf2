import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, onTestFinished, test } from "vitest";
import { run } from "../../src/cli/run.js";
import { createService } from "../../src/service/index.js";
import { post } from "../service/asking.js";
import { dependenciesOf, hasModels, modelNames, modelPath } from "./shared-models.js";

/** The files that the command writes, without its list of them, which answers do not have. */
async function byCommand(name: string, language: string): Promise<Readonly<Record<string, string>>> {
  const folder = await mkdtemp(path.join(tmpdir(), "pygen-cli-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const depends = dependenciesOf(name).flatMap((needed) => ["--depends-on", modelPath(needed)]);
  const errors: string[] = [];
  const code = await run(["generate", modelPath(name), ...depends, "--language", language, "--out", "sdk"], {
    stdout: () => {},
    stderr: (text) => void errors.push(text),
    stdin: async () => "",
    env: {},
    cwd: folder,
    isTerminal: false,
    stopped: async () => {},
  });
  expect(code, errors.join("")).toBe(0);
  const out = path.join(folder, "sdk");
  const entries = await readdir(out, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const texts = files.map(async (file) => [path.relative(out, file), await readFile(file, "utf8")] as const);
  return Object.fromEntries((await Promise.all(texts)).filter(([file]) => !path.basename(file).startsWith(".pygen")));
}

describe.skipIf(!hasModels)("the service on real models", () => {
  const service = createService({ limits: { perMinute: 1_000, bodyBytes: 50_000_000 } });
  const cases = modelNames.flatMap((name) => ["typescript", "python"].map((language) => [name, language] as const));

  test.for(cases)("gives each file of %s in %s as the command writes it", async ([name, language]) => {
    const source = async (each: string) => ({ path: `${each}.json`, text: await readFile(modelPath(each), "utf8") });
    const needed = await Promise.all(dependenciesOf(name).map(source));
    const model = { files: [await source(name)], ...(needed.length > 0 ? { dependsOn: needed } : {}) };
    const answer = await service.fetch(post("/generate", { model, config: { language } }));
    expect(answer.status).toBe(200);
    const zip = unzipSync(new Uint8Array(await answer.arrayBuffer()));
    const files = Object.fromEntries(Object.entries(zip).map(([file, bytes]) => [file, strFromU8(bytes)]));
    expect(files).toEqual(await byCommand(name, language));
  });
});
