import { readFileSync } from "node:fs";
import path from "node:path";
import { PygenClient, token } from "pygen";
import { describe, expect, it, onTestFinished } from "vitest";
import { createEmulator } from "../../../src/emulator/index.js";
import { listen } from "../../../src/emulator/node.js";
import { packages, programs, read, run, WINDFARM } from "./package.js";
import { session } from "./session.js";

/** What only Python says, and is checked there. */
const ownFacts = { typo: ["QUERY.UNKNOWN_PROPERTY", true], "not read": true, id: true };

async function emulator(): Promise<{ readonly url: string; readonly client: PygenClient }> {
  const emulator = createEmulator();
  emulator.load(JSON.parse(readFileSync(WINDFARM, "utf8")), { project: "acme", global: false });
  const server = await listen(emulator);
  onTestFinished(() => server.close());
  const options = { project: "acme", application: "tests", credentials: token("token") };
  const client = new PygenClient({ ...options, baseUrl: server.url });
  await client.spaces.create([{ space: "wind_data" }]);
  return { url: server.url, client };
}

async function python(kind: "sync" | "async"): Promise<unknown> {
  const { url } = await emulator();
  const folder = packages({ windfarm: { document: read(WINDFARM) } });
  const script = path.join(import.meta.dirname, "session.py");
  const env = { CDF_URL: url, CDF_PROJECT: "acme" };
  const { code, output } = await run("python", ["-W", "error", script, folder, kind], folder, env);
  expect(code, output).toBe(0);
  return JSON.parse(output);
}

/** Times that the emulator sets, and facts that only one of the SDKs gives without being asked. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== "object" || value === null) return value;
  const left = ["nodeType", "edgeType", "startNode", "endNode", "$type", "$startNode", "$endNode"];
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !left.includes(key) && key !== "pathLastUpdatedTime")
      .map(([key, inner]) => [key, comparable(inner)]),
  );
}

describe.skipIf(programs === undefined)("the same session in Python and TypeScript", () => {
  it.each(["sync", "async"] as const)(
    "E12, E70, E72, E90, E91, E96, E101, E102, E113, E114: %s reads the same data",
    async (kind) => {
      const { client } = await emulator();
      const expected = JSON.parse(JSON.stringify({ ...(await session(client)), ...ownFacts }));
      expect(comparable(await python(kind))).toEqual(comparable(expected));
    },
  );
});
