import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { edge, type Farm, node, ref, startFarm } from "../farm.js";

let farm: Farm;
const named = Array.from({ length: 6 }, (_, index) => `T${index + 1}`);
const ids = (rows: unknown) => (rows as { externalId: string }[]).map(({ externalId }) => externalId);

beforeAll(async () => {
  farm = startFarm();
  await farm.write([
    node("farm", "F1", { name: "Horns" }),
    ...named.map((id) => node("turbine", id, { name: id, farm: ref("F1"), similar: [ref("T1"), ref("T2")] })),
    ...named.flatMap((id) =>
      [1, 2, 3].map((n) => node("blade", `${id}-${n}`, { is_damaged: n === 1, turbine: ref(id) })),
    ),
    node("metmast", "M1", { height: 1 }),
    edge("e1", "near", "T1", "M1", 5),
  ]);
});
beforeEach(() => {
  farm.requests.length = 0;
});

describe("related", () => {
  it("reads every kind of relation of one instance, as a selection would give it", async () => {
    const turbine = farm.on("turbine");
    const select = { blades: { select: { isDamaged: true }, sort: [{ externalId: "desc" }], limit: 2 } };
    const [row] = await turbine.list({ where: { externalId: "T1" }, select });
    expect(await turbine.related("T1", "blades", select.blades)).toEqual(row?.["blades"]);
    expect(await turbine.related(ref("T1"), "farm", { select: { name: true } })).toEqual({
      ...ref("F1"),
      name: "Horns",
    });
    expect(await turbine.related("T1", "farm", true)).toEqual(ref("F1"));
    expect(ids(await turbine.related("T3", "similar"))).toEqual(["T1", "T2"]);
    expect(ids(await turbine.related("T1", "similarTo"))).toHaveLength(6);
    expect(await turbine.related("T1", "metmasts", { edge: { select: { distance: true } } })).toMatchObject([
      { edge: { distance: 5 }, node: ref("M1") },
    ]);
    expect(ids(await farm.on("metmast").related("M1", "turbines"))).toEqual(["T1"]);
  });

  it("reads all own properties where nothing is said, or ids where the view at the other end is not known", async () => {
    expect(await farm.on("turbine").related("T1", "farm")).toEqual({ ...ref("F1"), name: "Horns", featured: null });
    expect(await farm.on("turbine").related("T1", "owner")).toBeNull();
  });

  it("answers for several in their order, repeated ones too, and for those that are not there", async () => {
    const rows = await farm.on("turbine").list({ sort: [{ name: "desc" }], limit: 2 });
    const found = await farm.on("turbine").related([...rows, "T6", "none"], "blades", true);
    expect((found as unknown[]).map(ids)).toEqual([
      ["T6-1", "T6-2", "T6-3"],
      ["T5-1", "T5-2", "T5-3"],
      ["T6-1", "T6-2", "T6-3"],
      [],
    ]);
    expect(await farm.on("turbine").related("none", "farm")).toBeNull();
    expect(await farm.on("turbine").related([], "farm")).toEqual([]);
  });

  it("reads calls of the same turn in one request: many instances, and several relations of the same", async () => {
    const turbine = farm.on("turbine");
    const blades = await Promise.all(named.map((id) => turbine.related(id, "blades", true)));
    expect(blades.map((one) => ids(one)[0])).toEqual(named.map((id) => `${id}-1`));
    expect(farm.requests).toHaveLength(1);
    farm.requests.length = 0;
    const [farms, masts, damaged, all] = await Promise.all([
      turbine.related(named, "farm"),
      turbine.related([...named].reverse(), "metmasts"),
      turbine.related(named, "blades", { where: { isDamaged: true } }),
      turbine.related("T1", "blades"),
    ]);
    expect([farms, masts, damaged].map((one) => one.length)).toEqual([6, 6, 6]);
    expect(ids(all)).toHaveLength(3);
    expect(farm.requests).toHaveLength(2);
  });

  it("reads one relation in two ways by a request each", async () => {
    const turbine = farm.on("turbine");
    const [one, two] = await Promise.all([
      turbine.related("T1", "blades", { limit: 1 }),
      turbine.related("T1", "blades", { limit: 2 }),
    ]);
    expect([ids(one).length, ids(two).length]).toEqual([1, 2]);
    expect(farm.requests).toHaveLength(2);
  });

  it("reads in chunks of as many instances as a request takes", async () => {
    const found = await farm.on("turbine", { chunk: 4 }).related(named, "blades", true);
    expect(found).toHaveLength(6);
    expect(farm.requests).toHaveLength(2);
  });

  it("reads anew in a later turn", async () => {
    await farm.on("turbine").related("T1", "farm");
    await farm.on("turbine").related("T1", "farm");
    expect(farm.requests).toHaveLength(2);
  });

  it("gives up a call whose signal is aborted, and the request when nobody waits for it", async () => {
    const turbine = farm.on("turbine");
    const controller = new AbortController();
    const { signal } = controller;
    const left = turbine.related("T1", "blades", true, { signal });
    const stays = turbine.related("T2", "blades", true);
    controller.abort(new Error("enough"));
    await expect(left).rejects.toMatchObject({ code: "ABORT.SIGNAL", reason: new Error("enough") });
    expect(ids(await stays)).toHaveLength(3);
    const slow = startFarm({ latency: 30_000 });
    const alone = new AbortController();
    const only = slow.on("turbine").related("T1", "farm", {}, { signal: alone.signal });
    await expect.poll(() => slow.requests.length).toBe(1);
    alone.abort();
    await expect(only).rejects.toMatchObject({ code: "ABORT.SIGNAL" });
    await expect.poll(() => slow.requests[0]?.signal.aborted).toBe(true);
  });

  it.each<[string, string, unknown, string, RegExp]>([
    ["an unknown property", "bldes", {}, "QUERY.UNKNOWN_PROPERTY", /Did you mean 'blades'/],
    ["a value", "name", {}, "QUERY.INVALID_VALUE", /'name' of view s\/Turbine@v1 is no relation/],
    ["a wrong selection", "blades", { select: { nope: true } }, "QUERY.UNKNOWN_PROPERTY", /'nope'/],
    ["an option that is none", "blades", { filter: {} }, "QUERY.UNKNOWN_OPTION", /'filter'/],
  ])("refuses %s, and reads what other calls asked for", async (_name, relation, args, code, message) => {
    const turbine = farm.on("turbine");
    const good = turbine.related("T1", "blades", true);
    await expect(turbine.related("T1", relation, args as never)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
    expect(ids(await good)).toHaveLength(3);
  });

  it("refuses options that are none, and what is no id", async () => {
    const turbine = farm.on("turbine");
    await expect(turbine.related("T1", "farm", {}, { limit: 1 } as never)).rejects.toMatchObject({
      code: "QUERY.UNKNOWN_OPTION",
    });
    await expect(turbine.related([5 as never], "farm")).rejects.toMatchObject({ code: "QUERY.INVALID_VALUE" });
    expect(farm.requests).toHaveLength(0);
  });

  it("fails all calls of a request that fails", async () => {
    const failing = startFarm({ token: "another" });
    const turbine = failing.on("turbine");
    const settled = await Promise.allSettled([turbine.related("T1", "farm"), turbine.related("T2", "farm")]);
    expect(settled.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  });
});
