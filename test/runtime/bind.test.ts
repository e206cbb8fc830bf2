import { beforeEach, describe, expect, it } from "vitest";
import { bind } from "../../src/index.js";
import { model } from "../../src/runtime/index.js";
import { type Farm, node, ref, startFarm, viewNamed, views } from "./farm.js";

let farm: Farm;
beforeEach(() => {
  farm = startFarm();
});

describe("bound views", () => {
  it("gives a handle per view, made once, by any name", async () => {
    const bound = bind(farm.client, { turbine: viewNamed("turbine"), constructor: viewNamed("farm") });
    expect(Object.keys(bound)).toEqual(["turbine", "constructor"]);
    expect(bound.turbine).toBe(bound.turbine);
    expect((await bound.constructor.list().explain()).view).toBe("s/Farm@v1");
    expect(Object.hasOwn(bound, "toString")).toBe(false);
  });

  it("refuses a handle with the name of its own call", () => {
    expect(() => bind(farm.client, { upsert: viewNamed("farm") })).toThrow(
      expect.objectContaining({ code: "QUERY.RESERVED_NAME" }),
    );
  });

  it("E76: takes full ids where there is no default space", async () => {
    const { turbine } = bind(farm.client, { turbine: viewNamed("turbine") });
    await expect(turbine.retrieve("T1" as never)).rejects.toMatchObject({ code: "QUERY.NO_SPACE" });
    expect(await turbine.retrieve(ref("T1") as never)).toBeUndefined();
  });

  it("writes a nested graph and reads it back", async () => {
    const { turbine, upsert } = bind(farm.client, views, { space: "data" }) as never as {
      turbine: ReturnType<Farm["on"]>;
      upsert: (items: object, options?: object) => Promise<{ items: readonly { externalId: string }[] }>;
    };
    const next: Record<string, unknown> = { externalId: "T2", name: "two" };
    const first = {
      externalId: "T1",
      name: "one",
      startedAt: new Date(5),
      farm: { externalId: "F1", name: "Horns", featured: ["T2", "T1"] },
      blades: [{ externalId: "B1", isDamaged: false }],
      metmasts: [{ node: { externalId: "M1", height: 7 }, edge: { distance: 4, surveyor: "F1" } }],
      next,
    };
    next["next"] = first;
    const { items } = await upsert({ turbine: [first], metmast: [{ externalId: "M2", turbines: ["T2"] }] });
    expect(items.map(({ externalId }) => externalId)).toEqual([
      "F1",
      "T2",
      "T1",
      "B1",
      "M1",
      "M2",
      "T1:M1:s/near",
      "T2:M2:s/near",
    ]);
    const rows = await turbine.list({
      select: {
        startedAt: true,
        farm: { select: { featured: { select: {} } } },
        blades: { select: { isDamaged: true } },
        metmasts: {
          edge: { select: { distance: true, surveyor: { select: { name: true } } } },
          node: { select: { height: true, turbines: true } },
        },
        next: { select: { name: true, next: true } },
      },
      where: { name: "one" },
    });
    expect(rows).toEqual([
      {
        ...ref("T1"),
        startedAt: new Date(5),
        farm: { ...ref("F1"), featured: [ref("T2"), ref("T1")] },
        blades: [{ ...ref("B1"), isDamaged: false }],
        metmasts: [
          {
            edge: {
              ...ref("T1:M1:s/near"),
              $type: ref("near", "s"),
              $startNode: ref("T1"),
              $endNode: ref("M1"),
              distance: 4,
              surveyor: { ...ref("F1"), name: "Horns" },
            },
            node: { ...ref("M1"), height: 7, turbines: [ref("T1")] },
          },
        ],
        next: { ...ref("T2"), name: "two", next: ref("T1") },
      },
    ]);
  });

  it("writes nothing for nothing, and says which view or list is wrong", async () => {
    const { upsert } = bind(farm.client, views, { space: "data" });
    expect(await upsert({ turbine: [], farm: undefined } as never)).toMatchObject({
      items: [],
      failed: [],
      deleted: [],
    });
    expect(farm.requests).toHaveLength(0);
    await expect(upsert({ trubine: [] } as never)).rejects.toMatchObject({
      code: "QUERY.UNKNOWN_VIEW",
      message: /'turbine'/,
    });
    await expect(upsert({ constructor: [] } as never)).rejects.toMatchObject({ code: "QUERY.UNKNOWN_VIEW" });
    await expect(upsert({ turbine: {} } as never)).rejects.toMatchObject({ code: "QUERY.INVALID_VALUE" });
    await expect(upsert([] as never)).rejects.toMatchObject({ code: "QUERY.INVALID_VALUE" });
  });

  it("E102: passes the modes of a write on", async () => {
    const turbine = farm.on("turbine");
    await turbine.upsert([{ externalId: "T1", name: "one", capacity: 3 }]);
    await turbine.upsert([{ externalId: "T1", name: "two" }], { mode: "replace" });
    expect(await turbine.retrieve("T1", { select: { name: true, capacity: true } })).toMatchObject({
      name: "two",
      capacity: null,
    });
    const stale = [{ externalId: "T1", name: "three", $existingVersion: 0 }];
    await expect(turbine.upsert(stale)).rejects.toMatchObject({ code: expect.stringMatching(/^API\./) });
    const { items, skipped } = await turbine.upsert(stale, { skipOnVersionConflict: true });
    expect({ items, skipped }).toEqual({ items: [], skipped: [{ instanceType: "node", ...ref("T1") }] });
  });

  it("E78: writes more than a request holds, nodes first", async () => {
    const turbines = Array.from({ length: 1_500 }, (_, n) => ({
      externalId: `T${n}`,
      name: `${n}`,
      gateway: `M${n % 3}`,
    }));
    const masts = [0, 1, 2].map((n) => ({ externalId: `M${n}` }));
    const { upsert } = bind(farm.client, views, { space: "data" });
    const { items } = await upsert({ turbine: turbines, metmast: masts } as never);
    expect(items).toHaveLength(3_003);
    const rows = await farm.on("metmast").list({ select: { turbines: true } });
    expect(rows).toHaveLength(3);
  });

  it("deletes by id, nodes or edges, each once, and answers with those that were there", async () => {
    const turbine = farm.on("turbine");
    await turbine.upsert([
      { externalId: "T1", name: "one", metmasts: [{ node: { externalId: "M1" }, edge: { distance: 1 } }] },
    ]);
    expect(await farm.on("distance").list()).toMatchObject([
      { externalId: "T1:M1:s/near", $startNode: ref("T1"), distance: 1 },
    ]);
    expect(await farm.on("distance").delete(["T1:M1:s/near"])).toEqual({ deleted: [ref("T1:M1:s/near")] });
    expect(await turbine.delete(["T1", ref("T1"), "T9"])).toEqual({ deleted: [ref("T1")] });
    expect(await turbine.list()).toEqual([]);
    await expect(turbine.delete([5 as never])).rejects.toMatchObject({ code: "QUERY.INVALID_VALUE" });
  });
});

describe("model", () => {
  it("gives the same handles with nothing generated", async () => {
    await farm.write([node("turbine", "T1", { name: "one", is_active: true })]);
    const any = await model(farm.client, { space: "s", externalId: "Model", version: "v1" }, { space: "data" });
    expect(Object.keys(any).sort()).toEqual(Object.keys(views).sort());
    const rows = await any["turbine"]?.list({ where: { isActive: true }, select: { name: true, blades: {} } });
    expect(rows).toEqual([{ ...ref("T1"), name: "one", blades: [] }]);
    await any.upsert({ farm: [{ externalId: "F1", turbines: ["T1"] }] });
    expect(await any["turbine"]?.retrieve("T1", { select: { farm: true } })).toEqual({ ...ref("T1"), farm: ref("F1") });
  });

  it("names a data model that is not there", async () => {
    await expect(model(farm.client, { space: "s", externalId: "None", version: "v1" })).rejects.toMatchObject({
      code: "MODEL.NOT_FOUND",
      message: expect.stringContaining("s/None@v1"),
    });
  });
});
