import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { run } from "../../src/cli/run.js";
import { readModelDocument } from "../../src/codegen/index.js";
import { startEmulator } from "../../src/emulator/node.js";
import { PygenClient, token } from "../../src/index.js";
import { plant } from "../service/asking.js";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "pygen-mock-"));
  await writeFile(path.join(folder, "model.json"), JSON.stringify(plant));
});
afterAll(() => rm(folder, { recursive: true }));

async function mock(...argv: readonly string[]) {
  const out: string[] = [];
  const errors: string[] = [];
  const code = await run(["mock", "model.json", "--space", "test", ...argv], {
    stdout: (text) => void out.push(text),
    stderr: (text) => void errors.push(text),
    stdin: async () => "",
    env: { CDF_TOKEN: "t" },
    cwd: folder,
    isTerminal: false,
    stopped: async () => {},
  });
  return { code, out: out.join(""), errors: errors.join("") };
}

describe("pygen mock", () => {
  test("prints a model file with a space and instances, the same for the same seed", async () => {
    const { code, out } = await mock("--nodes", "3", "--view", "Farm=2", "--nulls", "0");
    expect(code).toBe(0);
    const { spaces, instances } = readModelDocument(JSON.parse(out));
    expect(spaces).toEqual([{ space: "test" }]);
    expect(instances?.nodes.map(({ externalId }) => externalId)).toEqual([
      "farm:1",
      "farm:2",
      "turbine:1",
      "turbine:2",
      "turbine:3",
    ]);
    expect(instances?.edges.length).toBeGreaterThan(0);
    expect((await mock("--nodes", "3", "--view", "Farm=2", "--nulls", "0")).out).toBe(out);
    expect((await mock("--nodes", "3", "--view", "Farm=2", "--nulls", "0", "--seed", "2")).out).not.toBe(out);
    expect(JSON.parse((await mock("--edges", "0")).out).instances.edges).toEqual([]);
  });

  test("writes a file", async () => {
    expect(await mock("--output", "data.json")).toEqual({ code: 0, out: "", errors: "" });
    const { instances } = readModelDocument(JSON.parse(await readFile(path.join(folder, "data.json"), "utf8")));
    expect(instances?.nodes).toHaveLength(10);
  });

  test("writes to the service, and says how many", async () => {
    const emulator = await startEmulator({ models: [plant] });
    onTestFinished(() => emulator.close());
    const { code, out, errors } = await mock(
      "--nodes",
      "1200",
      "--deploy",
      "--url",
      emulator.url,
      "--project",
      "demo",
      "--json",
    );
    expect([code, errors]).toEqual([0, ""]);
    const counts = JSON.parse(out) as { readonly node: number; readonly edge: number };
    expect(counts.node).toBe(2_400);
    const client = new PygenClient({
      baseUrl: emulator.url,
      project: "demo",
      application: "t",
      credentials: token("t"),
    });
    let edges = 0;
    for await (const _ of client.instances.iterate({ instanceType: "edge" })) edges += 1;
    expect(edges).toBe(counts.edge);
  });

  test.for([
    [["--view", "Farm"], "View=number"],
    [["--view", "Gone=1"], "views.Gone"],
    [["--nulls", "2"], "share"],
    [["--deploy", "--output", "x"], "both given"],
  ] as const)("refuses %j", async ([argv, message]) => {
    const { code, errors } = await mock(...argv);
    expect(code).not.toBe(0);
    expect(errors).toContain(message);
  });
});
