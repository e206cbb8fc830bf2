import { beforeEach, describe, expect, it } from "vitest";
import type { Change, ChangePage, UntypedRow, UntypedSyncArgs } from "../../../src/index.js";
import { edge, type Farm, node, ref, startFarm } from "../farm.js";

const day = 24 * 3_600_000;
let now: number;
let farm: Farm;
beforeEach(() => {
  now = Date.parse("2026-01-01T00:00:00Z");
  farm = startFarm({ now: () => now++ });
});
const poll = { min: 1, max: 2 };

/** All pages of a sync that ends when there is nothing new. */
async function pagesOf(args: UntypedSyncArgs = {}, view = "turbine"): Promise<ChangePage<UntypedRow>[]> {
  const pages: ChangePage<UntypedRow>[] = [];
  for await (const page of farm
    .on(view)
    .sync({ poll: false, ...args })
    .pages())
    pages.push(page);
  return pages;
}
const told = (pages: readonly ChangePage<UntypedRow>[]) => pages.flatMap(({ items }) => items.map(shortly));
const shortly = (change: Change<UntypedRow>) =>
  change.change === "upserted"
    ? change.row.externalId
    : change.change === "deleted"
      ? `-${change.externalId}`
      : change.change;
const cursorOf = (pages: readonly ChangePage<UntypedRow>[]) => pages.at(-1)?.cursor ?? "";

describe("changes", () => {
  it("are what is there, then what is new, changed or deleted since the cursor, and nothing twice", async () => {
    await farm.write([node("turbine", "T1", { name: "one" }), node("turbine", "T2", { name: "two" })]);
    await farm.write([node("farm", "F1", { name: "f" })]);
    const first = await pagesOf();
    expect(told(first)).toEqual(["T1", "T2"]);
    expect(told(await pagesOf({ cursor: cursorOf(first) }))).toEqual([]);
    await farm.write([node("turbine", "T1", { name: "eins" }), node("turbine", "T3", { name: "three" })]);
    await farm.on("turbine").delete(["T2"]);
    const second = await pagesOf({ cursor: cursorOf(first) });
    expect(second.flatMap(({ items }) => items)).toMatchObject([
      { change: "upserted", row: { ...ref("T1"), name: "eins", capacity: null } },
      { change: "upserted", row: { ...ref("T3"), name: "three" } },
      { change: "deleted", ...ref("T2"), deletedTime: expect.any(Date) },
    ]);
    expect(told(await pagesOf({ cursor: cursorOf(second) }))).toEqual([]);
  });

  it("come by pages, each with the cursor after it", async () => {
    await farm.write(Array.from({ length: 2_500 }, (_, n) => node("turbine", `T${n}`, { name: `${n}` })));
    const pages = await pagesOf({ select: { name: true } });
    expect(pages.map(({ items }) => items.length)).toEqual([1_000, 1_000, 500]);
    expect(new Set(told(pages)).size).toBe(2_500);
    const rest = await pagesOf({ select: { name: true }, cursor: pages[0]?.cursor ?? "" });
    expect(told(rest)).toEqual(told(pages.slice(1)));
  });

  it("carry what was selected, decoded, and only what matches", async () => {
    await farm.write([
      node("turbine", "T1", { name: "one", capacity: 3, started_at: "2024-01-01T00:00:00Z", farm: { ...ref("F1") } }),
      node("turbine", "T2", { name: "two", capacity: 9 }),
    ]);
    const select = { startedAt: true, farm: true, $version: true };
    const [page] = await pagesOf({ where: { capacity: { lt: 5 } }, select });
    expect(page?.items).toEqual([
      {
        change: "upserted",
        row: { ...ref("T1"), startedAt: new Date("2024-01-01"), farm: ref("F1"), $version: 1 },
      },
    ]);
    expect(await pagesOf({ select: {} })).toMatchObject([{ items: [{ row: ref("T1") }, { row: ref("T2") }] }]);
  });

  it("of edges", async () => {
    await farm.write([node("turbine", "T1", { name: "one" }), node("metmast", "M1"), edge("e", "near", "T1", "M1", 4)]);
    const [page] = await pagesOf({ select: { distance: true } }, "distance");
    expect(page?.items).toMatchObject([{ row: { ...ref("e"), $startNode: ref("T1"), distance: 4 } }]);
  });

  it("only from now on, without what is there", async () => {
    await farm.write([node("turbine", "T1", { name: "one" })]);
    const start = await pagesOf({ backfill: false });
    expect(told(start)).toEqual([]);
    await farm.write([node("turbine", "T2", { name: "two" })]);
    expect(told(await pagesOf({ backfill: false, cursor: cursorOf(start) }))).toEqual(["T2"]);
  });

  it("are polled for, less often while there are none, until the consumer or the signal ends it", async () => {
    await farm.write([node("turbine", "T1", { name: "one" })]);
    const seen: string[] = [];
    const controller = new AbortController();
    const run = (async () => {
      for await (const change of farm.on("turbine").sync({ poll, signal: controller.signal })) {
        seen.push(shortly(change));
        if (seen.length === 1) await farm.client.instances.upsert([node("turbine", "T2", { name: "two" })]);
        if (seen.length === 2) controller.abort();
      }
    })();
    await expect(run).rejects.toMatchObject({ name: "AbortError" });
    expect(seen).toEqual(["T1", "T2"]);
    for await (const change of farm.on("turbine").sync({ poll })) {
      expect(shortly(change)).toBe("T1");
      break;
    }
  });
});

describe("a cursor", () => {
  it("that is too old begins anew, and says so", async () => {
    await farm.write([node("turbine", "T1", { name: "one" }), node("turbine", "T2", { name: "two" })]);
    const cursor = cursorOf(await pagesOf());
    await farm.on("turbine").delete(["T2"]);
    now += 4 * day;
    await farm.write([node("turbine", "T3", { name: "three" })]);
    await expect(pagesOf({ cursor, expired: "throw" })).rejects.toMatchObject({ code: "API.BAD_REQUEST" });
    expect(told(await pagesOf({ cursor, expired: "accept-missed-deletes" }))).toEqual(["T3"]);
    const anew = await pagesOf({ cursor });
    expect(told(anew)).toEqual(["reset", "T1", "T3"]);
    expect(told(await pagesOf({ cursor: cursorOf(anew) }))).toEqual([]);
    expect(told(await pagesOf({ cursor, backfill: false }))).toEqual(["reset", "T1", "T3"]);
  });

  it("is of one sync only", async () => {
    const cursor = cursorOf(await pagesOf());
    await expect(pagesOf({ cursor, where: { name: "x" } })).rejects.toMatchObject({ code: "QUERY.CURSOR_MISMATCH" });
    await expect(pagesOf({ cursor }, "farm")).rejects.toMatchObject({ code: "QUERY.CURSOR_MISMATCH" });
    await expect(pagesOf({ cursor: "x" })).rejects.toMatchObject({ code: "QUERY.CURSOR_INVALID" });
  });

  it("is not blamed for what is refused without it too", async () => {
    const cursor = cursorOf(await pagesOf());
    await farm.client.views.delete([{ space: "s", externalId: "Turbine", version: "v1" }]);
    await expect(pagesOf({ cursor })).rejects.toMatchObject({ code: "API.BAD_REQUEST" });
  });
});

it.each<[string, object, string, RegExp]>([
  ["reading into relations", { select: { farm: { select: {} } } }, "QUERY.NOT_FOLLOWED", /cannot read into relations/],
  ["reverse relations", { select: { blades: true } }, "QUERY.NOT_FOLLOWED", /relations/],
  ["an unknown property", { select: { nmae: true } }, "QUERY.UNKNOWN_PROPERTY", /'nmae'/],
  ["an unknown option", { limit: 3 }, "QUERY.UNKNOWN_OPTION", /'limit' is not an option of sync\(\)/],
  ["a poll that is none", { poll: 5 }, "QUERY.INVALID_VALUE", /'poll' must be false or/],
  ["a wait below 0", { poll: { min: -1 } }, "QUERY.INVALID_VALUE", /'poll.min'/],
  ["waits the wrong way round", { poll: { min: 5, max: 1 } }, "QUERY.INVALID_VALUE", /more than 'poll.max'/],
  ["a backfill that is none", { backfill: 1 }, "QUERY.INVALID_VALUE", /'backfill'/],
  ["an unknown way on", { expired: "x" }, "QUERY.INVALID_VALUE", /'expired'/],
])("refuses %s", async (_name, args, code, message) => {
  await expect(pagesOf(args)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  expect(farm.requests).toEqual([]);
});
