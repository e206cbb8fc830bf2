import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { LiveRows, UntypedLiveArgs, UntypedRow } from "../../../src/index.js";
import { type Farm, node, ref, startFarm } from "../farm.js";

const day = 24 * 3_600_000;
let now: number;
let farm: Farm;
const opened: LiveRows<UntypedRow>[] = [];
beforeEach(() => {
  now = Date.parse("2026-01-01T00:00:00Z");
  farm = startFarm({ now: () => now++ });
});
afterEach(() => {
  for (const live of opened.splice(0)) live.close();
});

async function open(args: UntypedLiveArgs = {}, view = "turbine"): Promise<LiveRows<UntypedRow>> {
  const live = await farm.on(view).live({ poll: { min: 1, max: 2 }, ...args });
  opened.push(live);
  return live;
}
const ids = ({ rows }: LiveRows<UntypedRow>) => rows.map(({ externalId }) => externalId).sort();
const until = (live: LiveRows<UntypedRow>, expected: readonly string[]) =>
  expect.poll(() => ids(live), { interval: 2 }).toEqual(expected);
const turbine = (id: string, values: object = {}) => node("turbine", id, { name: id, ...values });

describe("a live result set", () => {
  it("holds what matches, and follows what is new, changed, deleted, and what stops matching", async () => {
    await farm.write([turbine("T1", { capacity: 9 }), turbine("T2", { capacity: 1 }), turbine("T3", { capacity: 8 })]);
    const live = await open({ where: { capacity: { gte: 5 } }, select: { name: true } });
    expect(live.rows).toEqual([
      { ...ref("T1"), name: "T1" },
      { ...ref("T3"), name: "T3" },
    ]);
    await farm.write([turbine("T2", { capacity: 7 }), turbine("T4", { capacity: 2 })]);
    await until(live, ["T1", "T2", "T3"]);
    await farm.write([turbine("T1", { capacity: 0 })]);
    await until(live, ["T2", "T3"]);
    await farm.on("turbine").delete(["T3"]);
    await until(live, ["T2"]);
    await farm.write([turbine("T2", { name: "zwei" })]);
    await expect.poll(() => live.rows).toEqual([{ ...ref("T2"), name: "zwei" }]);
  });

  it("gives its rows anew only when they changed, and tells who wants to know", async () => {
    await farm.write([turbine("T1")]);
    const live = await open();
    const before = live.rows;
    const told: number[] = [];
    const unsubscribe = live.subscribe(() => told.push(live.rows.length));
    expect(live.rows).toBe(before);
    await farm.write([turbine("T2")]);
    await until(live, ["T1", "T2"]);
    expect(live.rows).not.toBe(before);
    expect(told).toEqual([2]);
    unsubscribe();
    await farm.write([turbine("T3")]);
    await until(live, ["T1", "T2", "T3"]);
    expect(told).toEqual([2]);
  });

  it("can be iterated, until it is closed", async () => {
    await farm.write([turbine("T1")]);
    const live = await open();
    const seen: number[] = [];
    for await (const rows of live) {
      seen.push(rows.length);
      if (rows.length === 1) await farm.client.instances.upsert([turbine("T2")]);
      else live.close();
    }
    expect(seen).toEqual([1, 2]);
    expect(live.error).toBeUndefined();
    const requests = farm.requests.length;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(farm.requests.length).toBe(requests);
    expect(ids(live)).toEqual(["T1", "T2"]);
  });

  it("asks the service where an instance alone does not tell whether it belongs", async () => {
    await farm.write([node("farm", "F1", { name: "Horns" }), turbine("T1"), turbine("T2", { farm: { ...ref("F1") } })]);
    const live = await open({ where: { farm: { is: { name: "Horns" } } } });
    expect(ids(live)).toEqual(["T2"]);
    await farm.write([turbine("T1", { farm: { ...ref("F1") } }), turbine("T2", { farm: null })]);
    await until(live, ["T1"]);
  });

  it("follows instances into and out of a view that has a filter of its own", async () => {
    await farm.write([turbine("T1", { capacity: 9 }), turbine("T2", { capacity: 1 })]);
    const live = await open({ where: { name: { prefix: "T" } } }, "big");
    expect(ids(live)).toEqual(["T1"]);
    await farm.write([turbine("T1", { capacity: 1 }), turbine("T2", { capacity: 9 }), node("farm", "F1")]);
    await until(live, ["T2"]);
  });

  it("reads all anew when it slept for longer than the service remembers", async () => {
    await farm.write([turbine("T1"), turbine("T2")]);
    const live = await open({ poll: { min: 40, max: 40 } });
    await farm.on("turbine").delete(["T2"]);
    await farm.write([turbine("T3")]);
    now += 4 * day;
    await until(live, ["T1", "T3"]);
  });

  it("ends with the error that ends it, and with the signal", async () => {
    const live = await open();
    await farm.client.views.delete([{ space: "s", externalId: "Turbine", version: "v1" }]);
    await expect.poll(() => live.error).toMatchObject({ code: "API.BAD_REQUEST" });
    await expect(
      (async () => {
        for await (const _ of live);
      })(),
    ).rejects.toMatchObject({ code: "API.BAD_REQUEST" });
    const controller = new AbortController();
    const other = await open({ signal: controller.signal }, "farm");
    controller.abort();
    for await (const rows of other) expect(rows).toEqual([]);
    expect(other.error).toBeUndefined();
  });

  it("refuses what it cannot follow", async () => {
    await expect(open({ select: { blades: true } })).rejects.toMatchObject({ code: "QUERY.NOT_FOLLOWED" });
    await expect(open({ poll: false as never })).rejects.toMatchObject({ code: "QUERY.INVALID_VALUE" });
    await expect(open({ cursor: "x" } as never)).rejects.toMatchObject({ code: "QUERY.UNKNOWN_OPTION" });
  });
});
