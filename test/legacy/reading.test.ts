import { LegacyList, legacyClient } from "pygen/legacy";
import { beforeAll, describe, expect, it, vi } from "vitest";
import {
  Blade,
  Distance,
  Farm,
  Inspection,
  Metmast,
  Nacelle,
  Sensor,
  Technician,
  Turbine,
  Wake,
} from "../../examples/windfarm/sdk/index.js";
import { startWorld, type World } from "./wind.js";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});

const facts = { $type: true, $version: true, $createdTime: true, $lastUpdatedTime: true } as const;

/** A selection of all that a view has of its own, as v1 read it. */
function own(view: { readonly properties: Readonly<Record<string, { readonly type: string }>> }) {
  const stored = Object.entries(view.properties).filter(([, { type }]) => type !== "reverse" && type !== "edge");
  return { ...Object.fromEntries(stored.map(([name]) => [name, true] as const)), ...facts };
}

describe("list of v1", () => {
  it("A3: filters by bounds, prefixes, values and ids, as the conditions of today do", async () => {
    const { v1, wind } = world;
    const rows = await v1.turbine.list({
      minCapacity: 1,
      maxCapacity: 5,
      namePrefix: "A",
      status: ["running", "stopped"],
      isActive: true,
      minInstalledAt: new Date(Date.UTC(2020, 0, 4)),
      maxServiceDue: "2027-01-27",
      farm: "F0",
      limit: 7,
      sortBy: "capacity",
      direction: "descending",
    });
    const today = await wind.turbine.list({
      where: {
        capacity: { gte: 1, lte: 5 },
        name: { prefix: "A" },
        status: { in: ["running", "stopped"] },
        isActive: true,
        installedAt: { gte: "2020-01-04T00:00:00Z" },
        serviceDue: { lte: "2027-01-27" },
        farm: { equals: "F0" },
      },
      select: own(Turbine),
      sort: [{ capacity: "desc" }],
      limit: 7,
    });
    expect(today.length).toBeGreaterThan(2);
    expect([...rows]).toEqual(today);
  });

  it("A3: gives 25 rows unless it is told how many, and all for -1, null and Infinity", async () => {
    const { v1 } = world;
    const lengths = [undefined, 3, 50, -1, null, Number.POSITIVE_INFINITY].map(
      async (limit) => (await v1.turbine.list({ limit })).length,
    );
    expect(await Promise.all(lengths)).toEqual([25, 3, 50, 60, 60, 60]);
  });

  it("A3: takes a relation of a list as one of its ids, and one id or several in other spaces", async () => {
    const { v1 } = world;
    const before = await v1.turbine.list({
      neighbours: ["T05", { space: "data", externalId: "T09" }, "T00"],
      limit: -1,
    });
    expect(before.asExternalIds().sort()).toEqual(["T04", "T08", "T59"]);
    expect(await v1.turbine.list({ farm: { space: "other", externalId: "F0" } })).toHaveLength(0);
  });

  it("A3: reads by externalIdPrefix, space and a filter of the service's own", async () => {
    const { v1 } = world;
    const filter = { range: { property: ["wind", "Turbine/v1", "buildYear"], gte: 2005 } };
    const rows = await v1.turbine.list({ externalIdPrefix: "T0", space: ["data", "other"], filter });
    expect(rows.asExternalIds().sort()).toEqual(["T05", "T06", "T07", "T08", "T09"]);
    expect(await v1.turbine.list({ space: "other" })).toHaveLength(0);
  });

  it("A3: orders by several properties, and by sort before sortBy", async () => {
    const { v1, wind } = world;
    const rows = await v1.turbine.list({
      sortBy: "name",
      sort: [
        { property: "buildYear", direction: "descending" },
        { property: "capacity", nullsFirst: true },
      ],
    });
    const today = await wind.turbine.list({
      sort: [{ buildYear: "desc" }, { capacity: { order: "asc", nulls: "first" } }],
      limit: 25,
    });
    expect(rows.asExternalIds()).toEqual(today.map(({ externalId }) => externalId));
    const byTwo = await v1.turbine.list({ sortBy: ["buildYear", "name"] });
    const todayByTwo = await wind.turbine.list({ sort: [{ buildYear: "asc" }, { name: "asc" }], limit: 25 });
    expect(byTwo.asExternalIds()).toEqual(todayByTwo.map(({ externalId }) => externalId));
  });

  it("A3: reads connections as they are asked for", async () => {
    const { v1, wind } = world;
    const ids = await v1.turbine.list({ externalIdPrefix: "T01", retrieveConnections: "identifier" });
    expect(ids).toMatchObject([
      { farm: { externalId: "F1" }, metmasts: [{ externalId: "M1" }], technicians: [{ externalId: "P1" }] },
    ]);
    expect(ids[0]).not.toHaveProperty("blades");
    const full = await v1.turbine.list({ externalIdPrefix: "T0", sortBy: "externalId", retrieveConnections: "full" });
    const today = await wind.turbine.list({
      where: { externalId: { prefix: "T0" } },
      select: {
        ...own(Turbine),
        farm: { select: own(Farm) },
        neighbours: { select: own(Turbine) },
        replaces: { select: own(Turbine) },
        blades: { select: own(Blade) },
        inspections: { select: own(Inspection) },
        nacelle: { select: own(Nacelle) },
        sensors: { select: own(Sensor) },
        metmasts: { edge: { select: own(Distance) }, node: { select: own(Metmast) } },
        technicians: { select: own(Technician) },
        wakedBy: { edge: { select: own(Wake) }, node: { select: own(Turbine) } },
        wakes: { edge: { select: own(Wake) }, node: { select: own(Turbine) } },
      } as never,
      sort: [{ externalId: "asc" }],
    });
    expect(today).toHaveLength(10);
    expect([...full]).toEqual(today);
    expect(full[1]?.blades.map(({ name }) => name).sort()).toEqual(["Blade 1", "Blade 2", "Blade 3"]);
    expect(full[1]?.metmasts[0]?.edge.distance).toBe(101);
  });
});

describe("lists of v1", () => {
  it("D1, D5, L1: are arrays that know ids, records, what they hold and how they are written back", async () => {
    const { v1, wind } = world;
    const rows = await v1.turbine.list({
      externalIdPrefix: "T0",
      limit: 2,
      sortBy: "externalId",
      retrieveConnections: "full",
    });
    expect(rows).toBeInstanceOf(LegacyList);
    expect(Array.isArray(rows)).toBe(true);
    expect(rows.map((row) => row.name)).not.toBeInstanceOf(LegacyList);
    expect(JSON.parse(JSON.stringify(rows))).toHaveLength(2);
    expect(rows.asNodeIds()).toEqual([
      { space: "data", externalId: "T00" },
      { space: "data", externalId: "T01" },
    ]);
    expect(rows.dataRecords()[1]).toEqual({
      version: 1,
      createdTime: expect.any(Date),
      lastUpdatedTime: expect.any(Date),
    });
    expect(rows.connected("blades").map(({ externalId }) => externalId)).toEqual(["T01_B1", "T01_B2", "T01_B3"]);
    expect(rows.connected("farm").map(({ name }) => name)).toEqual(["North", "South"]);
    expect(rows.cursors).toBeUndefined();
    const plain = await v1.turbine.list({ externalIdPrefix: "T01" });
    const [item] = plain.asWrite();
    expect(item).toMatchObject({ externalId: "T01", name: "B1", $existingVersion: 1 });
    const { items } = await wind.turbine.upsert(plain.asWrite());
    expect(items).toMatchObject([{ externalId: "T01", status: "unchanged" }]);
  });
});

describe("retrieve of v1", () => {
  it("A1: gives a row or undefined for one id, and those that are there for several", async () => {
    const { v1, wind } = world;
    expect(await v1.turbine.retrieve("T07")).toEqual(await wind.turbine.retrieve("T07", { select: own(Turbine) }));
    expect(await v1.turbine.retrieve({ space: "data", externalId: "T07" })).toMatchObject({ name: "B7" });
    expect(await v1.turbine.retrieve("T07", { space: "other" })).toBeUndefined();
    expect(await v1.turbine.retrieve("T99")).toBeUndefined();
    const rows = await v1.turbine.retrieve(["T08", "T99", "T07"], { retrieveConnections: "identifier" });
    expect(rows.asExternalIds()).toEqual(["T08", "T07"]);
    expect(rows[0]?.technicians).toEqual([{ space: "data", externalId: "P0" }]);
    expect(await v1.turbine.retrieve([])).toHaveLength(0);
  });

  it("A2: reads instances through the views that are given", async () => {
    const { v1, wind } = world;
    const rows = await v1.turbine.retrieve(["T01", "T02"], { asChildClass: [wind.turbine] });
    const today = await wind.turbine.byView([wind.turbine], { where: { $id: { in: ["T01", "T02"] } } });
    expect(rows.map((row) => row.$view)).toEqual(["wind/Turbine@v1", "wind/Turbine@v1"]);
    expect([...rows]).toEqual(today);
  });
});

describe("iterate of v1", () => {
  it("A4: gives lists of 100 or of chunkSize, to the end or to the limit", async () => {
    const { v1 } = world;
    const lengths = async (args: Parameters<typeof v1.blade.iterate>[0]) => {
      const found: number[] = [];
      for await (const rows of v1.blade.iterate(args)) found.push(rows.length);
      return found;
    };
    expect(await lengths({})).toEqual([100, 20]);
    expect(await lengths({ chunkSize: 50, limit: 60 })).toEqual([30, 30]);
    expect(await lengths({ isDamaged: true, chunkSize: 20 })).toEqual([20, 10]);
    expect(await lengths({ namePrefix: "none" })).toEqual([]);
  });

  it("A4: goes on after the cursors of an earlier list", async () => {
    const { v1, wind } = world;
    const found: string[] = [];
    let cursors: string | undefined;
    for await (const rows of v1.turbine.iterate({ chunkSize: 25, minBuildYear: 2002 })) {
      found.push(...rows.asExternalIds());
      ({ cursors } = rows);
      break;
    }
    expect(cursors).toEqual(expect.any(String));
    for await (const rows of v1.turbine.iterate({ chunkSize: 25, minBuildYear: 2002, cursors })) {
      found.push(...rows.asExternalIds());
      ({ cursors } = rows);
    }
    expect(cursors).toBeUndefined();
    const today = await wind.turbine.list({ where: { buildYear: { gte: 2002 } } });
    expect(found).toEqual(today.map(({ externalId }) => externalId));
  });
});

describe("search of v1", () => {
  it("A5: finds as the search of today, in some properties, with filters and in an order", async () => {
    const { v1, wind } = world;
    const rows = await v1.blade.search("Blade 2", {
      properties: "name",
      isDamaged: true,
      limit: 5,
      sortBy: "externalId",
    });
    const today = await wind.blade.search("Blade 2", {
      properties: ["name"],
      where: { isDamaged: true },
      select: own(Blade),
      sort: [{ externalId: "asc" }],
      limit: 5,
    });
    expect(rows).toHaveLength(5);
    expect([...rows]).toEqual(today.items);
    expect(await v1.blade.search("Blade")).toHaveLength(25);
    expect(await v1.blade.search("Blade", { limit: -1 })).toHaveLength(120);
  });
});

describe("aggregate of v1", () => {
  it("A6: counts instances and computes over properties, one value for one and several for several", async () => {
    const { v1, wind } = world;
    expect(await v1.turbine.aggregate("count", { minBuildYear: 2005 })).toEqual({
      aggregate: "count",
      property: "externalId",
      value: 30,
    });
    const today = await wind.turbine.aggregate({
      avg: { capacity: true },
      max: { capacity: true, buildYear: true },
      where: { farm: { equals: "F0" } },
    });
    expect(await v1.turbine.aggregate("avg", { property: "capacity", farm: "F0" })).toEqual({
      aggregate: "avg",
      property: "capacity",
      value: today.avg.capacity,
    });
    expect(await v1.turbine.aggregate("max", { property: ["capacity", "buildYear"], farm: "F0" })).toEqual([
      { aggregate: "max", property: "capacity", value: today.max.capacity },
      { aggregate: "max", property: "buildYear", value: today.max.buildYear },
    ]);
    expect(
      await v1.turbine.aggregate(["count", { aggregate: "avg", property: "capacity" }], { farm: "F0" }),
    ).toMatchObject([{ value: 30 }, { value: today.avg.capacity }]);
    expect(await v1.turbine.aggregate("count", { property: "capacity" })).toMatchObject({
      property: "capacity",
      value: 45,
    });
  });

  it("A6: groups, and looks for words", async () => {
    const { v1, wind } = world;
    const groups = await v1.turbine.aggregate("max", { property: "capacity", groupBy: ["status", "isActive"] });
    const today = await wind.turbine.aggregate({ max: { capacity: true }, groupBy: ["status", "isActive"], limit: 25 });
    expect(groups).toEqual(
      today.items.map(({ group, max }) => ({
        group,
        aggregates: [{ aggregate: "max", property: "capacity", value: max.capacity }],
      })),
    );
    expect(groups).toHaveLength(4);
    const found = await v1.blade.aggregate("count", { query: "3", searchProperty: "name", isDamaged: true });
    expect(found).toMatchObject({ value: 10 });
  });

  it("A6: refuses an aggregate without a property, and instances and values counted at once", async () => {
    const { v1 } = world;
    // @ts-expect-error -- avg needs a property
    await expect(v1.turbine.aggregate("avg")).rejects.toMatchObject({ code: "QUERY.INVALID_VALUE" });
    const both = v1.turbine.aggregate(["count", { aggregate: "count", property: "name" }]);
    await expect(both).rejects.toMatchObject({ code: "QUERY.INVALID_VALUE", hint: "Make a call for each." });
  });

  it("A7: counts values in intervals", async () => {
    const { v1, wind } = world;
    const today = await wind.turbine.aggregate({ histogram: { capacity: 2 }, where: { isActive: true } });
    expect(await v1.turbine.histogram("capacity", 2, { isActive: true })).toEqual({
      property: "capacity",
      interval: 2,
      buckets: today.histogram.capacity,
    });
    expect(today.histogram.capacity.length).toBeGreaterThan(1);
  });
});

describe("calls of v1", () => {
  it("warn once each, and name the call of today", async () => {
    const { wind } = world;
    const said: string[] = [];
    const logger = { warn: (message: string) => said.push(message) };
    for (let round = 0; round < 2; round++) {
      const v1 = legacyClient(wind, { logger });
      await v1.farm.list();
      await v1.farm.list({ limit: 1 });
      await v1.turbine.list({ limit: 1 });
      await v1.farm.retrieve("F0");
      await v1.turbine.retrieve(["T00"], { asChildClass: [wind.turbine] });
      await v1.farm.search("North");
      await v1.farm.aggregate("count");
      await v1.turbine.histogram("capacity", 1);
      for await (const _ of v1.farm.iterate()) break;
    }
    expect(said).toEqual([
      "pygen/legacy: farm.list() is deprecated, call list({ where, select, sort, limit }) of the generated SDK's farm",
      "pygen/legacy: turbine.list() is deprecated, call list({ where, select, sort, limit }) of the generated SDK's turbine",
      "pygen/legacy: farm.retrieve() is deprecated, call retrieve(id, { select }) of the generated SDK's farm",
      "pygen/legacy: turbine.retrieve with asChildClass() is deprecated, call byView(views, { where: { $id: { in: ids } } }) of the generated SDK's turbine",
      "pygen/legacy: farm.search() is deprecated, call search(query, { where, properties, sort, limit }) of the generated SDK's farm",
      "pygen/legacy: farm.aggregate() is deprecated, call aggregate({ count, avg, min, max, sum, groupBy, where }) of the generated SDK's farm",
      "pygen/legacy: turbine.histogram() is deprecated, call aggregate({ histogram: { property: interval }, where }) of the generated SDK's turbine",
      "pygen/legacy: farm.iterate() is deprecated, call for await (const row of list({ where, select })), or list(...).pages({ cursor }) of the generated SDK's farm",
    ]);
  });

  it("warn on the console where no other place is given", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    try {
      await legacyClient(world.wind).technician.list();
      await legacyClient(world.wind).technician.list();
      expect(warn.mock.calls).toEqual([[expect.stringContaining("technician.list() is deprecated")]]);
    } finally {
      warn.mockRestore();
    }
  });

  it("refuse what is no filter, naming the nearest, before anything is sent", async () => {
    const { v1, requests } = world;
    requests.length = 0;
    // @ts-expect-error -- minCapcity
    await expect(v1.turbine.list({ minCapcity: 5 })).rejects.toMatchObject({
      code: "QUERY.UNKNOWN_OPTION",
      message: expect.stringContaining("Did you mean 'minCapacity'?"),
    });
    // @ts-expect-error -- a bound of a text
    await expect(v1.turbine.list({ minName: "A" })).rejects.toMatchObject({ code: "QUERY.UNKNOWN_OPTION" });
    // @ts-expect-error -- iterate has no order
    const ordered = v1.turbine.iterate({ sortBy: "name" });
    await expect(ordered[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: "QUERY.UNKNOWN_OPTION" });
    expect(requests).toEqual([]);
  });

  it("K1: need an SDK", () => {
    const none: { readonly turbine: unknown } = legacyClient({ turbine: {} });
    expect(() => none.turbine).toThrow(expect.objectContaining({ code: "QUERY.INVALID_VALUE" }));
  });
});
