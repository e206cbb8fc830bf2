import {
  type Bound,
  bind,
  type Datapoint,
  type DateString,
  type Direct,
  type Edge,
  type EdgeView,
  type Enum,
  type FileReference,
  type JsonObject,
  type JsonValue,
  type NodeReference,
  type NodeView,
  type PygenClient,
  type Reverse,
  type SequenceReference,
  type SequenceValue,
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

describe("what is attached", () => {
  interface Series extends NodeView<"w/Series@v1", { resource: "timeseries" }> {
    unit: string | null;
  }
  interface Manual extends NodeView<"w/Manual@v1", { resource: "file" }> {
    name: string | null;
  }
  interface Pump extends NodeView<"w/Pump@v1"> {
    name: string | null;
    pressure: TimeSeriesReference | null;
    flows: TimeSeriesReference[] | null;
    manual: FileReference | null;
    curve: SequenceReference;
  }
  interface PlantViews {
    readonly series: ViewOf<Series>;
    readonly manual: ViewOf<Manual>;
    readonly pump: ViewOf<Pump>;
  }
  const plant = {} as Bound<PlantViews, { readonly space: "data" }>;

  it("gives data points in columns, of nodes and of what rows name", async () => {
    const one = await (await plant.series.datapoints("a")).retrieve({
      start: "2d-ago",
      signal: new AbortController().signal,
    });
    if (one?.isString === false) expectTypeOf(one.values).toEqualTypeOf<Float64Array>();
    if (one?.isString) expectTypeOf(one.values).toEqualTypeOf<readonly string[]>();
    const [row] = await plant.pump.list({ select: { pressure: true, flows: true } });
    if (row === undefined) return;
    const hourly = { aggregates: ["average", "max"], granularity: "1h" } as const;
    const columns = await (await plant.pump.datapoints(row, "pressure")).retrieve(hourly);
    expectTypeOf(columns?.average).toEqualTypeOf<Float64Array | undefined>();
    const several = await (await plant.pump.datapoints([row], "flows")).retrieve(hourly);
    expectTypeOf(several[0]?.max).toEqualTypeOf<Float64Array | undefined>();
    for await (const page of (await plant.series.datapoints("a")).pages(hourly)) {
      expectTypeOf(page.max).toEqualTypeOf<Float64Array>();
      expectTypeOf(page.cursor).toEqualTypeOf<string | undefined>();
    }
    expectTypeOf(await (await plant.series.datapoints(["a", row])).latest()).toEqualTypeOf<(Datapoint | undefined)[]>();
    // @ts-expect-error not asked for
    columns?.min;
    // @ts-expect-error points are no numbers
    await (await plant.series.datapoints("a")).retrieve({ aggregates: ["maxDatapoint"], granularity: "1h" });
    // @ts-expect-error without a granularity there are no intervals
    await (await plant.series.datapoints("a")).retrieve({ aggregates: ["max"] });
    // @ts-expect-error of several at once there are no pages
    (await plant.series.datapoints(["a"])).pages();
  });

  it("is there only where there can be some", async () => {
    const [row] = await plant.pump.list();
    if (row === undefined) return;
    // @ts-expect-error pumps are no time series
    plant.pump.datapoints("a");
    // @ts-expect-error neither are manuals
    plant.manual.datapoints("a");
    // @ts-expect-error a file
    plant.pump.datapoints(row, "manual");
    // @ts-expect-error a text
    plant.pump.datapoints([row], "name");
    // @ts-expect-error misspelt
    plant.pump.datapoints(row, "presure");
    // @ts-expect-error a list: give rows in an array
    plant.pump.datapoints(row, "flows");
    // @ts-expect-error the row was read without it
    plant.pump.datapoints({ space: "data", externalId: "a" }, "pressure");
    // @ts-expect-error series are no files
    plant.series.content("a");
    // @ts-expect-error a time series
    plant.pump.content(row, "pressure");
    // @ts-expect-error a file
    plant.pump.sequence(row, "manual");
    // @ts-expect-error sequences are no nodes
    plant.pump.sequence("a");
  });

  it("gives contents and rows", async () => {
    const [row] = await plant.pump.list();
    if (row === undefined) return;
    expectTypeOf(await (await plant.manual.content("a")).download()).toEqualTypeOf<Blob | undefined>();
    expectTypeOf(await (await plant.pump.content(row, "manual")).link()).toEqualTypeOf<string | undefined>();
    await (await plant.pump.content(row, "manual")).upload("text", { mimeType: "text/plain" });
    for await (const { values } of (await plant.pump.sequence(row, "curve")).iterate({ columns: ["flow"] }))
      expectTypeOf(values).toEqualTypeOf<readonly SequenceValue[]>();
    expectTypeOf(await (await untyped["pump"]!.content("a")).download()).toEqualTypeOf<Blob | undefined>();
  });
});

describe("targetUnits", () => {
  interface Span extends EdgeView<"w/Span@v1", { units: { distance: "length:m" } }> {
    distance: number | null;
  }
  interface Tower extends NodeView<"w/Tower@v1", { units: { height: "length:m"; power: "power:megaw" } }> {
    name: string | null;
    height: number | null;
    power: number[] | null;
    next: Direct<Tower> | null;
    spans: Edge<Tower, Span>[];
  }
  const towers = {} as Bound<{ readonly tower: ViewOf<Tower>; readonly span: ViewOf<Span> }>["tower"];
  const id = { space: "data", externalId: "a" };

  it("takes units of the same quantity, and unit systems, for properties that have one", async () => {
    const targetUnits = { height: "length:ft", power: { unitSystemName: "SI" } } as const;
    const [row] = await towers.list({ targetUnits, where: { height: { gt: 3 } } });
    expectTypeOf(row!.height).toEqualTypeOf<number | null>();
    await towers.retrieve(id, { targetUnits, select: { height: true } });
    await towers.search("a", { targetUnits });
    await towers.aggregate({ avg: { height: true }, targetUnits });
    await towers.list({
      select: {
        next: { targetUnits: { height: "length:ft" } },
        spans: { edge: { targetUnits: { distance: "length:mi" } }, node: { targetUnits } },
      },
    });
  });

  it("refuses all else", async () => {
    // @ts-expect-error a text has no unit
    await towers.list({ targetUnits: { name: "length:ft" } });
    // @ts-expect-error another quantity
    await towers.list({ targetUnits: { height: "power:w" } });
    // @ts-expect-error misspelt
    await towers.list({ targetUnits: { hight: "length:ft" } });
    // @ts-expect-error misspelt
    await towers.list({ targetUnits: { height: { unitSystem: "SI" } } });
    // @ts-expect-error another quantity
    await towers.list({ select: { next: { targetUnits: { height: "power:w" } } } });
    // @ts-expect-error a text has no unit
    await towers.retrieve(id, { targetUnits: { name: "length:ft" } });
    // @ts-expect-error nothing here has a unit
    await wind.turbine.list({ targetUnits: { capacity: "power:w" } });
  });

  it("tells of what was added to a view since", async () => {
    const [row] = await towers.list();
    expectTypeOf(row!.$unknown).toEqualTypeOf<Readonly<Record<string, JsonValue>> | undefined>();
    const [selected] = await towers.list({ select: { name: true } });
    // @ts-expect-error only in rows that are read whole
    selected!.$unknown;
  });
});
