import { beforeEach, describe, expect, it } from "vitest";
import { type Farm, ref, startFarm } from "../farm.js";

let farm: Farm;
beforeEach(async () => {
  farm = startFarm();
  await farm.on("metmast").upsert([{ externalId: "M1" }, { externalId: "M2" }]);
  await farm.on("turbine").upsert([
    {
      externalId: "T1",
      name: "one",
      capacity: 1,
      farm: { externalId: "F1", name: "f" },
      blades: [
        { externalId: "B1", isDamaged: true },
        { externalId: "B2", isDamaged: false },
      ],
      metmasts: ["M1"],
      next: "T2",
    },
    { externalId: "T2", name: "two", capacity: 5, farm: "F1", metmasts: ["M1", "M2"], next: "T3" },
    {
      externalId: "T3",
      name: "three",
      capacity: 9,
      farm: "F1",
      next: "T1",
      blades: [{ externalId: "B3", isDamaged: true }],
    },
  ]);
  farm.requests.length = 0;
});
const left = async (view: string) => (await farm.on(view).list()).map(({ externalId }) => externalId).sort();
const idsOf = (ids: readonly { readonly externalId: string }[]) => ids.map(({ externalId }) => externalId).sort();
const wrote = () => farm.requests.some(({ path }) => path.endsWith("/delete"));

describe("deleting by a condition", () => {
  it("deletes all that match, and tells which", async () => {
    const { deleted } = await farm.on("turbine").delete({ where: { capacity: { lt: 9 } } });
    expect(idsOf(deleted)).toEqual(["T1", "T2"]);
    expect(await left("turbine")).toEqual(["T3"]);
    expect(await left("metmast")).toEqual(["M1", "M2"]);
  });

  it("only tells which, in a dry run", async () => {
    const { instances } = await farm.on("turbine").delete({ where: { capacity: { lt: 9 } } }, { dryRun: true });
    expect(idsOf(instances)).toEqual(["T1", "T2"]);
    expect(await farm.on("turbine").delete(["T3", "T9"], { dryRun: true })).toEqual({
      instances: [{ instanceType: "node", ...ref("T3") }],
    });
    expect(wrote()).toBe(false);
  });

  it("deletes edges", async () => {
    await farm.on("distance").upsert(
      ["M1", "M2"].map((end, n) => ({
        externalId: `e${n}`,
        $type: ref("near", "s"),
        $startNode: "T3",
        $endNode: end,
        distance: n,
      })),
    );
    const { deleted } = await farm.on("distance").delete({ where: { distance: 1 } });
    expect(deleted).toEqual([ref("e1")]);
    expect(await farm.on("turbine").retrieve("T3", { select: { metmasts: true } })).toMatchObject({
      metmasts: [ref("M1")],
    });
  });

  it("of more than a page", async () => {
    await farm.on("farm").upsert(Array.from({ length: 2_100 }, (_, n) => ({ externalId: `G${n}`, name: "g" })));
    const { deleted } = await farm.on("farm").delete({ where: { name: "g" } });
    expect(deleted).toHaveLength(2_100);
    expect(await left("farm")).toEqual(["F1"]);
  });

  it("asks the far sides of relations", async () => {
    const where = { blades: { some: { isDamaged: true } }, capacity: { lt: 9 } };
    const { deleted } = await farm.on("turbine").delete({ where });
    expect(idsOf(deleted)).toEqual(["T1"]);
    const none = { where: { metmasts: { some: { node: { height: 1 } } } } };
    expect(await farm.on("turbine").delete(none)).toEqual({ deleted: [] });
    expect(await left("turbine")).toEqual(["T2", "T3"]);
  });

  it.each<[string, unknown]>([
    ["a misspelt condition beside one on the far side", { where: { nmae: 1, blades: { some: {} } } }],
    ["none", { where: {} }],
    ["one that is not set", { where: { capacity: undefined } }],
    ["nothing", {}],
    ["another key", { were: {} }],
    ["an unknown property", { where: { nmae: 1 } }],
  ])("refuses %s: it could be all there is", async (_name, target) => {
    await expect(farm.on("turbine").delete(target as never)).rejects.toMatchObject({ code: /^QUERY\./ });
    expect(farm.requests).toEqual([]);
  });

  it("takes all where that is said", async () => {
    await farm.on("blade").delete({ where: { $raw: { matchAll: {} } } });
    expect(await left("blade")).toEqual([]);
    expect(await left("turbine")).toEqual(["T1", "T2", "T3"]);
  });
});

describe("E124: deleting with what is related", () => {
  it("follows the relations that are named, and no others", async () => {
    const { deleted } = await farm.on("turbine").delete(["T1"], { recursive: { blades: true } });
    expect(idsOf(deleted)).toEqual(["B1", "B2", "T1"]);
    expect([await left("blade"), await left("farm"), await left("turbine")]).toEqual([["B3"], ["F1"], ["T2", "T3"]]);
  });

  it("follows theirs in turn: a tree of relations, of every kind", async () => {
    const recursive = { turbines: { blades: true, metmasts: true } };
    const { instances } = await farm.on("farm").delete(["F1"], { recursive, dryRun: true });
    expect(idsOf(instances)).toEqual(["B1", "B2", "B3", "F1", "M1", "M2", "T1", "T2", "T3"]);
    const { deleted } = await farm.on("farm").delete(["F1"], { recursive });
    expect(idsOf(deleted)).toEqual(idsOf(instances));
    expect(idsOf(deleted.slice(-1))).toEqual(["F1"]);
  });

  it("E69: follows one relation to any depth, also in a circle", async () => {
    const { deleted } = await farm.on("turbine").delete(["T1"], { recursive: { next: "all" } });
    expect(idsOf(deleted)).toEqual(["T1", "T2", "T3"]);
  });

  it("E69: follows some to any depth beside others", async () => {
    const { instances } = await farm
      .on("turbine")
      .delete(["T2"], { recursive: { next: "all", blades: true }, dryRun: true });
    expect(idsOf(instances)).toEqual(["T1", "T2", "T3"]);
  });

  it("from what a condition finds", async () => {
    const { deleted } = await farm.on("turbine").delete({ where: { name: "three" } }, { recursive: { blades: true } });
    expect(idsOf(deleted)).toEqual(["B3", "T3"]);
  });

  it.each<[string, unknown, string]>([
    ["a value", { name: true }, "QUERY.UNKNOWN_PROPERTY"],
    ["an unknown relation", { bldes: true }, "QUERY.UNKNOWN_PROPERTY"],
    ["what leads to an unknown view", { owner: { x: true } }, "QUERY.UNBOUND_VIEW"],
    ["all of a relation that the nodes have not", { blades: "all" }, "QUERY.INVALID_VALUE"],
    ["anything else", { blades: 5 }, "QUERY.INVALID_VALUE"],
    ["no tree", true, "QUERY.INVALID_VALUE"],
  ])("refuses %s", async (_name, recursive, code) => {
    await expect(farm.on("turbine").delete(["T1"], { recursive } as never)).rejects.toMatchObject({ code });
    await expect(farm.on("turbine").delete(["T1"], { dryRun: 1 } as never)).rejects.toMatchObject({
      code: "QUERY.INVALID_VALUE",
    });
    expect(wrote()).toBe(false);
  });
});
