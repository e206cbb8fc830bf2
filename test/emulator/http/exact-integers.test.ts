import { describe, expect, it } from "vitest";
import { createEmulator } from "../../../src/emulator/index.js";
import { PygenClient, parseJson, token } from "../../../src/index.js";
import { openApiChecker } from "../../tools/openapi-checker.js";
import { type Served, serve } from "./serving.js";

const source = { type: "container", space: "s", externalId: "Signal" } as const;
const view = { type: "view", space: "s", externalId: "Signal", version: "v1" } as const;
const number = (type: string, more: object = {}): object => ({ type: { type }, ...more });

const container = {
  space: "s",
  externalId: "Signal",
  usedFor: "node",
  properties: {
    key: number("int64"),
    small: number("int32"),
    level: number("float64"),
    level32: number("float32"),
    flag: number("int64", { defaultValue: 9007199254740993n }),
    keys: { type: { type: "int64", list: true } },
    levels: { type: { type: "float64", list: true } },
    data: { type: { type: "json" } },
    count: number("int64", { autoIncrement: true }),
  },
  constraints: { unique: { constraintType: "uniqueness", properties: ["key"] } },
};
const properties = Object.fromEntries(
  Object.keys(container.properties).map((id) => [
    id,
    { container: { type: "container", space: "s", externalId: "Signal" }, containerPropertyIdentifier: id },
  ]),
);

const checker = openApiChecker();

/** A client of an emulator with a container for integers; it reads and writes by HTTP. */
async function signals() {
  const served = await serve();
  const client = new PygenClient({
    baseUrl: served.url,
    project: "demo",
    application: "test",
    credentials: token("t"),
    ...(checker === null ? {} : { fetch: checker.wrap() }),
  });
  await client.spaces.create([{ space: "s" }]);
  await client.containers.create([container as never]);
  await client.views.create([{ space: "s", externalId: "Signal", version: "v1", properties } as never]);
  const write = (externalId: string, values: object) =>
    client.instances.upsert([
      { instanceType: "node", space: "s", externalId, sources: [{ source, properties: values as never }] },
    ]);
  const find = async (filter?: object, more: object = {}) => {
    const request = { sources: [{ source: view }], ...(filter ? { filter } : {}), ...more };
    const page = await client.instances.list(request as never, { parse: parseJson });
    return page.items.map(({ externalId }) => externalId);
  };
  const values = async (externalId: string, exactIntegers = true) => {
    const ids = [{ instanceType: "node", space: "s", externalId }] as const;
    const [found] = await client.instances.retrieve(
      ids,
      { sources: [{ source: view }] },
      exactIntegers ? { parse: parseJson } : {},
    );
    return found?.properties?.["s"]?.["Signal/v1"];
  };
  return { served, client, write, find, values };
}

const key = ["s", "Signal/v1", "key"];

async function textOf({ url }: Served, path: string, body: string): Promise<string> {
  const response = await fetch(`${url}/api/v1/projects/demo${path}`, {
    method: "POST",
    body,
    headers: { authorization: "Bearer t" },
  });
  return response.text();
}

describe("E104: integers beyond 2^53", () => {
  it("come back digit for digit, and equal ones are written alike whatever their form", async () => {
    const { served, client, write, values } = await signals();
    await write("a", { key: 8238506972502594227n, keys: [-9223372036854775808n, 9223372036854775807n, 5n] });
    expect(await values("a")).toMatchObject({
      key: 8238506972502594227n,
      keys: [-9223372036854775808n, 9223372036854775807n, 5],
      flag: 9007199254740993n,
    });
    const items = '[{"instanceType":"node","space":"s","externalId":"a"}]';
    const text = await textOf(
      served,
      "/models/instances/byids",
      `{"items":${items},"sources":[{"source":${JSON.stringify(view)}}]}`,
    );
    expect(text).toContain('"key":8238506972502594227');
    expect(text).toContain("[-9223372036854775808,9223372036854775807,5]");
    expect(await values("a", false)).toMatchObject({ key: Number("8238506972502594227") });
    const [again] = await write("a", { key: 8238506972502594227n });
    expect(again?.wasModified).toBe(false);
    const [stored] = await client.containers.retrieve([source], { parse: parseJson });
    expect(stored?.properties["flag"]?.defaultValue).toBe(9007199254740993n);
  });

  it.each([
    [{ key: 9223372036854775808n }, "a 64-bit integer, got one out of its range"],
    [{ key: -9223372036854775809n }, "a 64-bit integer, got one out of its range"],
    [{ small: 8238506972502594227n }, "a 32-bit integer, got one out of its range"],
    [{ level32: 10n ** 60n }, "got one out of its range"],
    [{ data: 8238506972502594227n }, "a JSON object, got a number"],
  ])("are refused where they do not fit: %o", async (given, message) => {
    const { write } = await signals();
    await expect(write("a", given)).rejects.toMatchObject({ status: 400, message: expect.stringContaining(message) });
  });

  it("are numbers in properties of floating point, and as they are within JSON", async () => {
    const { write, values, find } = await signals();
    const data = { id: 8238506972502594227n, big: 10n ** 30n };
    await write("a", { level: 8238506972502594227n, level32: 2n ** 60n, data });
    expect(await values("a", false)).toMatchObject({ level: Number("8238506972502594227"), level32: 2 ** 60 });
    expect(await values("a")).toMatchObject({ data });
    const property = ["s", "Signal/v1", "data"];
    expect(await find({ equals: { property, value: data } })).toEqual(["a"]);
    expect(await find({ equals: { property, value: { ...data, id: 8238506972502594226n } } })).toEqual([]);
  });

  it("are told apart by filters, sorts, cursors and uniqueness", async () => {
    const { write, find, client } = await signals();
    const base = 9007199254740992n;
    for (const [name, value] of [
      ["d", 3n],
      ["b", 1n],
      ["c", 2n],
      ["a", 0n],
    ] as const) {
      await write(name, { key: base + value, level: Number(base), keys: [base + value], levels: [Number(base), 4] });
    }
    await write("small", { key: 7n, level: 7, keys: [7], levels: [7] });
    expect(await find({ equals: { property: key, value: base + 1n } })).toEqual(["b"]);
    expect(await find({ equals: { property: key, value: 7n } })).toEqual(["small"]);
    expect(await find({ in: { property: key, values: [base + 2n, base + 3n, 5] } })).toEqual(["d", "c"]);
    expect(await find({ range: { property: key, gt: base + 1n } })).toEqual(["d", "c"]);
    expect(await find({ range: { property: key, lte: base } })).toEqual(["a", "small"]);
    expect(await find({ containsAny: { property: ["s", "Signal/v1", "keys"], values: [base + 3n] } })).toEqual(["d"]);
    const level = ["s", "Signal/v1", "level"];
    expect(await find({ equals: { property: key, value: { property: level } } })).toEqual(["a", "small"]);
    expect(await find({ equals: { property: level, value: base } })).toEqual(["d", "b", "c", "a"]);
    const levels = { property: ["s", "Signal/v1", "levels"] };
    expect(await find({ in: { property: key, values: levels } })).toEqual(["a", "small"]);

    const sort = [{ property: key, direction: "descending" }];
    expect(await find(undefined, { sort })).toEqual(["d", "c", "b", "a", "small"]);
    const paged: string[] = [];
    for await (const node of client.instances.iterate(
      { sources: [{ source: view }], sort: [{ property: key }], pageSize: 1 },
      { parse: parseJson },
    )) {
      paged.push(node.externalId);
    }
    expect(paged).toEqual(["small", "a", "b", "c", "d"]);

    await expect(write("e", { key: base + 1n })).rejects.toMatchObject({ status: expect.any(Number) });
    await write("e", { key: base + 4n });
    expect(await find({ equals: { property: key, value: base + 4n } })).toEqual(["e"]);
  });

  it("tells cursors of requests apart that differ in such an integer only", async () => {
    const { write, client } = await signals();
    for (const name of ["a", "b", "c"]) await write(name, { level: 1 });
    const request = (value: bigint) => ({
      sources: [{ source: view }],
      limit: 1,
      filter: { not: { equals: { property: key, value } } },
    });
    const { nextCursor } = await client.instances.list(request(8238506972502594227n));
    const cursor = nextCursor ?? "";
    const { items } = await client.instances.list({ ...request(8238506972502594227n), cursor });
    expect(items.map(({ externalId }) => externalId)).toEqual(["b"]);
    await expect(client.instances.list({ ...request(8238506972502594226n), cursor })).rejects.toMatchObject({
      status: 400,
    });
  });

  it("are counted on", async () => {
    const { write, values } = await signals();
    await write("a", { count: 9007199254740991n });
    await write("b", {});
    await write("c", {});
    expect(await values("b")).toMatchObject({ count: 9007199254740992n });
    expect(await values("c")).toMatchObject({ count: 9007199254740993n });
  });

  it("fill rows that were there before a required property was added", async () => {
    const { write, values, client } = await signals();
    await write("a", { key: 1 });
    const added = (type: string) => ({ type: { type }, nullable: false, defaultValue: 9007199254740993n });
    const more = { exact: added("int64"), rounded: added("float64") };
    const changed = { ...container, properties: { ...container.properties, ...more } };
    await client.containers.create([changed as never]);
    const mapped = Object.keys(more).map((id) => [
      id,
      { container: { type: "container", space: "s", externalId: "Signal" }, containerPropertyIdentifier: id },
    ]);
    await client.views.create([
      {
        space: "s",
        externalId: "Signal",
        version: "v1",
        properties: { ...properties, ...Object.fromEntries(mapped) },
      } as never,
    ]);
    expect(await values("a")).toMatchObject({ exact: 9007199254740993n });
    expect(await values("a", false)).toMatchObject({ rounded: 9007199254740992 });
  });

  it.each(["int32", "boolean", "text"])("cannot be the default value of %s", async (type) => {
    const { client } = await signals();
    const wrong = {
      ...container,
      externalId: "Wrong",
      constraints: {},
      properties: { p: number(type, { defaultValue: 2n ** 60n }) },
    };
    await expect(client.containers.create([wrong as never])).rejects.toMatchObject({ status: 400 });
  });

  it("answers 400 for what is nested too deeply to be read exactly, and goes on", async () => {
    const served = await serve();
    const body = `${"[".repeat(100_000)}8238506972502594227${"]".repeat(100_000)}`;
    expect(await textOf(served, "/models/instances/list", body)).toContain("nested too deeply");
    expect(await textOf(served, "/models/instances/list", "{}")).toContain('"items":[]');
  });

  it("come from a load as they are", async () => {
    const emulator = createEmulator({ project: "demo" });
    const nodes = [
      {
        instanceType: "node",
        space: "s",
        externalId: "a",
        sources: [{ source, properties: { key: 8238506972502594227n, keys: [5n, 2 ** 60] } }],
      },
    ];
    const own = { global: false };
    emulator.load({ spaces: [{ space: "s" }], containers: [container], instances: { nodes } } as never, own);
    emulator.load({ views: [{ space: "s", externalId: "Signal", version: "v1", properties }] } as never, own);
    const answer = await emulator.fetch(
      new Request("http://emulator/api/v1/projects/demo/models/instances/list", {
        method: "POST",
        headers: { authorization: "Bearer t" },
        body: JSON.stringify({ sources: [{ source: view }] }),
      }),
    );
    expect(parseJson(await answer.text())).toMatchObject({
      items: [{ properties: { s: { "Signal/v1": { key: 8238506972502594227n, keys: [5, 2n ** 60n] } } } }],
    });
  });
});
