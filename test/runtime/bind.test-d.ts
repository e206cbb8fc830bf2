import {
  type BindOptions,
  type Bound,
  bind,
  type Direct,
  defineSelect,
  type Edge,
  type EdgeView,
  type Enum,
  type Explanation,
  model,
  type NodeReference,
  type NodeView,
  type PygenClient,
  type QueryPlan,
  type ResultOf,
  type Reverse,
  type RowPage,
  type UntypedViewApi,
  type ViewOf,
  type WriteOf,
  type Wrong,
} from "pygen";
import { describe, expectTypeOf, it } from "vitest";

interface Distance extends EdgeView<"w/Distance@v1"> {
  distance: number | null;
}
interface Metmast extends NodeView<"w/Metmast@v1"> {
  height: number | null;
}
interface Farm extends NodeView<"w/Farm@v1"> {
  name: string;
}
interface Blade extends NodeView<"w/Blade@v1"> {
  name: string | null;
  isDamaged: boolean;
  turbine: Direct<Turbine> | null;
}
interface Turbine extends NodeView<"w/Turbine@v1"> {
  name: string;
  capacity: number | null;
  windSpeed: number | null;
  status: Enum<"running" | "stopped"> | null;
  farm: Direct<Farm> | null;
  blades: Reverse<Blade>[];
  metmasts: Edge<Metmast, Distance>[];
}

declare const client: PygenClient;
declare const Turbine: ViewOf<Turbine>;
declare const Farm: ViewOf<Farm>;
declare const Blade: ViewOf<Blade>;
declare const Metmast: ViewOf<Metmast>;
declare const Distance: ViewOf<Distance>;

interface Views {
  readonly turbine: ViewOf<Turbine>;
  readonly farm: ViewOf<Farm>;
  readonly blade: ViewOf<Blade>;
  readonly metmast: ViewOf<Metmast>;
  readonly distance: ViewOf<Distance>;
}

/** As generated code has it. */
function windFarm<const Options extends BindOptions = BindOptions>(
  to: PygenClient,
  options?: Options,
): Bound<Views, Options> {
  const views: Views = { turbine: Turbine, farm: Farm, blade: Blade, metmast: Metmast, distance: Distance };
  return bind(to, views, options);
}

describe("the sketches of a generated SDK", () => {
  it("lists, streams, pages and explains", async () => {
    const wind = windFarm(client, { space: "wind_data" });
    const turbines = await wind.turbine.list({
      where: { capacity: { gte: 5 }, farm: { is: { name: { prefix: "Horns" } } } },
      select: {
        name: true,
        capacity: true,
        farm: { select: { name: true } },
        blades: { select: { isDamaged: true }, limit: 3, sort: [{ name: "asc" }] },
        metmasts: { edge: { select: { distance: true } }, node: { select: { height: true } }, limit: 3 },
      },
      sort: [{ capacity: { order: "desc", nulls: "last" } }, { name: "asc" }],
      limit: 100,
    });
    expectTypeOf(turbines[0]?.metmasts[0]?.edge.distance).toEqualTypeOf<number | null | undefined>();
    expectTypeOf(turbines[0]?.metmasts[0]?.node.height).toEqualTypeOf<number | null | undefined>();
    expectTypeOf(turbines[0]?.farm?.name).toEqualTypeOf<string | undefined>();
    // @ts-expect-error not selected
    turbines[0]?.windSpeed;
    for await (const t of wind.turbine.list({ where: { capacity: { gte: 5 } } })) {
      expectTypeOf(t.windSpeed).toEqualTypeOf<number | null>();
      expectTypeOf(t.farm).toEqualTypeOf<NodeReference | null>();
    }
    const list = wind.turbine.list({ select: { name: true } });
    expectTypeOf(list.pages()).toEqualTypeOf<
      AsyncIterable<RowPage<{ readonly space: string; readonly externalId: string; readonly name: string }>>
    >();
    expectTypeOf(list.explain()).toEqualTypeOf<Promise<Explanation>>();
    expectTypeOf(await list.explain()).toExtend<QueryPlan>();
    expectTypeOf((await list.explain({ profile: true })).profile.stages[0]?.notices[0]?.code).toEqualTypeOf<
      string | undefined
    >();
    // @ts-expect-error nothing was measured
    (await list.explain()).profile;
    type Named = { readonly space: string; readonly externalId: string; readonly name: string };
    expectTypeOf(list.first()).toEqualTypeOf<Promise<Named | undefined>>();
    expectTypeOf(list.toArray({ limit: 5 })).toEqualTypeOf<Promise<Named[]>>();
    expectTypeOf(list.count()).toEqualTypeOf<Promise<number>>();
    expectTypeOf(list.stream()).toEqualTypeOf<ReadableStream<Named>>();
    expectTypeOf(list.ndjson()).toEqualTypeOf<ReadableStream<Uint8Array<ArrayBuffer>>>();
    wind.turbine.list({ maxRequests: 5, maxDepth: 2 });
    wind.turbine.retrieve("a", { maxRequests: 5 });
    bind(client, { turbine: Turbine }, { maxDepth: 2 });
    // @ts-expect-error a limit is a number
    list.toArray({ limit: "5" });
  });

  it("loads relations later", async () => {
    const wind = windFarm(client, { space: "wind_data" });
    const [turbine] = await wind.turbine.list({ select: { name: true } });
    const blades = await wind.turbine.related(turbine!, "blades", { select: { isDamaged: true }, limit: 3 });
    type Blade = { readonly space: string; readonly externalId: string; readonly isDamaged: boolean };
    expectTypeOf(blades).toEqualTypeOf<readonly Blade[]>();
    const farms = await wind.turbine.related(["a", { space: "s", externalId: "b" }], "farm");
    type Named = ResultOf<typeof Farm>;
    expectTypeOf(farms).toEqualTypeOf<(Named | null)[]>();
    const pairs = await wind.turbine.related("a", "metmasts", { edge: { select: { distance: true } }, node: true });
    expectTypeOf(pairs[0]!.edge.distance).toEqualTypeOf<number | null>();
    expectTypeOf(pairs[0]!.node).toEqualTypeOf<NodeReference>();
    const ids = await wind.turbine.related("a", "blades", true);
    expectTypeOf(ids).toEqualTypeOf<readonly NodeReference[]>();
    const { turbine: alone } = bind(client, { turbine: Turbine }, { space: "s" });
    expectTypeOf(await alone.related("a", "farm")).toEqualTypeOf<NodeReference | null>();
    // @ts-expect-error a value is no relation
    wind.turbine.related("a", "name");
    // @ts-expect-error misspelt
    wind.turbine.related("a", "blades", { select: { isDamagd: true } });
    // @ts-expect-error an option that a single relation has not
    wind.turbine.related("a", "farm", { limit: 3 });
    // @ts-expect-error the view at the other end is not bound
    alone.related("a", "farm", { select: { name: true } });
    const noSpace = windFarm(client);
    // @ts-expect-error without a default space, ids are named in full
    noSpace.turbine.related("a", "blades");
    const any = await model(client, { space: "wind", externalId: "WindFarm", version: "v1" });
    expectTypeOf(any["turbine"]!.related(["a"], "blades", { limit: 1 })).toEqualTypeOf<Promise<unknown[]>>();
  });

  it("retrieves one or many", async () => {
    const wind = windFarm(client, { space: "wind_data" });
    const one = await wind.turbine.retrieve("hornsea_1_A1");
    expectTypeOf(one?.name).toEqualTypeOf<string | undefined>();
    const many = await wind.turbine.retrieve(["a", { space: "s", externalId: "b" }], { select: { blades: true } });
    expectTypeOf(many[0]!.blades).toEqualTypeOf<readonly NodeReference[]>();
    // @ts-expect-error misspelt
    await wind.turbine.retrieve("a", { select: { nme: true } });
  });

  it("writes and deletes", async () => {
    const wind = windFarm(client, { space: "wind_data" });
    await wind.upsert({
      turbine: [{ externalId: "A1", name: "A1", blades: [{ externalId: "A1-1", isDamaged: false }] }],
    });
    await wind.turbine.upsert([{ externalId: "A2", name: "A2" }], { mode: "replace" });
    await wind.turbine.delete(["A1"], { timeout: 1_000 });
    // @ts-expect-error no such view
    await wind.upsert({ turbin: [] });
    // @ts-expect-error name is missing
    await wind.upsert({ turbine: [{ externalId: "A1" }] });
    // @ts-expect-error unlisted value
    await wind.turbine.upsert([{ externalId: "A2", name: "A2", status: "broken" }]);
  });

  it("follows changes by what each instance answers itself", async () => {
    const wind = windFarm(client, { space: "wind_data" });
    wind.turbine.sync({ where: { capacity: { gte: 5 }, farm: { is: { name: "Horns" } } } });
    await wind.turbine.live({ where: { $or: [{ farm: { equals: "F1" } }, { name: "a" }] } });
    type Condition = NonNullable<NonNullable<Parameters<typeof wind.turbine.sync>[0]>["where"]>["blades"];
    expectTypeOf<NonNullable<NonNullable<Condition>["some"]>>().toEqualTypeOf<
      Wrong<"'some' asks other instances, whose changes sync() and live() do not follow">
    >();
    // @ts-expect-error asks other instances
    wind.turbine.sync({ where: { blades: { some: { isDamaged: true } } } });
    // @ts-expect-error also along edges
    await wind.turbine.live({ where: { $not: { metmasts: { some: { node: { height: 1 } } } } } });
    await wind.turbine.delete({ where: { blades: { some: { isDamaged: true } } } });
  });

  it("without a default space, a bare string id is a compile error", async () => {
    const wind = windFarm(client);
    // @ts-expect-error needs a space
    await wind.turbine.retrieve("a");
    // @ts-expect-error needs a space
    await wind.turbine.upsert([{ externalId: "a", name: "n" }]);
    // @ts-expect-error needs a space
    wind.turbine.list({ where: { farm: { equals: "f" } } });
    await wind.turbine.retrieve({ space: "s", externalId: "a" });
    await wind.turbine.upsert([{ space: "s", externalId: "a", name: "n" }]);
  });
});

describe("bind", () => {
  it("binds some views; selecting into another is a compile error", async () => {
    const { turbine } = bind(client, { turbine: Turbine, farm: Farm });
    const rows = await turbine.list({ select: { farm: { select: { name: true } }, blades: true, metmasts: true } });
    expectTypeOf(rows[0]!.blades).toEqualTypeOf<readonly NodeReference[]>();
    // @ts-expect-error blades are not bound
    turbine.list({ select: { blades: { select: { name: true } } } });
    // @ts-expect-error the edges' view is not bound
    turbine.list({ select: { metmasts: { edge: true } } });
    // @ts-expect-error metmasts are not bound
    turbine.list({ select: { metmasts: { select: { height: true } } } });
  });

  it("reads edges that have no view of their own", async () => {
    interface Site extends NodeView<"w/Site@v1"> {
      roads: Edge<Site>[];
    }
    const { site } = bind(client, { site: {} as ViewOf<Site> });
    const [row] = await site.list({ select: { roads: { edge: true, node: { select: { roads: true } } } } });
    expectTypeOf(row!.roads[0]!.edge.$startNode).toEqualTypeOf<NodeReference>();
    expectTypeOf(row!.roads[0]!.node.roads).toEqualTypeOf<readonly NodeReference[]>();
  });
});

describe("types to use again", () => {
  const wind = windFarm(client, { space: "wind_data" });

  it("defineSelect keeps a selection exact, and checks it", async () => {
    const card = defineSelect(Turbine, { name: true, farm: { select: { name: true } } });
    const [row] = await wind.turbine.list({ select: card });
    type Card = ResultOf<typeof Turbine, typeof card>;
    expectTypeOf(row).toEqualTypeOf<Card | undefined>();
    expectTypeOf<ResultOf<typeof wind.turbine, typeof card>>().toEqualTypeOf<Card>();
    expectTypeOf<Card["farm"]>().toEqualTypeOf<{
      readonly space: string;
      readonly externalId: string;
      readonly name: string;
    } | null>();
    expectTypeOf<ResultOf<typeof Turbine>["windSpeed"]>().toEqualTypeOf<number | null>();
    // @ts-expect-error misspelt
    defineSelect(Turbine, { nme: true });
    // @ts-expect-error misspelt further in
    defineSelect(wind.turbine, { name: true, farm: { select: { nme: true } } });
    const { turbine } = bind(client, { turbine: Turbine });
    // @ts-expect-error farms are not bound
    turbine.list({ select: card });
  });

  it("WriteOf is what the handle takes", () => {
    const item: WriteOf<typeof wind.turbine> = { externalId: "a", name: "n", farm: "f" };
    wind.turbine.upsert([item]);
    const spaceless = windFarm(client);
    // @ts-expect-error needs a space
    spaceless.turbine.upsert([{ externalId: "a", name: "n" } satisfies WriteOf<typeof spaceless.turbine>]);
    // @ts-expect-error name is missing
    wind.turbine.upsert([{ externalId: "a" } satisfies WriteOf<typeof Turbine>]);
  });
});

describe("model", () => {
  it("gives untyped handles", async () => {
    const any = await model(client, { space: "wind", externalId: "WindFarm", version: "v1" }, { space: "data" });
    expectTypeOf(any["turbine"]).toEqualTypeOf<UntypedViewApi | undefined>();
    const rows = await any["turbine"]!.list({ where: { capacity: { gte: 5 } }, select: { name: true } });
    expectTypeOf(rows[0]!["name"]).toEqualTypeOf<unknown>();
    await any.upsert({ turbine: [{ externalId: "a" }] });
  });
});
