import {
  type BindOptions,
  type Bound,
  bind,
  type Direct,
  type Edge,
  type EdgeView,
  type Enum,
  type InstanceId,
  type NodeReference,
  type NodeView,
  type PygenClient,
  type Reverse,
  toWrite,
  type UntypedViewApi,
  type UpsertResult,
  type ViewOf,
  type WritePlan,
} from "pygen";
import { describe, expectTypeOf, it } from "vitest";

interface Distance extends EdgeView<"w/Distance@v1"> {
  distance: number | null;
}
interface Metmast extends NodeView<"w/Metmast@v1"> {
  height: number | null;
}
interface Asset extends NodeView<"w/Asset@v1"> {
  name: string | null;
  parent: Direct<Asset> | null;
  children: Reverse<Asset>[];
}
interface Turbine extends NodeView<"w/Turbine@v1", { optional: "isActive"; readOnly: "path" }> {
  name: string;
  isActive: boolean;
  capacity: number | null;
  status: Enum<"running" | "stopped"> | null;
  path: Direct[] | null;
  parent: Direct<Asset> | null;
  owner: Direct | null;
  next: Direct<Turbine> | null;
  sensors: Reverse<Metmast>[];
  metmasts: Edge<Metmast, Distance>[];
}

declare const client: PygenClient;
declare const Turbine: ViewOf<Turbine>;
declare const Asset: ViewOf<Asset>;
declare const Metmast: ViewOf<Metmast>;
declare const Distance: ViewOf<Distance>;
declare const untyped: UntypedViewApi;

const views = { turbine: Turbine, asset: Asset, metmast: Metmast, distance: Distance };
function windFarm<const Options extends BindOptions = BindOptions>(options?: Options): Bound<typeof views, Options> {
  return bind(client, views, options);
}
const wind = windFarm({ space: "data" });

describe("upsert", () => {
  it("takes the modes, and gives a report or, dry, a plan", () => {
    const items = [{ externalId: "T1", name: "one" }];
    expectTypeOf(wind.turbine.upsert(items)).toEqualTypeOf<Promise<UpsertResult>>();
    expectTypeOf(wind.turbine.upsert(items, { mode: "create-only", edges: "replace" })).toEqualTypeOf<
      Promise<UpsertResult>
    >();
    expectTypeOf(wind.turbine.upsert(items, { dryRun: true })).toEqualTypeOf<Promise<WritePlan>>();
    expectTypeOf(wind.upsert({ turbine: items }, { dryRun: true })).toEqualTypeOf<Promise<WritePlan>>();
    expectTypeOf(untyped.upsert(items, { dryRun: true })).toEqualTypeOf<Promise<WritePlan>>();
    // @ts-expect-error no such mode
    wind.turbine.upsert(items, { mode: "merge" });
    // @ts-expect-error no such option
    wind.turbine.upsert(items, { replace: true });
  });

  it("E99: read-only properties are a compile error, and so are facts that are only read", () => {
    // @ts-expect-error computed by the service
    wind.turbine.upsert([{ externalId: "T1", name: "one", path: [] }]);
    // @ts-expect-error only read
    wind.turbine.upsert([{ externalId: "T1", name: "one", $version: 1 }]);
    wind.turbine.upsert([{ externalId: "T1", name: "one", $existingVersion: 1, $type: null }]);
  });

  it("E101: null clears what may be null, undefined leaves alone what may be left out", () => {
    wind.turbine.upsert([{ externalId: "T1", name: "one", capacity: null, isActive: undefined, status: undefined }]);
    // @ts-expect-error cannot be null
    wind.turbine.upsert([{ externalId: "T1", name: null }]);
    // @ts-expect-error cannot be null, though it has a default
    wind.turbine.upsert([{ externalId: "T1", name: "one", isActive: null }]);
    // @ts-expect-error required
    wind.turbine.upsert([{ externalId: "T1" }]);
    // @ts-expect-error required, in a nested node too
    wind.turbine.upsert([{ externalId: "T1", name: "one", next: { externalId: "T2", capacity: 1 } }]);
  });

  it("edges have versions, ids and the properties of their view", () => {
    const of = (edge: { externalId: string }) => edge;
    wind.turbine.upsert([
      {
        externalId: "T1",
        name: "1",
        metmasts: [{ edge: { ...of({ externalId: "e" }), $existingVersion: 2 }, node: "M1" }],
      },
    ]);
    // @ts-expect-error no property of the edges
    wind.turbine.upsert([{ externalId: "T1", name: "1", metmasts: [{ edge: { dist: 1 }, node: "M1" }] }]);
  });

  it("D7: where ids of nodes are made, nodes may have none; edges of a view of their own must", () => {
    const made = windFarm({ space: "data", externalIds: { node: () => "id" } });
    made.turbine.upsert([{ name: "one", next: { name: "two" } }]);
    made.upsert({ turbine: [{ name: "one" }] });
    // @ts-expect-error edges must have one
    made.distance.upsert([{ $type: { space: "s", externalId: "t" }, $startNode: "a", $endNode: "b" }]);
    const edgesOnly = windFarm({ space: "data", externalIds: { edge: ({ startNode }) => startNode.externalId } });
    // @ts-expect-error nothing makes ids of nodes
    edgesOnly.turbine.upsert([{ name: "one" }]);
  });

  it("E79: nodes of another view fit in as what nested() of its handle gives", () => {
    const turbine = wind.turbine.nested({ externalId: "T2", name: "two" });
    wind.turbine.upsert([{ externalId: "T1", name: "one", parent: turbine, owner: turbine }]);
    wind.asset.upsert([{ externalId: "A1", children: [turbine, "A2"] }]);
    // @ts-expect-error no property of an asset
    wind.turbine.upsert([{ externalId: "T1", name: "one", parent: { externalId: "T2", capacity: 1 } }]);
    // @ts-expect-error name is missing
    wind.turbine.nested({ externalId: "T2" });
  });

  it("rows are written back through their handle", async () => {
    const row = await wind.turbine.retrieve("T1", { select: { name: true, path: true, $version: true } });
    if (row === undefined) return;
    wind.turbine.upsert([toWrite(wind.turbine, row)]);
    wind.turbine.upsert([{ ...toWrite(wind.turbine, row), capacity: 3 }]);
    // @ts-expect-error of another view
    wind.turbine.upsert([toWrite(wind.metmast, row)]);
    // @ts-expect-error no row
    toWrite(wind.turbine, { name: "x" });
  });
});

describe("delete", () => {
  it("takes ids or a condition, and gives what was, or, dry, what would be deleted", () => {
    expectTypeOf(wind.turbine.delete(["T1"])).toEqualTypeOf<Promise<{ readonly deleted: readonly NodeReference[] }>>();
    expectTypeOf(wind.turbine.delete({ where: { capacity: { lt: 1 } } }, { dryRun: true })).toEqualTypeOf<
      Promise<{ readonly instances: readonly InstanceId[] }>
    >();
    // @ts-expect-error no such property
    wind.turbine.delete({ where: { capcity: 1 } });
    // @ts-expect-error no condition
    wind.turbine.delete({});
    // @ts-expect-error needs a space
    windFarm().turbine.delete(["T1"]);
  });

  it("E124: follows relations that the views have", () => {
    wind.turbine.delete(["T1"], { recursive: { metmasts: true, next: "all", parent: { children: true } } });
    wind.asset.delete(["A1"], { recursive: { children: "all" } });
    wind.turbine.delete(["T1"], { recursive: { next: { metmasts: true } } });
    // @ts-expect-error a value is no relation
    wind.turbine.delete(["T1"], { recursive: { name: true } });
    // @ts-expect-error the nodes have no such relation
    wind.turbine.delete(["T1"], { recursive: { metmasts: "all" } });
    // @ts-expect-error no relation of a mast
    wind.turbine.delete(["T1"], { recursive: { metmasts: { next: true } } });
    // @ts-expect-error not bound
    bind(client, { turbine: Turbine }).turbine.delete([], { recursive: { metmasts: { height: true } } });
  });
});

describe("sync and live", () => {
  it("give rows by what is selected, and tell deletions apart", async () => {
    for await (const change of wind.turbine.sync({ select: { name: true, next: true, $version: true } })) {
      if (change.change === "upserted") {
        expectTypeOf(change.row.name).toEqualTypeOf<string>();
        expectTypeOf(change.row.next).toEqualTypeOf<NodeReference | null>();
        // @ts-expect-error not selected
        change.row.capacity;
      } else if (change.change === "deleted") {
        expectTypeOf(change.deletedTime).toEqualTypeOf<Date>();
        // @ts-expect-error a deleted instance has no values
        change.row;
      } else expectTypeOf(change.change).toEqualTypeOf<"reset">();
    }
    for await (const { cursor, items } of wind.distance.sync({ poll: false }).pages()) {
      expectTypeOf(cursor).toEqualTypeOf<string>();
      const [first] = items;
      if (first?.change === "upserted") expectTypeOf(first.row.$startNode).toEqualTypeOf<NodeReference>();
    }
    const live = await wind.turbine.live({ where: { capacity: { gte: 5 } }, select: { capacity: true } });
    expectTypeOf(live.rows[0]!.capacity).toEqualTypeOf<number | null>();
    for await (const rows of live) expectTypeOf(rows).toEqualTypeOf(live.rows);
  });

  it("refuse to read into relations, and what is no option", () => {
    // @ts-expect-error changes of other nodes are not told
    wind.turbine.sync({ select: { next: { select: {} } } });
    // @ts-expect-error lies elsewhere
    wind.turbine.sync({ select: { metmasts: true } });
    // @ts-expect-error lies elsewhere
    wind.turbine.live({ select: { sensors: true } });
    // @ts-expect-error no such property
    wind.turbine.sync({ select: { nmae: true } });
    // @ts-expect-error polls always
    wind.turbine.live({ poll: false });
    // @ts-expect-error no such way
    wind.turbine.sync({ expired: "ignore" });
  });
});
