import {
  type Bound,
  bind,
  type DateString,
  type Direct,
  type Edge,
  type EdgeView,
  type Enum,
  type JsonObject,
  type NodeReference,
  type NodeView,
  type PygenClient,
  type Reverse,
  type TimeSeriesReference,
  type UntypedBound,
  type UntypedRow,
  type ViewOf,
} from "pygen";
import { describe, expectTypeOf, it } from "vitest";

interface Distance extends EdgeView<"w/Distance@v1"> {
  distance: number | null;
}
interface Asset extends NodeView<"w/Asset@v1"> {
  name: string | null;
}
interface Blade extends NodeView<"w/Blade@v1"> {
  name: string | null;
  isDamaged: boolean;
  turbine: Direct<Turbine> | null;
}
interface Turbine extends NodeView<"w/Turbine@v1"> {
  name: string;
  alias: string | null;
  tags: string[] | null;
  capacity: number | null;
  total: bigint | null;
  powers: number[] | null;
  isActive: boolean;
  startedAt: Date | null;
  day: DateString | null;
  meta: JsonObject | null;
  power: TimeSeriesReference | null;
  status: Enum<"running" | "stopped"> | null;
  farm: Direct<Asset> | null;
  similar: Direct<Turbine>[] | null;
  blades: Reverse<Blade>[];
  near: Edge<Turbine, Distance>[];
}
declare const client: PygenClient;
declare const Turbine: ViewOf<Turbine>;
declare const Asset: ViewOf<Asset>;
declare const Blade: ViewOf<Blade>;
declare const Distance: ViewOf<Distance>;
declare const untyped: UntypedBound;

interface Views {
  readonly turbine: ViewOf<Turbine>;
  readonly asset: ViewOf<Asset>;
  readonly blade: ViewOf<Blade>;
  readonly distance: ViewOf<Distance>;
}
const views: Views = { turbine: Turbine, asset: Asset, blade: Blade, distance: Distance };
const wind: Bound<Views, { readonly space: "data" }> = bind(client, views, { space: "data" });

type Turbines = { readonly space: string; readonly externalId: string };

describe("search", () => {
  it("gives rows by the selection, and whether there may be more", async () => {
    const { items, truncated } = await wind.turbine.search("north", {
      properties: ["name", "tags", "alias"],
      operator: "AND",
      where: { capacity: { gte: 5 }, blades: { some: { isDamaged: true } } },
      select: { name: true, farm: { select: { name: true } } },
      sort: [{ capacity: "desc" }, { externalId: "asc" }],
      limit: 10,
    });
    expectTypeOf(items[0]!.name).toEqualTypeOf<string>();
    expectTypeOf(items[0]!.farm!.name).toEqualTypeOf<string | null>();
    expectTypeOf(truncated).toEqualTypeOf<boolean>();
    expectTypeOf((await wind.turbine.search("a")).items[0]!.capacity).toEqualTypeOf<number | null>();
  });

  it("refuses what cannot be searched", async () => {
    // @ts-expect-error holds no text
    await wind.turbine.search("a", { properties: ["name", "capacity"] });
    // @ts-expect-error an enum is no text
    await wind.turbine.search("a", { properties: ["status"] });
    // @ts-expect-error neither are dates
    await wind.turbine.search("a", { properties: ["day"] });
    // @ts-expect-error nor ids of time series
    await wind.turbine.search("a", { properties: ["power"] });
    // @ts-expect-error misspelt
    await wind.turbine.search("a", { properties: ["nme"] });
    // @ts-expect-error no such operator
    await wind.turbine.search("a", { operator: "NEAR" });
    // @ts-expect-error nulls cannot come first
    await wind.turbine.search("a", { sort: [{ capacity: { order: "asc", nulls: "first" } }] });
    // @ts-expect-error lists have no order
    await wind.turbine.search("a", { sort: [{ tags: "asc" }] });
    // @ts-expect-error searches cannot compare stretches
    await wind.turbine.search("a", { where: { $overlaps: { start: "startedAt", end: "startedAt", gte: new Date() } } });
    // @ts-expect-error misspelt
    await wind.turbine.search("a", { where: { nme: "a" } });
    // @ts-expect-error misspelt
    await wind.turbine.search("a", { select: { nme: true } });
    // @ts-expect-error words are needed
    await wind.turbine.search();
  });

  it("is there for edges and without types", async () => {
    expectTypeOf((await wind.distance.search("a")).items[0]!.$startNode).toEqualTypeOf<NodeReference>();
    const found = await untyped["turbine"]!.search("a", { select: { name: true } });
    expectTypeOf(found.items[0]!).toEqualTypeOf<UntypedRow>();
  });
});

describe("aggregate", () => {
  it("gives what is asked for", async () => {
    const values = await wind.turbine.aggregate({
      count: true,
      avg: { capacity: true, total: true },
      max: { capacity: true, total: true },
      histogram: { capacity: 2 },
      where: { isActive: true },
      query: "north",
      properties: ["name"],
    });
    expectTypeOf(values).toEqualTypeOf<{
      readonly count: number;
      readonly avg: { readonly capacity: number | null; readonly total: number | null };
      readonly max: { readonly capacity: number | null; readonly total: bigint | null };
      readonly histogram: { readonly capacity: readonly { readonly start: number; readonly count: number }[] };
    }>;
    expectTypeOf((await wind.turbine.aggregate({ count: { capacity: true, farm: true } })).count).toEqualTypeOf<{
      readonly capacity: number;
      readonly farm: number;
    }>();
    // @ts-expect-error not asked for
    values.sum;
    // @ts-expect-error not asked for
    values.avg.powers;
  });

  it("gives groups", async () => {
    const { items, truncated } = await wind.turbine.aggregate({
      count: true,
      sum: { capacity: true },
      groupBy: ["farm", "status", "isActive", "tags", "similar", "total", "name"],
      limit: 10,
    });
    expectTypeOf(truncated).toEqualTypeOf<boolean>();
    expectTypeOf(items[0]!.group.farm).toEqualTypeOf<NodeReference | null>();
    expectTypeOf(items[0]!.group.similar).toEqualTypeOf<NodeReference | null>();
    expectTypeOf(items[0]!.group.isActive).toEqualTypeOf<boolean>();
    expectTypeOf(items[0]!.group.tags).toEqualTypeOf<string | null>();
    expectTypeOf(items[0]!.group.total).toEqualTypeOf<bigint | null>();
    expectTypeOf(items[0]!.group.name).toEqualTypeOf<string>();
    expectTypeOf(items[0]!.group.status).toEqualTypeOf<Enum<"running" | "stopped"> | null>();
    expectTypeOf(items[0]!.count).toEqualTypeOf<number>();
    expectTypeOf(items[0]!.sum).toEqualTypeOf<{ readonly capacity: number | null }>();
    const distinct = await wind.turbine.aggregate({ groupBy: ["name"] });
    expectTypeOf(distinct.items[0]!).toEqualTypeOf<{ readonly group: { readonly name: string } }>();
  });

  it("refuses what the service cannot compute", async () => {
    // @ts-expect-error a text is not numeric
    await wind.turbine.aggregate({ avg: { capacity: true, name: true } });
    // @ts-expect-error neither is a time
    await wind.turbine.aggregate({ max: { startedAt: true } });
    // @ts-expect-error nor an enum
    await wind.turbine.aggregate({ min: { status: true } });
    // @ts-expect-error nor a relation
    await wind.turbine.aggregate({ sum: { farm: true } });
    // @ts-expect-error misspelt
    await wind.turbine.aggregate({ sum: { capacity: true, capcity: true } });
    // @ts-expect-error nothing is stored of reverse relations
    await wind.turbine.aggregate({ count: { blades: true } });
    // @ts-expect-error an interval is a number
    await wind.turbine.aggregate({ histogram: { capacity: true } });
    // @ts-expect-error a text has no intervals
    await wind.turbine.aggregate({ histogram: { capacity: 1, name: 1 } });
    // @ts-expect-error times cannot be grouped by
    await wind.turbine.aggregate({ groupBy: ["startedAt"] });
    // @ts-expect-error neither can dates
    await wind.turbine.aggregate({ groupBy: ["day"] });
    // @ts-expect-error nor lists of numbers
    await wind.turbine.aggregate({ groupBy: ["powers"] });
    // @ts-expect-error nor JSON
    await wind.turbine.aggregate({ groupBy: ["meta"] });
    // @ts-expect-error nor ids of time series
    await wind.turbine.aggregate({ groupBy: ["power"] });
    // @ts-expect-error nor edges
    await wind.turbine.aggregate({ groupBy: ["name", "near"] });
    // @ts-expect-error misspelt
    await wind.turbine.aggregate({ groupBy: ["nme"] });
    // @ts-expect-error misspelt
    await wind.turbine.aggregate({ cont: true });
    // @ts-expect-error misspelt
    await wind.turbine.aggregate({ count: true, where: { nme: "a" } });
    // @ts-expect-error nothing is asked for
    await wind.turbine.aggregate();
  });
});

describe("byView", () => {
  it("gives rows that $view tells apart", async () => {
    const rows = wind.asset.byView([Turbine, wind.blade], { where: { name: "a" }, sort: [{ name: "asc" }], limit: 5 });
    for await (const row of rows) {
      expectTypeOf(row.$view).toEqualTypeOf<"w/Turbine@v1" | "w/Blade@v1" | "w/Asset@v1">();
      if (row.$view === "w/Turbine@v1") {
        expectTypeOf(row.capacity).toEqualTypeOf<number | null>();
        expectTypeOf(row.farm).toEqualTypeOf<NodeReference | null>();
      } else if (row.$view === "w/Blade@v1") expectTypeOf(row.isDamaged).toEqualTypeOf<boolean>();
      else expectTypeOf(row).toExtend<Turbines & { readonly name: string | null }>();
      // @ts-expect-error only turbines have one
      row.capacity;
    }
    // @ts-expect-error no view of the service
    wind.asset.byView([client]);
    // @ts-expect-error a property of another view
    wind.asset.byView([Turbine], { where: { capacity: 5 } });
    expectTypeOf(await untyped["asset"]!.byView([untyped["turbine"]!])).toEqualTypeOf<UntypedRow[]>();
  });
});
