import { beforeAll, describe, expect, it } from "vitest";
import { createEmulator } from "../../src/emulator/index.js";
import { PygenClient, token } from "../../src/index.js";
import type { ViewDescriptor } from "../../src/ir/index.js";
import type { NodeReference } from "../../src/models/index.js";
import { bindViews } from "../../src/runtime/bind.js";
import { defaultLimits } from "../../src/runtime/plan/scope.js";
import type { UntypedArgs } from "../../src/runtime/types/untyped.js";
import { edge, type Farm, farmModel, node, ref, startFarm, viewNamed } from "./farm.js";

let farm: Farm;

/** Metadata of code that was generated before turbines could run. */
const olderTurbine: ViewDescriptor = {
  ...viewNamed("turbine"),
  properties: { ...viewNamed("turbine").properties, status: { type: "enum", values: ["stopped"] } },
};

beforeAll(async () => {
  farm = startFarm();
  await farm.write([
    node("farm", "F1", { name: "Horns" }),
    ...[1, 2, 3].map((n) => node("turbine", `T${n}`, { name: `T${n}`, farm: ref("F1") })),
    ...[1, 2, 3].flatMap((n) =>
      [3, 1, 2].map((at) => node("blade", `T${n}-${at}`, { name: `b${at}`, is_damaged: false, turbine: ref(`T${n}`) })),
    ),
    node("metmast", "M1", { height: 1 }),
    edge("e1", "near", "T1", "M1", 5),
    edge("e2", "near", "T2", "M1"),
  ]);
});

describe("reads", () => {
  it("E115: ids behind edges are those of the nodes, and nothing of the service's own comes with them", async () => {
    const rows = await farm.on("turbine").list({ select: { metmasts: true, gateway: true }, where: { name: "T1" } });
    expect(rows).toEqual([{ ...ref("T1"), metmasts: [ref("M1")], gateway: null }]);
  });

  it("E121: the first by an order within a parent is one for each parent", async () => {
    const latest = { select: { name: true }, sort: [{ name: "desc" }], limit: 1 };
    const rows = await farm.on("turbine").list({ select: { blades: latest }, sort: [{ name: "asc" }] });
    expect(rows.map(({ blades }) => blades)).toEqual([1, 2, 3].map((n) => [{ ...ref(`T${n}-3`), name: "b3" }]));
  });

  it("E110: a limit within a parent counts what the conditions leave", async () => {
    const blades = { select: { name: true }, where: { name: { in: ["b2", "b3"] } }, sort: [{ name: "asc" }], limit: 2 };
    const [row] = await farm.on("turbine", { setPage: 1 }).list({ select: { blades }, where: { name: "T2" } });
    expect(row?.["blades"]).toEqual([2, 3].map((at) => ({ ...ref(`T2-${at}`), name: `b${at}` })));
  });

  it("E113: nothing is there for no ids, without a request", async () => {
    farm.requests.length = 0;
    expect(await farm.on("turbine").retrieve([])).toEqual([]);
    expect(await farm.on("turbine").retrieve([], { select: { blades: true } })).toEqual([]);
    expect(farm.requests).toEqual([]);
  });

  it("E111: more ids than a filter takes, more rows than a page has, and more nested ones than a set has all come", async () => {
    const own = startFarm();
    const ids = Array.from({ length: 10_050 }, (_, at) => `B${at}`);
    const blades = ids.map((externalId) => ({ externalId, isDamaged: false }));
    await own.on("turbine").upsert([{ externalId: "T", name: "T", blades }]);
    own.requests.length = 0;
    const where = { externalId: { in: ids.slice(0, 2_500) } };
    const found = await own.on("blade").list({ where, select: {}, limit: Number.POSITIVE_INFINITY });
    expect(found.map(({ externalId }) => externalId).sort()).toEqual(where.externalId.in.sort());
    const [row] = await own.on("turbine").list({ select: { blades: true } });
    const held = row?.["blades"] as NodeReference[];
    expect(held).toHaveLength(ids.length);
    expect(held.map(({ externalId }) => externalId).sort()).toEqual(ids.sort());
    expect(own.requests.map(({ path }) => path.split("/").at(-1))).toEqual(Array.from({ length: 5 }, () => "query"));
  });

  it("E92: a value that an enum got since comes as it is, and can be asked for; one that it has not is refused", async () => {
    const own = startFarm();
    await own.write([node("turbine", "T1", { name: "T1", status: "running" })]);
    const { turbine } = bindViews(own.client, { turbine: olderTurbine }, { space: "data" }, defaultLimits);
    expect(await turbine?.list({ where: { status: "running" }, select: { status: true } })).toEqual([
      { ...ref("T1"), status: "running" },
    ]);
    await expect(turbine?.upsert([{ externalId: "T1", status: "melted" }])).rejects.toThrow(/melted|status/);
  });

  it("E126: nothing found is an empty list, whatever is selected", async () => {
    const nobody = { where: { name: "nobody" } };
    expect(await farm.on("turbine").list(nobody)).toEqual([]);
    expect(await farm.on("turbine").list({ ...nobody, select: { blades: { select: { name: true } } } })).toEqual([]);
  });
});

describe("relations to nodes of an unknown view", () => {
  it("E60: are written, filtered by and read as ids, given as text too", async () => {
    const own = startFarm();
    await own.on("turbine").upsert([
      { externalId: "T1", name: "one", owner: "someone" },
      { externalId: "T2", name: "two", owner: ref("someone", "other") },
      { externalId: "T3", name: "three", owner: null },
    ]);
    const owners = async (where: UntypedArgs): Promise<unknown[]> =>
      (await own.on("turbine").list({ where, select: { owner: true }, sort: [{ externalId: "asc" }] })).map(
        ({ externalId, owner }) => [externalId, owner],
      );
    expect(await owners({ owner: { equals: "someone" } })).toEqual([["T1", ref("someone")]]);
    expect(await owners({ owner: { in: ["someone", ref("someone", "other")] } })).toHaveLength(2);
    expect(await owners({ owner: null })).toEqual([["T3", null]]);
    expect(await own.on("turbine").retrieve("T2")).toMatchObject({ owner: ref("someone", "other") });
  });
});

describe("writes", () => {
  it("E123: a list, a node without values, nodes within nodes and the same one twice succeed together, in several requests", async () => {
    const own = startFarm();
    const many = Array.from({ length: 1_200 }, (_, index) => ({ externalId: `many_${index}`, name: "many" }));
    const { counts } = await own.on("turbine").upsert([
      ...many,
      {
        externalId: "one",
        name: "one",
        blades: [{ externalId: "b", isDamaged: false }],
        next: { externalId: "two", name: "two" },
      },
      { externalId: "two", name: "two" },
      { externalId: "one", name: "one" },
    ]);
    expect(counts).toMatchObject({ created: 1_203, failed: 0 });
    await own.on("farm").upsert([{ externalId: "bare" }]);
    expect(await own.on("farm").retrieve("bare")).toMatchObject({ name: null });
    expect(await own.on("turbine").list().count()).toBe(1_202);
  });
});

describe("the client", () => {
  it("E122: GraphQL gives the data in the type that is asked for, and what is wrong with the document beside it", async () => {
    const id = { space: "s", externalId: "Model", version: "v1" };
    const query = "{ listFarm { items { name } pageInfo { hasNextPage } } }";
    const { data } = await farm.client.dataModels.query<{ listFarm: { items: { name: string }[] } }>(id, { query });
    expect(data?.listFarm).toEqual({ items: [{ name: "Horns" }], pageInfo: { hasNextPage: false } });
    const { errors } = await farm.client.dataModels.query(id, { query: "{ listNothing { items { name } } }" });
    expect(errors?.[0]?.message).toContain("listNothing");
  });

  it("E125: goes where it is told to, and names the application once, however often it is used", async () => {
    const seen: (string | null)[] = [];
    const emulator = createEmulator();
    emulator.load(farmModel, { global: false });
    const client = new PygenClient({
      baseUrl: "https://private.link.example/cdf/",
      project: "acme",
      application: "app",
      credentials: token("any"),
      fetch: (request) => {
        seen.push(request.url, request.headers.get("x-cdp-app"));
        return emulator.fetch(new Request(request.url.replace("/cdf/", "/"), request));
      },
    });
    await client.spaces.list();
    await client.spaces.list();
    expect(seen.filter((_, at) => at % 2 === 1)).toEqual(["app", "app"]);
    expect(seen[0]).toMatch(/^https:\/\/private\.link\.example\/cdf\/api\/v1\/projects\/acme\/models\/spaces/);
  });
});
