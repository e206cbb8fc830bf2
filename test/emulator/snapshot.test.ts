import { describe, expect, it } from "vitest";
import { createEmulator } from "../../src/emulator/index.js";

const instanceId = { space: "d", externalId: "series" };
const property = { type: { type: "text" } };
const series = { type: "view", space: "cdf_cdm", externalId: "CogniteTimeSeries", version: "v1" };
const thing = { type: "container", space: "d", externalId: "Thing" };
const view = { type: "view", space: "d", externalId: "Thing", version: "v1" };

/** An emulator in this process, and a way to call it that gives what is in the answer. */
function served() {
  const emulator = createEmulator({ now: () => 1_000 });
  const call = async (path: string, body?: object): Promise<unknown> => {
    const response = await emulator.fetch(`http://any.example/api/v1/projects/demo${path}`, {
      headers: { authorization: "Bearer t" },
      ...(body ? { method: "POST", body: JSON.stringify(body) } : {}),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(JSON.stringify(answer));
    return answer;
  };
  return { emulator, call };
}

/** Everything that a client can see of the project. */
async function seen(call: ReturnType<typeof served>["call"]): Promise<unknown> {
  const edges = { all: { edges: {} }, things: { nodes: { filter: { hasData: [thing] } } } };
  return Promise.all([
    call("/models/spaces?limit=1000"),
    call("/models/containers?limit=1000"),
    call("/models/views?limit=1000"),
    call("/models/instances/list", { instanceType: "node", sources: [{ source: view }] }),
    call("/models/instances/query", {
      with: edges,
      select: { all: {}, things: { sources: [{ source: view, properties: ["*"] }] } },
    }),
    call("/models/instances/sync", { with: edges, select: { all: {}, things: {} } }),
    call("/models/statistics"),
    call("/timeseries/data/list", { items: [{ instanceId, start: 0, end: 10 }] }),
    call("/sequences/data/list", { externalId: "table" }),
  ]);
}

const node = (externalId: string, name: string) => ({
  instanceType: "node",
  space: "d",
  externalId,
  sources: [{ source: thing, properties: { name } }],
});

async function stock(call: ReturnType<typeof served>["call"]): Promise<void> {
  await call("/models/spaces", { items: [{ space: "d" }] });
  const constraints = { once: { constraintType: "uniqueness", properties: ["name"] } };
  await call("/models/containers", {
    items: [{ ...thing, type: undefined, properties: { name: property }, constraints }],
  });
  const mapped = { name: { container: thing, containerPropertyIdentifier: "name" } };
  await call("/models/views", { items: [{ ...view, type: undefined, properties: mapped }] });
  const described = {
    instanceType: "node",
    ...instanceId,
    sources: [{ source: series, properties: { type: "numeric", isStep: true } }],
  };
  const edge = { instanceType: "edge", space: "d", externalId: "e", type: { space: "d", externalId: "t" } };
  const ends = { startNode: { space: "d", externalId: "a" }, endNode: { space: "d", externalId: "b" } };
  await call("/models/instances", {
    items: [node("a", "A"), node("b", "B"), described, { ...edge, ...ends }],
    autoCreateDirectRelations: true,
  });
  await call("/timeseries/data", { items: [{ instanceId, datapoints: [{ timestamp: 1, value: 1 }] }] });
  await call("/sequences", { items: [{ externalId: "table", columns: [{ externalId: "c" }] }] });
  await call("/sequences/data", {
    items: [{ externalId: "table", columns: ["c"], rows: [{ rowNumber: 0, values: [1] }] }],
  });
}

describe("snapshots", () => {
  it("bring back everything that a client can see, whatever was done since", async () => {
    const { emulator, call } = served();
    await stock(call);
    const before = await seen(call);
    const snapshot = emulator.snapshot();
    expect(snapshot.time).toBe(1_000);
    await call("/models/instances", { items: [node("a", "changed"), node("c", "C")] });
    await call("/models/instances/delete", { items: [{ instanceType: "node", space: "d", externalId: "b" }] });
    await call("/timeseries/data", {
      items: [
        {
          instanceId,
          datapoints: [
            { timestamp: 1, value: 2 },
            { timestamp: 3, value: 3 },
          ],
        },
      ],
    });
    await call("/sequences/data", {
      items: [{ externalId: "table", columns: ["c"], rows: [{ rowNumber: 0, values: [2] }] }],
    });
    await call("/models/containers", {
      items: [{ space: "d", externalId: "Thing", properties: { name: property, more: property } }],
    });
    expect(await seen(call)).not.toEqual(before);
    emulator.restore(snapshot);
    expect(await seen(call)).toEqual(before);
    // Unique values are checked against what is there again.
    await expect(call("/models/instances", { items: [node("z", "A")] })).rejects.toThrow("once");
    await call("/models/instances", { items: [node("z", "C")] });
    emulator.restore(snapshot);
    expect(await seen(call)).toEqual(before);
  });

  it("hold loads for projects still to come, too", async () => {
    const { emulator, call } = served();
    emulator.load({ spaces: [{ space: "loaded" }] }, { global: false });
    const snapshot = emulator.snapshot();
    emulator.load({ spaces: [{ space: "later" }] }, { global: false });
    emulator.restore(snapshot);
    expect(await call("/models/spaces")).toMatchObject({ items: [{ space: "loaded" }] });
    emulator.reset();
    expect(await call("/models/spaces")).toEqual({ items: [] });
  });
});

describe("the emulator as a fetch", () => {
  const address = "http://emulator/api/v1/token/inspect";
  const init = { headers: { authorization: "Bearer t" } };

  it("takes what fetch takes", async () => {
    const { emulator } = served();
    for (const input of [address, new URL(address), new Request(address)]) {
      expect((await emulator.fetch(input, init)).status).toBe(200);
    }
    expect((await emulator.fetch(new Request(address, init))).status).toBe(200);
  });

  it("rejects as fetch does when the signal aborts, before and during the call", async () => {
    const emulator = createEmulator({ latency: 10_000 });
    const reason = new Error("no longer wanted");
    await expect(emulator.fetch(address, { signal: AbortSignal.abort(reason) })).rejects.toThrow();
    const controller = new AbortController();
    const answer = emulator.fetch(address, { signal: controller.signal });
    controller.abort(reason);
    await expect(answer).rejects.toBe(reason);
  });
});
