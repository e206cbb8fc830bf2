import { describe, expect, it } from "vitest";
import { isQueryError } from "../../../src/index.js";
import { edge, node, ref, startFarm } from "../farm.js";

async function searched() {
  const farm = startFarm();
  await farm.write([
    node("farm", "F", { name: "Horns Rev" }),
    node("turbine", "A", { name: "North one", capacity: 2, status: "running", farm: ref("F"), tags: ["offshore"] }),
    node("turbine", "B", { name: "North two", capacity: 9, started_at: "2024-01-01T00:00:00.000+00:00" }),
    node("turbine", "C", { name: "South two", capacity: 5 }),
    node("blade", "A1", { name: "north blade", turbine: ref("A"), is_damaged: true }),
  ]);
  return farm;
}

const idsOf = (rows: readonly { readonly externalId: string }[]) => rows.map(({ externalId }) => externalId);

describe("search", () => {
  it("finds by any of the words, the best first, with all own values, in one request", async () => {
    const { on, requests } = await searched();
    const { items, truncated } = await on("turbine").search("north two");
    expect(idsOf(items)).toEqual(["B", "A", "C"]);
    expect(items[0]).toMatchObject({ capacity: 9, startedAt: new Date("2024-01-01"), farm: null });
    expect(truncated).toBe(false);
    expect(requests.map(({ path }) => path)).toEqual(["/api/v1/projects/test/models/instances/search"]);
  });

  it("finds only what has all words where it is asked to, only in the properties named, only what passes the filter", async () => {
    const { on } = await searched();
    expect(idsOf((await on("turbine").search("north two", { operator: "AND" })).items)).toEqual(["B"]);
    expect(idsOf((await on("turbine").search("offshore", { properties: ["tags"] })).items)).toEqual(["A"]);
    expect(idsOf((await on("turbine").search("offshore", { properties: ["name"] })).items)).toEqual([]);
    expect(idsOf((await on("turbine").search("two", { where: { capacity: { lt: 9 } } })).items)).toEqual(["C"]);
    const where = { externalId: { prefix: "B" } };
    expect(idsOf((await on("turbine").search("north", { where })).items)).toEqual(["B"]);
  });

  it("asks nothing where nothing can match, once it is known that the rest is right", async () => {
    const { on, requests } = await searched();
    const where = { $and: [{ name: "a" }, { name: "b" }] };
    expect(await on("turbine").search("north", { where })).toEqual({ items: [], truncated: false });
    expect(requests).toEqual([]);
    await expect(on("turbine").search("north", { where, limit: 0 })).rejects.toMatchObject({
      code: "QUERY.INVALID_LIMIT",
    });
  });

  it("asks the far sides of relations first", async () => {
    const { on } = await searched();
    const where = { blades: { some: { isDamaged: true } }, farm: { is: { name: "Horns Rev" } } };
    expect(idsOf((await on("turbine").search("north", { where })).items)).toEqual(["A"]);
  });

  it("E117: keeps the order of a sort also where relations are read, in two requests", async () => {
    const { on, requests } = await searched();
    const sort = [{ capacity: "asc" }];
    const select = { name: true, farm: { select: { name: true } } };
    const { items } = await on("turbine").search("north two", { sort, select });
    expect(items).toEqual([
      { ...ref("A"), name: "North one", farm: { ...ref("F"), name: "Horns Rev" } },
      { ...ref("C"), name: "South two", farm: null },
      { ...ref("B"), name: "North two", farm: null },
    ]);
    expect(requests).toHaveLength(2);
  });

  it("gives no more than is selected", async () => {
    const { on, requests } = await searched();
    const { items } = await on("turbine").search("offshore", { select: { name: true, $version: true } });
    expect(items).toEqual([{ ...ref("A"), name: "North one", $version: 1 }]);
    expect(requests).toHaveLength(1);
  });

  it("says where there may be more", async () => {
    const { on } = await searched();
    expect(await on("turbine").search("two", { limit: 1 })).toMatchObject({ items: [{}], truncated: true });
  });

  it("searches edges", async () => {
    const farm = startFarm();
    await farm.write([edge("E", "near", "A", "M", 5)]);
    expect(idsOf((await farm.on("distance").search("")).items)).toEqual(["E"]);
  });

  it.each([
    [{ properties: ["capacity"] }, "QUERY.NOT_SEARCHABLE", /'capacity' of view s\/Turbine@v1 holds no text.*/],
    [{ properties: ["nme"] }, "QUERY.UNKNOWN_PROPERTY", /Did you mean 'name'/],
    [{ properties: [] }, "QUERY.INVALID_VALUE", /at least one/],
    [{ properties: "name" }, "QUERY.INVALID_VALUE", /array/],
    [{ operator: "and" }, "QUERY.INVALID_VALUE", /'AND' or 'OR'/],
    [{ limit: 1001 }, "QUERY.INVALID_LIMIT", /1 to 1,000; got 1001/],
    [{ limit: 0 }, "QUERY.INVALID_LIMIT", /got 0/],
    [{ limit: Number.POSITIVE_INFINITY }, "QUERY.INVALID_LIMIT", /Infinity/],
    [{ sort: [{ name: { order: "asc", nulls: "first" } }] }, "QUERY.INVALID_SORT", /nulls first/],
    [{ sort: [{ tags: "asc" }] }, "QUERY.INVALID_SORT", /no order/],
    [{ select: { nme: true } }, "QUERY.UNKNOWN_PROPERTY", /nme/],
    [{ where: { nme: "a" } }, "QUERY.UNKNOWN_PROPERTY", /nme/],
    [
      { where: { $overlaps: { start: "startedAt", end: "startedAt", gte: new Date(0) } } },
      "QUERY.NOT_SEARCHABLE",
      /overlaps/,
    ],
    [{ where: { $not: { $or: [{ $raw: { overlaps: {} } }] } } }, "QUERY.NOT_SEARCHABLE", /overlaps/],
    [{ wher: {} }, "QUERY.UNKNOWN_OPTION", /search\(\) of view s\/Turbine@v1.*'where'/],
  ])("refuses %j before anything is sent", async (args, code, message) => {
    const { on, requests } = startFarm();
    const error = await on("turbine")
      .search("a", args as never)
      .catch((error: unknown) => error);
    expect(error).toSatisfy(isQueryError);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(requests).toEqual([]);
  });

  it("refuses words that are no text", async () => {
    const { on } = startFarm();
    await expect(on("turbine").search(5 as never)).rejects.toMatchObject({ code: "QUERY.INVALID_VALUE" });
  });
});
