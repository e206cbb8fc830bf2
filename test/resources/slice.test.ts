import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createEmulator } from "../../src/emulator/index.js";
import { type Listening, listen } from "../../src/emulator/node.js";
import { type InstanceId, type InstanceWrite, PygenClient, token, viewReference } from "../../src/index.js";
import { openApiChecker } from "../tools/openapi-checker.js";

const checker = openApiChecker();
const pump = viewReference({ space: "plant", externalId: "Pump", version: "v1" });
const container = { type: "container", space: "plant", externalId: "Pump" } as const;

let server: Listening;
let projects = 0;
let client: PygenClient;
/** Its bodies are not held against the document: for those that the service is to refuse. */
let careless: PygenClient;

beforeAll(async () => {
  server = await listen(createEmulator());
});
afterAll(() => server.close());
beforeEach(async () => {
  projects += 1;
  const options = {
    baseUrl: server.url,
    project: `slice-${projects}`,
    application: "tests",
    credentials: token("any"),
  };
  client = new PygenClient({ ...options, ...(checker === null ? {} : { fetch: checker.wrap() }) });
  careless = new PygenClient(options);
  await client.spaces.create([{ space: "plant" }, { space: "data" }]);
  const properties = { name: { type: { type: "text" } }, size: { type: { type: "int32" } } } as const;
  await client.containers.create([
    {
      ...{ space: "plant", externalId: "Pump", properties },
      constraints: { unique: { constraintType: "uniqueness", properties: ["name"] } },
      indexes: Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`i${at}`, { properties: ["size"] }])),
    },
  ]);
  const mapped = (id: string) => ({ container, containerPropertyIdentifier: id });
  await client.views.create([
    { space: "plant", externalId: "Pump", version: "v1", properties: { name: mapped("name"), size: mapped("size") } },
  ]);
});

const node = (externalId: string, properties: { name: string; size?: number }): InstanceWrite => ({
  ...{ instanceType: "node", space: "data", externalId },
  sources: [{ source: pump, properties }],
});
const idOf = (externalId: string): InstanceId => ({ instanceType: "node", space: "data", externalId });
const refused = (call: Promise<unknown>) =>
  call.then(
    () => "accepted",
    (error: Error) => error.message,
  );

describe("instances over the emulator", () => {
  beforeEach(async () => {
    await client.instances.upsert([
      node("a", { name: "main pump", size: 1 }),
      node("b", { name: "spare pump", size: 3 }),
      node("c", { name: "valve", size: 3 }),
    ]);
  });

  test("contract 9.4: search finds words, says when it was cut off, and always sends its operator", async () => {
    const found = await client.instances.search({ view: pump, query: "pump spare" });
    expect(found.items.map(({ externalId }) => externalId)).toEqual(["b", "a"]);
    expect(found.truncated).toBe(false);
    const cut = await client.instances.search({ view: pump, limit: 2, includeTyping: true });
    expect(cut).toMatchObject({ truncated: true, typing: { plant: {} } });
    expect(await refused(careless.instances.search({ view: { ...pump, version: "v9" } }))).toContain("plant:Pump/v9");
    expect(await refused(careless.instances.search({ view: pump, qeury: "x" } as never))).toContain("qeury");
  });

  test("contract 9.5: aggregate computes and groups", async () => {
    const [all] = (
      await client.instances.aggregate({
        view: pump,
        aggregates: [{ count: {} }, { avg: { property: "size" } }, { histogram: { property: "size", interval: 2 } }],
      })
    ).items;
    expect(all?.aggregates).toMatchObject([{ value: 3 }, { value: 7 / 3 }, { buckets: [{ start: 0 }, { start: 2 }] }]);
    const grouped = await client.instances.aggregate({ view: pump, groupBy: ["size"], limit: 2 });
    expect(grouped).toMatchObject({ truncated: true, items: [{ group: { size: 1 } }, { group: { size: 3 } }] });
    expect((await client.instances.aggregate({ view: pump, groupBy: ["size"] })).truncated).toBe(false);
    const unknown = careless.instances.aggregate({ view: pump, aggregates: [{ sum: { property: "sise" } }] });
    expect(await refused(unknown)).toContain("sise");
  });

  test("contract 8.2: sync gives what is there, then changes and deletes", async () => {
    const request = {
      with: { pumps: { nodes: { filter: { hasData: [pump] } } } },
      select: { pumps: { sources: [{ source: pump, properties: ["name"] }] } },
    };
    const first = await client.instances.sync(request);
    expect(first.items["pumps"]).toHaveLength(3);
    await client.instances.delete([idOf("a")]);
    const { items } = await client.instances.sync({ ...request, cursors: first.nextCursor });
    expect(items["pumps"]).toMatchObject([{ externalId: "a", deletedTime: expect.any(Number) }]);
    expect(await refused(careless.instances.sync({ ...request, cursors: { pumps: "x" } }))).toContain("cursor");
  });

  test("contract 7.6: inspect takes any number of ids and keeps their order, unknown ones left out", async () => {
    const many = Array.from({ length: 1_500 }, (_, at) => idOf(`none-${at}`));
    const found = await client.instances.inspect([idOf("b"), ...many, idOf("a"), idOf("b")]);
    expect(found.map(({ externalId }) => externalId)).toEqual(["b", "a"]);
    expect(found[0]?.inspectionResults).toEqual({ involvedViews: [pump], involvedContainers: [container] });
    expect(await client.instances.inspect([])).toEqual([]);
    expect(await refused(careless.instances.inspect([idOf("a")], { involvedEdges: {} } as never))).toContain(
      "involvedEdges",
    );
  });

  test("contract 7.8: statistics of the project and of its spaces", async () => {
    await client.instances.delete([idOf("c")]);
    expect(await client.statistics.project()).toMatchObject({
      spaces: { count: 2 },
      instances: { nodes: 2, softDeletedNodes: 1 },
    });
    expect(await client.statistics.listSpaces()).toMatchObject([
      { space: "plant", views: 1 },
      { space: "data", nodes: 2 },
    ]);
    const many = Array.from({ length: 150 }, (_, at) => `none-${at}`);
    const some = await client.statistics.retrieveSpaces(["data", ...many, { space: "plant" }, "data"]);
    expect(some.map(({ space }) => space)).toEqual(["data", "plant"]);
    expect(await refused(careless.statistics.retrieveSpaces(["no space"]))).toContain("items[0].space");
  });
});

describe("contract 5.5, 5.6: parts of containers over the emulator", () => {
  const part = (identifier: string) => ({ space: "plant", containerExternalId: "Pump", identifier });

  test("any number of constraints and indexes is deleted by tens; unknown ones are left out", async () => {
    const indexes = Array.from({ length: 25 }, (_, at) => part(`i${at}`));
    expect(await client.containers.deleteIndexes(indexes)).toEqual(indexes.slice(0, 10));
    const extra = { ...part("unique"), name: "more than an id" };
    expect(await client.containers.deleteConstraints([extra, part("none")])).toEqual([part("unique")]);
    const [left] = await client.containers.retrieve([container]);
    expect(left).toMatchObject({ indexes: {}, constraints: {} });
    expect(await refused(careless.containers.deleteIndexes([{ ...part("x"), space: "no space" }]))).toContain("space");
  });

  test("inspect tells the views that map containers", async () => {
    const found = await client.containers.inspect([container, { space: "plant", externalId: "None" }]);
    expect(found).toMatchObject([
      { externalId: "Pump", inspectionResults: { involvedViews: [pump], involvedViewCount: 1 } },
    ]);
    expect(await client.containers.inspect([container], {})).toMatchObject([{ inspectionResults: {} }]);
  });
});

describe("unknown ids", () => {
  const missing = (call: Promise<unknown>) =>
    call.then(
      () => [],
      (error: { missing?: unknown }) => error.missing,
    );
  const strict = { ignoreUnknownIds: false } as const;

  test("are left out unless asked for otherwise; then the error names them", async () => {
    await client.instances.upsert([node("a", { name: "a" })]);
    expect(await client.instances.retrieve([idOf("a"), idOf("x")])).toHaveLength(1);
    expect(await missing(client.instances.retrieve([idOf("a"), idOf("x")], {}, strict))).toEqual([idOf("x")]);
    expect(await missing(client.spaces.retrieve(["data", "x", "y"], strict))).toEqual([{ space: "x" }, { space: "y" }]);
    const other = { space: "plant", externalId: "Other" };
    expect(await missing(client.containers.retrieve([container, other], strict))).toEqual([other]);
    const unversioned = { space: "plant", externalId: "Pump" };
    const v9 = { ...unversioned, version: "v9" };
    expect(await missing(client.views.retrieve([unversioned, v9, pump], {}, strict))).toEqual([v9]);
    expect(await missing(client.dataModels.retrieve([unversioned], {}, strict))).toEqual([unversioned]);
    expect(await client.views.retrieve([unversioned], {}, strict)).toHaveLength(1);
  });

  test("the error stays small and says how many there are", async () => {
    const ids = Array.from({ length: 1_001 }, (_, at) => idOf(`x${at}`));
    await expect(client.instances.retrieve(ids, {}, strict)).rejects.toMatchObject({
      name: "NotFoundError",
      code: "API.NOT_FOUND",
      message: expect.stringContaining("1001 of 1001 ids"),
      missing: { length: 100 },
    });
  });
});

describe("contract 6.8: GraphQL over the emulator", () => {
  const model = { space: "plant", externalId: "Plant", version: "v1" };

  test("gives data and errors as they come, and throws for what is refused whole", async () => {
    await client.dataModels.create([{ ...model, views: [pump] }]);
    await client.instances.upsert([node("a", { name: "main" })]);
    const { data, errors } = await client.dataModels.query<{ listPump: { items: { name: string }[] } }>(model, {
      query: "query ($first: Int) { listPump(first: $first) { items { name } } }",
      variables: { first: 10 },
    });
    expect([data?.listPump.items, errors]).toEqual([[{ name: "main" }], undefined]);
    const wrong = await client.dataModels.query(model, { query: "{ listPump { items { nmae } } }" });
    expect(wrong).toMatchObject({ errors: [{ message: "Field 'nmae' in type 'Pump' is undefined" }] });
    const query = "{ __typename }";
    expect(await refused(client.dataModels.query({ ...model, externalId: "None" }, { query }))).toContain(
      "plant:None/v1",
    );
    expect(await refused(client.dataModels.query({ ...model, space: ".." }, { query }))).toContain(
      "space of the data model",
    );
    expect(await refused(client.dataModels.query(model, { query, fragment: "x" } as never))).toContain("fragment");
    await expect(client.dataModels.query({ ...model, version: "" }, { query })).rejects.toMatchObject({
      code: "INPUT.ID",
      path: "id.version",
    });
  });
});
