import { bind, type ViewOf } from "pygen";
import { legacyClient } from "pygen/legacy";
import { beforeEach, describe, expect, it } from "vitest";
import { rowOf } from "../../legacy/graphql/graphql-row.js";
import { boundView } from "../../src/runtime/index.js";
import { startWorld, type World } from "./wind.js";

const dataModel = { space: "wind", externalId: "WindFarm", version: "v1" };
const quiet = { dataModel, logger: { warn: () => undefined } };

let world: World;
beforeEach(async () => {
  world = await startWorld();
});

/** A turbine with all kinds of relations, whose ids and values are asked for. */
const turbine = (id: string) => `{ getTurbineById(instance: { space: "data", externalId: "${id}" }) { items {
  __typename space externalId name capacity buildYear status isActive installedAt serviceDue createdTime
  farm { __typename externalId }
  neighbours { items { space externalId } }
  blades { items { externalId name position isDamaged } }
  nacelle { externalId serialNumber }
  metmasts { edges { externalId properties { distance bearing } node { externalId name height } } }
  technicians { items { externalId name employeeNumber } }
} } }`;

describe("asWrite of rows in GraphQL", () => {
  it("D3: gives items by view that upsert takes, with what is nested in them", async () => {
    const v1 = legacyClient(world.wind, quiet);
    const select = {
      name: true,
      capacity: true,
      status: true,
      installedAt: true,
      serviceDue: true,
      farm: true,
      neighbours: true,
      blades: { select: { name: true, position: true, isDamaged: true } },
      nacelle: { select: { serialNumber: true } },
      metmasts: { edge: { select: { distance: true, bearing: true } }, node: { select: { name: true } } },
      technicians: { select: { name: true } },
    } as const;
    const before = await world.wind.turbine.retrieve("T01", { select });
    const items = (await v1.graphqlQuery(turbine("T01"))).asWrite();
    expect(Object.keys(items)).toEqual(["turbine"]);
    expect(items.turbine).toMatchObject([
      {
        space: "data",
        externalId: "T01",
        $existingVersion: 0,
        farm: { space: "data", externalId: "F1" },
        neighbours: [{ space: "data", externalId: "T02" }],
        metmasts: [{ edge: { distance: 101, bearing: 1 }, node: { externalId: "M1", name: "Mast 1", height: 100 } }],
      },
    ]);
    const edges = await world.wind.distance.list();
    await world.wind.turbine.delete(["T01"]);
    await v1.upsert(items, { allowVersionIncrease: true });
    expect(await world.wind.turbine.retrieve("T01", { select })).toEqual(before);
    expect(new Set((await world.wind.distance.list()).map(({ externalId }) => externalId))).toEqual(
      new Set(edges.map(({ externalId }) => externalId)),
    );
  });

  it("D3: writes over what is there with allowVersionIncrease alone, and leaves what was not asked for", async () => {
    const v1 = legacyClient(world.wind, quiet);
    await world.wind.farm.upsert([{ externalId: "F0", name: "North", country: "DK", capacity: 7 }]);
    const rows = await v1.graphqlQuery(
      '{ listFarm(filter: { name: { eq: "North" } }) { items { __typename externalId name country } } }',
    );
    const [farm] = rows.asWrite().farm ?? [];
    const changed = { farm: [{ ...farm!, name: "Far north" }] };
    await expect(v1.upsert(changed)).rejects.toMatchObject({ status: 409 });
    await v1.upsert(changed, { allowVersionIncrease: true });
    expect(await world.wind.farm.retrieve("F0")).toMatchObject({ name: "Far north", capacity: 7 });
  });

  it("D3: takes the nodes at the end of edges, rows of several views, and none", async () => {
    const v1 = legacyClient(world.wind, quiet);
    const rows = await v1.graphqlQuery(
      "{ listTechnician { edges { node { __typename externalId name employeeNumber } } } }",
    );
    expect(rows.asWrite()).toMatchObject({ technician: [{ name: "Person 0" }, { name: "Person 1" }] });
    const none = await v1.graphqlQuery('{ listFarm(filter: { name: { eq: "no" } }) { items { externalId } } }');
    expect(none.asWrite()).toEqual({});
    const pairs = await v1.graphqlQuery(
      '{ listTurbine(filter: { name: { eq: "B1" } }) { items { __typename externalId metmasts { edges { node { externalId } } } } } }',
    );
    expect(pairs.asWrite().turbine).toMatchObject([{ metmasts: [{ space: "data", externalId: "M1" }] }]);
  });

  it("D3: says what the document has not asked for, and which view is not bound", async () => {
    const v1 = legacyClient(world.wind, quiet);
    const refusal = async (query: string) => {
      const rows = await v1.graphqlQuery(query);
      try {
        rows.asWrite();
      } catch (error) {
        return error;
      }
      return undefined;
    };
    expect(await refusal("{ listFarm { items { externalId } } }")).toMatchObject({
      code: "QUERY.MISSING_PROPERTY",
      hint: "Ask for __typename beside its properties.",
    });
    expect(await refusal("{ listFarm { items { __typename name } } }")).toMatchObject({
      code: "QUERY.MISSING_PROPERTY",
      message: "A row of view wind/Farm@v1 has no 'externalId'.",
    });
    expect(await refusal("{ listMetmast { items { __typename externalId height } } }")).toMatchObject({
      code: "QUERY.MISSING_PROPERTY",
      message: "A row of view wind/Metmast@v1 has no 'name'.",
    });
    const nested =
      "{ listTurbine(first: 1) { items { __typename externalId metmasts { items { externalId height } } } } }";
    expect(await refusal(nested)).toMatchObject({ message: "A row of view wind/Metmast@v1 has no 'name'." });
    const edges = "{ listTurbine(first: 1) { items { __typename externalId metmasts { edges { externalId } } } } }";
    expect(await refusal(edges)).toMatchObject({ message: "A row of view wind/Turbine@v1 has no 'node'." });
    expect(await refusal("{ aggregateTurbine { items { count { externalId } } } }")).toMatchObject({
      code: "QUERY.MISSING_PROPERTY",
    });
    await world.wind.turbine.upsert([{ externalId: "T01", name: "B1", neighbours: ["T02", "T03"] }]);
    const cut = `{ getTurbineById(instance: { space: "data", externalId: "T01" }) { items {
      __typename externalId name neighbours(first: 1) { items { externalId } pageInfo { hasNextPage } } } } }`;
    expect(await refusal(cut)).toMatchObject({ code: "QUERY.PARTIAL_LIST" });
    const few = legacyClient(bind(world.client, { farm: world.wind.farm.view as ViewOf<never> }), quiet);
    const rows = await few.graphqlQuery("{ listMetmast { items { __typename space externalId name } } }");
    expect(() => rows.asWrite()).toThrow(expect.objectContaining({ code: "QUERY.UNBOUND_VIEW" }));
    const spaceless = await few.graphqlQuery("{ listFarm { items { __typename externalId name } } }");
    expect(() => spaceless.asWrite()).toThrow(expect.objectContaining({ code: "QUERY.NO_SPACE" }));
  });

  it("D3: maps CDF's ids to names, resources to their external ids, and keeps hostile names", () => {
    const properties: unknown = JSON.parse(
      '{"__proto__":{"type":"int32","id":"size"},"series":{"type":"timeseries"},"files":{"type":"file","list":true},"note":{"type":"json"}}',
    );
    const view = { space: "s", externalId: "V", version: "v1", instanceType: "node", properties };
    const sdk = bind(world.client, { hostile: view as ViewOf<never> }, { space: "data" });
    const bound = boundView(sdk.hostile, "test");
    const given = {
      externalId: "a",
      size: 3,
      series: { externalId: "x" },
      files: [{ externalId: "y" }, { externalId: "z" }],
      note: { items: [1] },
      constructor: "not of the view",
    };
    const row = rowOf(given, bound.view, bound.scope);
    expect(Object.getOwnPropertyDescriptor(row, "__proto__")?.value).toBe(3);
    expect({ ...row }).toMatchObject({ series: "x", files: ["y", "z"], note: { items: [1] } });
    expect(Object.hasOwn(row, "constructor")).toBe(false);
  });
});
