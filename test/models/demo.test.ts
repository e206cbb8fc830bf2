import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { expectedCounts } from "./expected-counts.js";
import { dependenciesOf, hasModels, modelNames, modelPath, readModel } from "./shared-models.js";

const ROOT = join(import.meta.dirname, "../..");
const run = promisify(execFile);

interface DemoReport {
  readonly dataModels: readonly {
    readonly dataModel: string;
    readonly views: readonly {
      readonly view: string;
      readonly instanceType: "node" | "edge";
      readonly count: number;
    }[];
  }[];
}

async function demo(path: string): Promise<DemoReport> {
  const args = ["--import", "tsx", join(ROOT, "examples/demo/main.ts"), "--no-build", "--json", path];
  const { stdout } = await run(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, TSX_TSCONFIG_PATH: join(ROOT, "examples/tsconfig.json") },
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(stdout);
}

describe.skipIf(!hasModels)("the demo of each real model", () => {
  beforeAll(async () => {
    if (!existsSync(join(ROOT, "dist/cli/main.js"))) await run("npm", ["run", "build"], { cwd: ROOT });
  });

  it.each(modelNames)(
    "%s: deployed, generated, compiled, and each view counted as contract 6.5 and 7.2 say",
    async (name) => {
      const model = readModel(name);
      const files = [...dependenciesOf(name), "cdf_core"].map(readModel).concat(model);
      const expected = expectedCounts(files, model);
      const report = await demo(modelPath(name));

      expect(report.dataModels.length).toBe(Math.max(1, model.dataModels.length));
      const found = report.dataModels.flatMap(({ views }) => views);
      expect(found.length).toBeGreaterThan(0);
      for (const { view, instanceType, count } of found) {
        expect({ view, instanceType, count }).toEqual({
          view,
          instanceType,
          count: expected.get(view)?.[instanceType],
        });
      }
      for (const dataModel of model.dataModels) {
        const wanted = dataModel.views.map((view: any) => `${view.space}/${view.externalId}@${view.version}`);
        const id = `${dataModel.space}/${dataModel.externalId}@${dataModel.version}`;
        const listed = new Set(report.dataModels.find((item) => item.dataModel === id)?.views.map(({ view }) => view));
        expect([...listed].sort()).toEqual([...new Set<string>(wanted)].sort());
      }
    },
  );
});
