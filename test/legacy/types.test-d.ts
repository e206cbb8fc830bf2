import {
  bind,
  type Direct,
  type Edge,
  type EdgeView,
  type Enum,
  type NodeReference,
  type NodeView,
  type PygenClient,
  type TimeSeriesReference,
  type ViewOf,
} from "pygen";
import { type Dataframe, type Filters, legacyClient } from "pygen/legacy";
import { describe, expectTypeOf, it } from "vitest";

interface Distance extends EdgeView<"w/Distance@v1"> {
  distance: number | null;
}
interface Metmast extends NodeView<"w/Metmast@v1"> {
  height: number | null;
}
interface Turbine extends NodeView<"w/Turbine@v1", { optional: "name" }> {
  name: string;
  capacity: number | null;
  energy: bigint | null;
  isActive: boolean;
  builtAt: Date | null;
  status: Enum<"running" | "stopped"> | null;
  tags: string[] | null;
  settings: { readonly [key: string]: string } | null;
  metmast: Direct<Metmast> | null;
  neighbours: Direct<Turbine>[] | null;
  elsewhere: Direct | null;
  metmasts: Edge<Metmast, Distance>[];
}
interface Series extends NodeView<"w/Series@v1", { resource: "timeseries" }> {
  readAt: Date | null;
  data: string | null;
  turbine: Direct<Turbine> | null;
}
interface Document extends NodeView<"w/Document@v1", { resource: "file" }> {
  listDocument: string | null;
  series: TimeSeriesReference[] | null;
  peer: Direct | null;
  peerFilter: number | null;
}
/** Names that v1's arguments have too. */
interface Hostile extends NodeView<"w/Hostile@v1"> {
  limit: number | null;
  sort: string | null;
  capacity: number | null;
  minCapacity: string | null;
  capacityPrefix: number | null;
}

declare const client: PygenClient;
declare const views: {
  readonly turbine: ViewOf<Turbine>;
  readonly metmast: ViewOf<Metmast>;
  readonly distance: ViewOf<Distance>;
  readonly hostile: ViewOf<Hostile>;
  readonly series: ViewOf<Series>;
  readonly document: ViewOf<Document>;
};
const v1 = legacyClient(bind(client, views, { space: "data" } as const));
const spaceless = legacyClient(bind(client, { turbine: views.turbine }));

interface Space {
  readonly space: string;
  readonly views: string;
}

describe("filters of v1", () => {
  it("are named and typed by the properties of the view", () => {
    type Keys = keyof Filters<Turbine, Space>;
    expectTypeOf<Keys>().toEqualTypeOf<
      | "name"
      | "namePrefix"
      | "minCapacity"
      | "maxCapacity"
      | "minEnergy"
      | "maxEnergy"
      | "isActive"
      | "minBuiltAt"
      | "maxBuiltAt"
      | "status"
      | "metmast"
      | "neighbours"
      | "elsewhere"
      | "externalIdPrefix"
      | "space"
      | "filter"
    >();
    expectTypeOf<Filters<Turbine, Space>["minCapacity"]>().toEqualTypeOf<number | undefined>();
    expectTypeOf<Filters<Turbine, Space>["maxEnergy"]>().toEqualTypeOf<bigint | undefined>();
    expectTypeOf<Filters<Turbine, Space>["minBuiltAt"]>().toEqualTypeOf<Date | string | undefined>();
    expectTypeOf<Filters<Turbine, Space>["name"]>().toEqualTypeOf<string | readonly string[] | undefined>();
    expectTypeOf<Filters<Turbine, Space>["status"]>().toEqualTypeOf<
      "running" | "stopped" | readonly ("running" | "stopped")[] | undefined
    >();
  });

  it("give way to names that v1's arguments and properties have", () => {
    type Keys = keyof Filters<Hostile, Space>;
    expectTypeOf<Keys>().toEqualTypeOf<
      | "minLimit"
      | "maxLimit"
      | "sort_"
      | "sortPrefix"
      | "minCapacity_"
      | "maxCapacity"
      | "minCapacity"
      | "minCapacityPrefix"
      | "minCapacityPrefix"
      | "maxCapacityPrefix"
      | "minCapacityPrefix_"
      | "externalIdPrefix"
      | "space"
      | "filter"
    >();
    expectTypeOf<Filters<Hostile, Space>["minCapacity"]>().toEqualTypeOf<string | readonly string[] | undefined>();
    expectTypeOf<Filters<Hostile, Space>["minCapacity_"]>().toEqualTypeOf<number | undefined>();
    expectTypeOf<Filters<Hostile, Space>["minCapacityPrefix"]>().toEqualTypeOf<number | undefined>();
    expectTypeOf<Filters<Hostile, Space>["minCapacityPrefix_"]>().toEqualTypeOf<string | undefined>();
    void (() => v1.hostile.list({ limit: 5, minLimit: 3, sort_: "a", sort: { property: "capacity" } }));
  });

  it("do not take other names, or values of other types", () => {
    void (() => v1.turbine.list({ minCapacity: 5, namePrefix: "A", limit: 10, sortBy: "capacity" }));
    // @ts-expect-error -- misspelt
    void (() => v1.turbine.list({ minCapcity: 5 }));
    // @ts-expect-error -- a text has no bounds
    void (() => v1.turbine.list({ minName: "A" }));
    // @ts-expect-error -- a number has no prefix
    void (() => v1.turbine.list({ capacityPrefix: "5" }));
    // @ts-expect-error -- lists of values have no filters
    void (() => v1.turbine.list({ tags: "a" }));
    // @ts-expect-error -- JSON has no filters
    void (() => v1.turbine.list({ settings: "a" }));
    // @ts-expect-error -- not a value of the enum
    void (() => v1.turbine.list({ status: "idle" }));
    // @ts-expect-error -- a number
    void (() => v1.turbine.list({ minCapacity: "5" }));
    // @ts-expect-error -- a relation cannot be sorted backwards through edges
    void (() => v1.turbine.list({ sortBy: "metmasts" }));
    // @ts-expect-error -- iterate has no order
    void (() => v1.turbine.iterate({ sortBy: "name" }));
    // @ts-expect-error -- ids need their space where there is no default one
    void (() => spaceless.turbine.retrieve("A1"));
    void (() => spaceless.turbine.retrieve({ space: "data", externalId: "A1" }));
    // @ts-expect-error -- there is no such view
    void (() => v1.blade);
    // @ts-expect-error -- avg needs a number
    void (() => v1.turbine.aggregate("avg", { property: "name" }));
    // @ts-expect-error -- a histogram needs a number
    void (() => v1.turbine.histogram("name", 1));
  });
});

describe("rows of v1", () => {
  it("have all own properties and the ids of direct relations", async () => {
    const rows = await v1.turbine.list();
    expectTypeOf(rows[0]!.capacity).toEqualTypeOf<number | null>();
    expectTypeOf(rows[0]!.metmast).toEqualTypeOf<NodeReference | null>();
    expectTypeOf(rows[0]!.$version).toEqualTypeOf<number>();
    expectTypeOf(rows.asExternalIds()).toEqualTypeOf<string[]>();
    expectTypeOf(await v1.turbine.retrieve("A1")).toEqualTypeOf<(typeof rows)[number] | undefined>();
    // @ts-expect-error -- connections were not asked for
    void rows[0]?.metmasts;
  });

  it("have what the connections that were asked for lead to", async () => {
    const ids = await v1.turbine.list({ retrieveConnections: "identifier" });
    expectTypeOf(ids[0]!.metmasts).toEqualTypeOf<readonly NodeReference[]>();
    const full = await v1.turbine.list({ retrieveConnections: "full" });
    expectTypeOf(full[0]!.metmast!.height).toEqualTypeOf<number | null>();
    expectTypeOf(full[0]!.metmasts[0]!.edge.distance).toEqualTypeOf<number | null>();
    expectTypeOf(full[0]!.metmasts[0]!.node!.height).toEqualTypeOf<number | null>();
    expectTypeOf(full[0]!.elsewhere).toEqualTypeOf<NodeReference | null>();
    expectTypeOf(full.connected("neighbours")[0]!.name).toEqualTypeOf<string>();
    for await (const rows of v1.turbine.iterate({ retrieveConnections: "full" })) {
      expectTypeOf(rows).toEqualTypeOf<typeof full>();
    }
  });

  it("are what writes through the SDK take", async () => {
    const wind = bind(client, views, { space: "data" } as const);
    const rows = await legacyClient(wind).turbine.list();
    void (() => wind.turbine.upsert(rows.asWrite()));
  });
});

describe("chains of v1", () => {
  it("have the data of time series, the content of files, and the series that properties name", async () => {
    expectTypeOf(await v1.series.select().data.retrieveDataframe({ aggregates: "max" })).toEqualTypeOf<Dataframe>();
    expectTypeOf(await v1.document.select().content.download("out")).toEqualTypeOf<string[]>();
    expectTypeOf(await v1.document.select().series.data.retrieveDataframe()).toEqualTypeOf<Dataframe>();
    // @ts-expect-error -- turbines are no time series
    void (() => v1.turbine.select().data);
    // @ts-expect-error -- nor are they files
    void (() => v1.turbine.select().content);
    // @ts-expect-error -- no aggregate
    void (() => v1.series.select().data.retrieveDataframe({ aggregates: "mean" }));
  });

  it("have ids to filter by, and names for properties that would be ends", () => {
    void (() => v1.turbine.select().externalId.prefix("A").space.equals("data").listTurbine());
    void (() => v1.series.select().data_.equals("x").readAt.latest().listFull(null));
    void (() => v1.document.select().listDocument_.equals("x").listDocument());
    void (() => v1.document.select().peerFilter.range(1, 2).peerFilter_.equals("A1").listFull());
  });

  it("filter edges, which have no order", () => {
    const edges = v1.turbine.select().metmasts;
    void (() => edges.distance.range(1, 2).endNode.height.sortAscending().listFull());
    // @ts-expect-error -- the service does not sort edges
    void (() => edges.distance.sortAscending());
  });
});

describe("rows of v1 in GraphQL", () => {
  it("make items that upsert and delete take, typed by the views", async () => {
    const rows = await v1.graphqlQuery<{ readonly name: string }>("{ listTurbine { items { name } } }");
    expectTypeOf(rows[0]).toEqualTypeOf<{ readonly name: string } | undefined>();
    expectTypeOf<Parameters<typeof v1.upsert>[0]>().toEqualTypeOf(rows.asWrite());
    expectTypeOf(rows.asWrite().turbine?.[0]?.name).toEqualTypeOf<string | undefined>();
    void (() => v1.delete(rows.asWrite()));
    // @ts-expect-error -- no view
    void (() => rows.asWrite().turbines);
  });
});
