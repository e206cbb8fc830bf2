import { bind, type UntypedBound, type ViewOf } from "pygen";
import { type LegacyClient, legacyClient } from "pygen/legacy";
import { beforeEach, describe, expect, it } from "vitest";
import { startWorld, type World } from "./wind.js";

let world: World;
beforeEach(async () => {
  world = await startWorld();
});

describe("upsert of v1", () => {
  it("K2: writes instances of several views with those nested in them, nodes and edges apart", async () => {
    const { v1, wind } = world;
    const result = await v1.upsert({
      farm: [{ externalId: "F9", name: "West", country: "GB" }],
      turbine: [
        {
          externalId: "T90",
          name: "T90",
          farm: "F9",
          technicians: [{ externalId: "P9", name: "P", employeeNumber: 9 }],
        },
      ],
    });
    expect(result.nodes.map(({ externalId }) => externalId).sort()).toEqual(["F9", "P9", "T90"]);
    expect(result.edges).toHaveLength(1);
    const row = await wind.turbine.retrieve("T90", { select: { technicians: { select: { name: true } } } });
    expect(row?.technicians).toMatchObject([{ name: "P" }]);
  });

  it("K2, K3: leaves what is left out, clears what is null, and clears the rest with replace", async () => {
    const { v1, wind } = world;
    await v1.upsert({ turbine: [{ externalId: "T01", status: null }] });
    expect(await wind.turbine.retrieve("T01")).toMatchObject({ status: null, buildYear: 2001 });
    await v1.upsert({ turbine: [{ externalId: "T01", name: "new" }] }, { replace: true });
    expect(await wind.turbine.retrieve("T01")).toMatchObject({ name: "new", buildYear: null });
  });

  it("K2: refuses to write over a newer version unless it is allowed to", async () => {
    const { v1, wind } = world;
    const items = (await v1.farm.list({ externalIdPrefix: "F0" })).asWrite();
    await wind.farm.upsert([{ externalId: "F0", name: "changed", country: "DK" }]);
    await expect(v1.upsert({ farm: items })).rejects.toMatchObject({ status: 409 });
    await v1.upsert({ farm: items }, { allowVersionIncrease: true });
    expect(await wind.farm.retrieve("F0")).toMatchObject({ name: "North" });
    const nested = {
      externalId: "T01",
      metmasts: [
        { edge: { distance: 7, $existingVersion: 0 }, node: { externalId: "M1", name: "M", $existingVersion: 0 } },
      ],
    };
    await expect(v1.upsert({ turbine: [nested] })).rejects.toMatchObject({ status: 409 });
    await v1.upsert({ turbine: [nested] }, { allowVersionIncrease: true });
    expect(await wind.metmast.retrieve("M1")).toMatchObject({ name: "M" });
  });
});

describe("delete of v1", () => {
  it("K4: deletes nodes of any view, by text, by id in full and by row", async () => {
    const { v1, wind } = world;
    const [blade] = await v1.blade.list({ externalIdPrefix: "T01_B1" });
    expect(await v1.delete("P0")).toEqual({ nodes: [{ space: "data", externalId: "P0" }], edges: [] });
    expect((await v1.delete(["F0", { space: "data", externalId: "M0" }, blade!, "none"])).nodes).toHaveLength(3);
    expect((await v1.delete("F1", { space: "other" })).nodes).toEqual([]);
    expect(await wind.farm.list()).toHaveLength(1);
  });

  it("K4: deletes items of several views with all that is nested in them, and nothing that they name by id", async () => {
    const { v1, wind } = world;
    const turbines = (await v1.turbine.list({ externalIdPrefix: "T01", retrieveConnections: "full" })).asWrite();
    const [turbine] = turbines;
    const { blades, nacelle, farm: _, neighbours: __, technicians, metmasts, ...own } = turbine!;
    const item = { ...own, farm: "F1", blades, nacelle, technicians, metmasts: [{ node: "M1" }] } as typeof turbine &
      object;
    const planned = await wind.upsert({ turbine: [item] }, { dryRun: true });
    const { nodes, edges } = await v1.delete({
      turbine: [item],
      farm: [{ externalId: "F0", name: "North", country: "DK" }],
    });
    const ids = nodes.map(({ externalId }) => externalId).sort();
    expect(ids).toEqual(["F0", "P1", "T01", "T01_B1", "T01_B2", "T01_B3", "T01_N"]);
    expect([...nodes, ...edges].length).toBeLessThanOrEqual(planned.items.length + 1);
    expect(await wind.turbine.retrieve("T01")).toBeUndefined();
    expect(await wind.farm.retrieve("F1")).toBeDefined();
    expect(await wind.metmast.retrieve("M1")).toBeDefined();
    expect(await wind.blade.list({ where: { externalId: { prefix: "T01_" } } })).toEqual([]);
    expect(await v1.delete({})).toEqual({ nodes: [], edges: [] });
  });

  it("K4: deletes single edges of items whose nodes stay", async () => {
    const { v1, wind } = world;
    const { edges, nodes } = await v1.delete({
      turbine: [{ externalId: "T02", name: "C2", technicians: [] }],
      metmast: [],
      distance: (await v1.distance.list({ limit: 1 })).asWrite(),
    });
    expect(nodes).toEqual([{ space: "data", externalId: "T02" }]);
    expect(edges).toHaveLength(1);
    expect(await wind.distance.list({ limit: 100 })).toHaveLength(58);
  });
});

describe("an SDK of views for edges alone", () => {
  it("K4, K5: deletes its items, and is asked in GraphQL", async () => {
    const { client, wind } = world;
    const dataModel = { space: "wind", externalId: "WindFarm", version: "v1" };
    const sdk = bind(client, { distance: wind.distance.view as ViewOf<never> }, { space: "data" });
    const v1: LegacyClient<UntypedBound> = legacyClient(sdk as unknown as UntypedBound, {
      dataModel,
      logger: { warn: () => undefined },
    });
    const item = (await world.v1.distance.list({ limit: 1 })).asWrite()[0]!;
    const { edges } = await v1.delete({ distance: [{ ...item }] });
    expect(edges).toEqual([{ space: item.space, externalId: item.externalId }]);
    expect(await v1.delete({})).toEqual({ nodes: [], edges: [] });
    expect(await v1.graphqlQuery("{ listFarm { items { name } } }")).toHaveLength(2);
    await expect(v1.delete("T01")).rejects.toMatchObject({ code: "QUERY.UNBOUND_VIEW" });
  });
});

describe("graphqlQuery of v1", () => {
  const dataModel = { space: "wind", externalId: "WindFarm", version: "v1" };

  it("K5, L2: gives the rows of the first field, and where the next page begins", async () => {
    const v1 = legacyClient(world.wind, { dataModel, logger: { warn: () => undefined } });
    const rows = await v1.graphqlQuery<{ readonly name: string }>(
      "query ($first: Int) { listFarm(first: $first, sort: [{ name: ASC }]) { items { __typename name } pageInfo { hasNextPage } } }",
      { first: 1 },
    );
    expect([...rows]).toEqual([{ __typename: "Farm", name: "North" }]);
    expect(rows.pageInfo).toEqual({ hasNextPage: true });
    expect(rows.map(({ name }) => name)).toEqual(["North"]);
  });

  it("K5: refuses where it does not know the data model, and tells what the service could not answer", async () => {
    await expect(world.v1.graphqlQuery("{ listFarm { items { name } } }")).rejects.toMatchObject({
      code: "QUERY.NO_DATA_MODEL",
    });
    const v1 = legacyClient(world.wind, { dataModel, logger: { warn: () => undefined } });
    await expect(v1.graphqlQuery("{ listNone { items { name } } }")).rejects.toMatchObject({ code: "QUERY.GRAPHQL" });
  });
});

describe("edges of v1", () => {
  it("A9: lists edges with properties by both ends and by their filters", async () => {
    const { v1, wind } = world;
    const rows = await v1.turbine.metmastsEdge.list({ from: ["T01", "T02", "T03"], to: "M1", minDistance: 102 });
    expect(rows).toMatchObject([
      { distance: 103, $startNode: { externalId: "T03" }, $endNode: { externalId: "M1" }, $version: 1 },
    ]);
    const today = await wind.distance.list({ where: { distance: { lte: 110 } } });
    const all = await v1.turbine.metmastsEdge.list({ maxDistance: 110 });
    expect(all.asExternalIds().sort()).toEqual(today.map(({ externalId }) => externalId).sort());
    expect(await v1.turbine.metmastsEdge.list()).toHaveLength(25);
    expect(await v1.turbine.metmastsEdge.list({ limit: -1 })).toHaveLength(60);
  });

  it("A9: lists edges without properties, of a connection that goes inwards too", async () => {
    const { v1 } = world;
    const inwards = await v1.turbine.techniciansEdge.list({ from: "T01" });
    expect(inwards).toMatchObject([{ $startNode: { externalId: "P1" }, $endNode: { externalId: "T01" } }]);
    const outwards = await v1.technician.turbinesEdge.list({ from: "P1", limit: -1 });
    expect(outwards).toHaveLength(30);
    expect(outwards.map(({ $type }) => $type.externalId)).toContain("Technician.turbines");
  });
});

describe("select of v1", () => {
  it("A8, Q1, Q2: filters and sorts the view that it begins with", async () => {
    const { v1, wind } = world;
    const rows = await v1.turbine
      .select()
      .name.prefix("A")
      .capacity.range(1, 5)
      .status.equals("running")
      .farmFilter.equals("F0")
      .capacity.sortDescending()
      .listFull(2);
    const today = await wind.turbine.list({
      where: { name: { prefix: "A" }, capacity: { gte: 1, lte: 5 }, status: "running", farm: { equals: "F0" } },
      sort: [{ capacity: "desc" }],
      limit: 2,
    });
    expect(today).toHaveLength(2);
    expect(rows).toMatchObject(today);
    expect(await v1.turbine.select().listFull()).toHaveLength(5);
    expect(await v1.turbine.select().listTurbine(-1)).toHaveLength(60);
  });

  it("Q1, Q3: goes on by reverse relations, and leaves out what has nothing at its end", async () => {
    const { v1, wind } = world;
    const rows = await v1.farm.select().name.sortAscending().listFull();
    expect(rows.map(({ name }) => name)).toEqual(["North", "South"]);
    const damaged = await v1.turbine.select().blades.isDamaged.equals(true).listFull(-1);
    const today = await wind.turbine.list({
      where: { blades: { some: { isDamaged: true } } },
      select: { name: true, blades: { select: { name: true }, where: { isDamaged: true } } },
    });
    expect(today.length).toBeGreaterThan(10);
    expect(damaged).toMatchObject(today);
    const blades = await v1.turbine.select().blades.isDamaged.equals(true).listBlade(-1);
    expect(blades.every(({ isDamaged }) => isDamaged)).toBe(true);
    expect(blades).toHaveLength(30);
    expect(await v1.turbine.select().blades.listBlade()).toHaveLength(5);
  });

  it("Q1, Q2: goes on by edges with properties and their filters, and by direct relations", async () => {
    const { v1 } = world;
    const rows = await v1.turbine.select().metmasts.distance.range(101, 104).endNode.name.equals("Mast 1").listFull(-1);
    expect(rows.map(({ externalId }) => externalId).sort()).toEqual(["T01", "T03"]);
    expect(rows[0]?.metmasts[0]).toMatchObject({ edge: { distance: expect.any(Number) }, node: { name: "Mast 1" } });
    const masts = await v1.turbine.select().metmasts.distance.range(101, 104).endNode.listMetmast();
    expect(masts.map(({ name }) => name).sort()).toEqual(["Mast 0", "Mast 1"]);
    const north = await v1.blade.select().turbine.farm.name.equals("North").listFull(-1);
    expect(new Set(north.map(({ turbine }) => turbine?.farm?.name))).toEqual(new Set(["North"]));
    expect(north).toHaveLength(60);
  });

  it("Q2: gives the earliest and the latest alone, per parent", async () => {
    const { v1 } = world;
    expect(await v1.turbine.select().installedAt.latest().listFull(10)).toMatchObject([{ externalId: "T59" }]);
    expect(await v1.turbine.select().installedAt.earliest().listTurbine()).toMatchObject([{ externalId: "T00" }]);
  });

  it("Q3: refuses limits that cannot be meant, before anything is asked", async () => {
    const { v1, requests } = world;
    const chain = v1.turbine.select();
    for (const limit of [Number.NaN, -2, 2.5, Number.NEGATIVE_INFINITY, "5" as never]) {
      const refused = [
        chain.listFull(limit),
        chain.listTurbine(limit),
        chain.installedAt.latest().listFull(limit),
        v1.turbine.list({ limit }),
        v1.turbine.search("A", { limit }),
        v1.turbine.aggregate("count", { groupBy: "status", limit }),
        v1.turbine.iterate({ limit })[Symbol.asyncIterator]().next(),
        v1.turbine.iterate({ chunkSize: limit })[Symbol.asyncIterator]().next(),
        v1.turbine.metmastsEdge.list({ limit }),
      ];
      for (const call of refused) await expect(call).rejects.toMatchObject({ code: "QUERY.INVALID_LIMIT" });
    }
    for (const interval of [Number.NaN, 0, -1, Number.POSITIVE_INFINITY]) {
      await expect(v1.turbine.histogram("capacity", interval)).rejects.toMatchObject({ code: "QUERY.INVALID_VALUE" });
    }
    expect(requests).toEqual([]);
    expect(await chain.listTurbine(0)).toEqual([]);
  });

  it("Q2, Q4: refuses a second filter of one property", () => {
    const query = world.v1.turbine.select().name.prefix("A");
    expect(() => query.name.prefix("B")).toThrow(expect.objectContaining({ code: "QUERY.INVALID_VALUE" }));
  });
});

describe("calls over all views of v1", () => {
  it("K2, K4, K5: warn once each", async () => {
    const said: string[] = [];
    const v1 = legacyClient(world.wind, { logger: { warn: (message) => said.push(message) } });
    for (let round = 0; round < 2; round++) {
      await v1.upsert({});
      await v1.delete([]);
      await v1.delete({});
      await v1.graphqlQuery("").catch(() => undefined);
      await v1.turbine.metmastsEdge.list({ limit: 1 });
      v1.turbine.select();
    }
    expect(said.map((message) => message.replace(/^pygen\/legacy: (.*) is deprecated.*$/, "$1"))).toEqual([
      "upsert()",
      "delete()",
      "delete() of items",
      "graphqlQuery()",
      "turbine.metmastsEdge.list()",
      "turbine.select()",
    ]);
  });

  it("refuse a view of their names", () => {
    const named = { delete: world.wind.farm };
    expect(() => legacyClient(named)).toThrow(expect.objectContaining({ code: "QUERY.RESERVED_NAME" }));
  });
});
