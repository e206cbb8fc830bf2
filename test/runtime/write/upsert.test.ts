import { beforeEach, describe, expect, it } from "vitest";
import { bindViews } from "../../../src/runtime/bind.js";
import { defaultLimits } from "../../../src/runtime/plan/scope.js";
import { type Farm, node, ref, startFarm, views } from "../farm.js";

let farm: Farm;
beforeEach(() => {
  farm = startFarm();
});
const paths = () => farm.requests.map(({ path }) => path.split("/").at(-1));
const bound = () => bindViews(farm.client, views, { space: "data" }, defaultLimits);

describe("modes", () => {
  it("create-only refuses what is there, and passes it over on request", async () => {
    const turbine = farm.on("turbine");
    await turbine.upsert([{ externalId: "T1", name: "one", capacity: 3 }]);
    const items = [
      { externalId: "T1", name: "other", farm: "F1" },
      { externalId: "T2", name: "two" },
    ];
    await expect(turbine.upsert(items, { mode: "create-only" })).rejects.toMatchObject({
      code: "API.VERSION_CONFLICT",
      hint: expect.stringMatching(/is there already.*skipOnVersionConflict/),
    });
    expect(await turbine.retrieve("T2")).toBeUndefined();
    const { counts, skipped } = await turbine.upsert(items, { mode: "create-only", skipOnVersionConflict: true });
    expect(counts).toMatchObject({ created: 1, skipped: 1 });
    expect(skipped).toEqual([{ instanceType: "node", ...ref("T1") }]);
    expect(await turbine.retrieve("T1")).toMatchObject({ name: "one", capacity: 3 });
  });

  it("create-only makes cycles that take several requests", async () => {
    const turbines = Array.from({ length: 2_500 }, (_, n) => ({
      externalId: `T${n}`,
      name: `${n}`,
      next: `T${(n + 1) % 2_500}`,
    }));
    const { counts } = await farm.on("turbine").upsert(turbines, { mode: "create-only" });
    expect(counts.created).toBe(2_500);
    expect(paths()).toHaveLength(3);
  });

  it("says which option is wrong", async () => {
    const turbine = farm.on("turbine");
    await expect(turbine.upsert([], { mode: "merge" as never })).rejects.toMatchObject({
      code: "QUERY.INVALID_VALUE",
      message: '\'mode\' of upsert() must be one of "update", "replace", "create-only".',
    });
    await expect(turbine.upsert([], { dryRun: 1 as never })).rejects.toMatchObject({ code: "QUERY.INVALID_VALUE" });
    await expect(turbine.upsert([], { replace: true } as never)).rejects.toMatchObject({
      code: "QUERY.UNKNOWN_OPTION",
    });
  });

  it("E78: makes the ends of edges on request only", async () => {
    const item = [{ externalId: "T1", name: "one", metmasts: ["M1"] }];
    await expect(farm.on("turbine").upsert(item)).rejects.toMatchObject({ code: expect.stringMatching(/^API\./) });
    await farm.on("turbine").upsert(item, { autoCreateEndNodes: true });
    expect(await farm.on("turbine").retrieve("T1", { select: { metmasts: true } })).toMatchObject({
      metmasts: [ref("M1")],
    });
  });
});

describe("the result", () => {
  it("tells created, updated and unchanged instances", async () => {
    const turbine = farm.on("turbine");
    await turbine.upsert([
      { externalId: "T1", name: "one" },
      { externalId: "T2", name: "two" },
    ]);
    const { items, counts } = await turbine.upsert([
      { externalId: "T1", name: "one" },
      { externalId: "T2", name: "zwei" },
      { externalId: "T3", name: "three" },
    ]);
    expect(items.map(({ externalId, status }) => [externalId, status])).toEqual([
      ["T1", "unchanged"],
      ["T2", "updated"],
      ["T3", "created"],
    ]);
    expect(counts).toMatchObject({ created: 1, updated: 1, unchanged: 1 });
  });

  it("tells failures per item in place of throwing, where that is wanted", async () => {
    const items = Array.from({ length: 1_500 }, (_, n) => ({
      externalId: `B${n}`,
      isDamaged: n === 1_400 ? null : false,
    }));
    const { counts, failed } = await farm.on("blade").upsert(items, { failures: "report" });
    expect(counts).toMatchObject({ created: 1_000, failed: 500 });
    expect(failed[0]).toMatchObject({ externalId: "B1000", status: "failed", error: { code: "API.BAD_REQUEST" } });
    await expect(farm.on("blade").upsert(items)).rejects.toMatchObject({ code: "MULTI_REQUEST.PARTIAL" });
    await expect(farm.on("blade").upsert([{ externalId: "b", nmae: 1 }], { failures: "report" })).rejects.toMatchObject(
      {
        code: "QUERY.UNKNOWN_PROPERTY",
      },
    );
  });
});

describe("sets of edges", () => {
  beforeEach(async () => {
    await farm.on("metmast").upsert(["M1", "M2", "M3"].map((externalId) => ({ externalId })));
    await farm.on("turbine").upsert([
      { externalId: "T1", name: "one", metmasts: ["M1", "M2"], gateway: "M1" },
      { externalId: "T2", name: "two", metmasts: ["M1"] },
    ]);
  });
  const relations = (id: string) => farm.on("turbine").retrieve(id, { select: { metmasts: true, gateway: true } });

  it("are appended to unless they are replaced", async () => {
    await farm.on("turbine").upsert([{ externalId: "T1", metmasts: ["M3"] }]);
    expect(await relations("T1")).toMatchObject({ metmasts: [ref("M1"), ref("M2"), ref("M3")] });
  });

  it("are replaced: of this type, these nodes and this direction, and no others", async () => {
    const { deleted, counts } = await farm
      .on("turbine")
      .upsert([{ externalId: "T1", metmasts: ["M2", "M3"] }], { edges: "replace" });
    expect(deleted).toEqual([{ instanceType: "edge", ...ref("T1:M1:s/near") }]);
    expect(counts).toMatchObject({ created: 1, deleted: 1 });
    expect(await relations("T1")).toMatchObject({ metmasts: [ref("M2"), ref("M3")], gateway: ref("M1") });
    expect(await relations("T2")).toMatchObject({ metmasts: [ref("M1")] });
    await farm.on("metmast").upsert([{ externalId: "M1", turbines: ["T1"] }], { edges: "replace" });
    expect(await relations("T2")).toMatchObject({ metmasts: [] });
    await farm.on("turbine").upsert([{ externalId: "T1", metmasts: [], gateway: null }], { edges: "replace" });
    expect(await relations("T1")).toMatchObject({ metmasts: [], gateway: null });
  });
});

describe("a dry run", () => {
  it("shows what would be written and how it differs from what is stored, and writes nothing", async () => {
    await farm.on("metmast").upsert([{ externalId: "M1", height: 1 }]);
    await farm.on("turbine").upsert([{ externalId: "T1", name: "one", capacity: 3, metmasts: ["M1"] }]);
    const before = await farm.on("turbine").list();
    farm.requests.length = 0;
    const { items, deletes, counts } = await farm.on("turbine").upsert(
      [
        {
          externalId: "T1",
          name: "one",
          capacity: 4,
          startedAt: null,
          metmasts: [],
          farm: { externalId: "F1", name: "f" },
        },
        { externalId: "T2", name: "two", $existingVersion: 0 },
      ],
      { dryRun: true, edges: "replace" },
    );
    expect(paths().filter((path) => path === "instances" || path === "delete")).toEqual([]);
    const source = { type: "view", space: "s", externalId: "Turbine", version: "v1" };
    expect(items.map(({ externalId, status, changes }) => [externalId, status, changes])).toEqual([
      ["F1", "create", [{ source: { ...source, externalId: "Farm" }, property: "name", from: null, to: "f" }]],
      [
        "T1",
        "update",
        [
          { source, property: "capacity", from: 3, to: 4 },
          { source, property: "farm", from: null, to: ref("F1") },
        ],
      ],
      ["T2", "create", [{ source, property: "name", from: null, to: "two" }]],
    ]);
    expect(items[2]?.write).toMatchObject({ existingVersion: 0 });
    expect(deletes).toEqual([{ instanceType: "edge", ...ref("T1:M1:s/near") }]);
    expect(counts).toEqual({ create: 2, update: 1, unchanged: 0, conflict: 0, delete: 1 });
    expect(await farm.on("turbine").list()).toEqual(before);
  });

  it("knows what is unchanged, newer, or there without data, and what replacing clears", async () => {
    await farm.on("turbine").upsert([{ externalId: "T1", name: "one", capacity: 3, next: "bare" }]);
    const plan = (item: object, options: object = {}) =>
      farm.on("turbine").upsert([item as never], { ...options, dryRun: true });
    expect((await plan({ externalId: "T1", name: "one", next: "bare" })).counts).toMatchObject({ unchanged: 1 });
    expect((await plan({ externalId: "T1", $existingVersion: 0 })).counts).toMatchObject({ conflict: 1 });
    expect((await plan({ externalId: "bare", name: "b" })).counts).toMatchObject({ update: 1 });
    const [replaced] = (await plan({ externalId: "T1", name: "one" }, { mode: "replace" })).items;
    expect(replaced?.changes.map(({ property, to }) => [property, to])).toEqual([
      ["capacity", null],
      ["next", null],
    ]);
  });

  it("shows edges that change their ends, and values written through containers as they are", async () => {
    await farm.write([node("turbine", "T1", { name: "one" }), node("farm", "F1")]);
    await farm.on("farm").upsert([{ externalId: "F1", byContainer: ["T1"] }]);
    const { items } = await bound().upsert({ farm: [{ externalId: "F1", byContainer: ["T1"] }] }, { dryRun: true });
    expect(items.map(({ externalId, changes }) => [externalId, changes])).toMatchObject([
      ["F1", []],
      ["T1", [{ property: "farm", to: ref("F1") }]],
    ]);
    expect(items[1]?.changes[0]).not.toHaveProperty("from");
    await farm.on("metmast").upsert([{ externalId: "M1" }, { externalId: "M2" }]);
    const edge = (end: string) => [{ externalId: "T1", metmasts: [{ edge: { externalId: "e" }, node: end }] }];
    await farm.on("turbine").upsert(edge("M1"));
    const moved = await farm.on("turbine").upsert(edge("M2"), { dryRun: true });
    expect(moved.items[1]?.changes).toEqual([{ property: "endNode", from: ref("M1"), to: ref("M2") }]);
  });
});
