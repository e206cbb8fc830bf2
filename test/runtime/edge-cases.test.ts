import { beforeAll, describe, expect, it } from "vitest";
import { createEmulator } from "../../src/emulator/index.js";
import { PygenClient, token } from "../../src/index.js";
import { edge, type Farm, farmModel, node, ref, startFarm } from "./farm.js";

let farm: Farm;

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

  it("E126: nothing found is an empty list, whatever is selected", async () => {
    const nobody = { where: { name: "nobody" } };
    expect(await farm.on("turbine").list(nobody)).toEqual([]);
    expect(await farm.on("turbine").list({ ...nobody, select: { blades: { select: { name: true } } } })).toEqual([]);
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
