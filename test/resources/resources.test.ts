import { describe, expect, test } from "vitest";
import type { ContainerReference, EdgeWrite, ViewReference } from "../../src/models/index.js";
import {
  ContainersAPI,
  DataModelsAPI,
  InstancesAPI,
  SpacesAPI,
  StatisticsAPI,
  ViewsAPI,
} from "../../src/resources/index.js";
import type { Received, Reply } from "../tools/scripted-server.js";
import { clientOf } from "../tools/with-server.js";

const facts = { createdTime: 1, lastUpdatedTime: 1, isGlobal: false };
const names = (count: number) => Array.from({ length: count }, (_, index) => `s${index}`);
const itemsOf = ({ body }: Received) => (body as { items: Record<string, string>[] }).items;
const spaces = (request: Received): Reply => ({
  body: { items: itemsOf(request).map((item) => ({ ...item, ...facts })) },
});
const echo = (request: Received): Reply => ({ body: { items: itemsOf(request) } });

const view = (id: object) => ({ ...facts, writable: true, usedFor: "node", properties: {}, ...id });

describe("contract 3.4: any number of items goes in requests of 100", () => {
  test("create answers in order; requests follow one another", async () => {
    const { http, server } = await clientOf(spaces);
    const created = await new SpacesAPI(http).create(names(250).map((space) => ({ space })));
    expect(created.map(({ space }) => space)).toEqual(names(250));
    expect(server.received.map((request) => itemsOf(request).length)).toEqual([100, 100, 50]);
    expect(server.peak()).toBe(1);
  });

  test("delete takes names or ids and gives what was there", async () => {
    const { http, server } = await clientOf((request) => ({ body: { items: itemsOf(request).slice(0, 1) } }));
    const deleted = await new SpacesAPI(http).delete(["a", { space: "b" }, ...names(99)]);
    expect(deleted).toEqual([{ space: "a" }, { space: "s98" }]);
    expect(server.received.map((request) => itemsOf(request).length)).toEqual([100, 1]);
    expect(server.received[0]?.url).toBe("/api/v1/projects/acme/models/spaces/delete");
  });

  test("retrieve gives the order of the ids, whatever the service's, asks for each once, and leaves out unknown ones", async () => {
    const { http, server } = await clientOf((request) => ({
      body: {
        items: itemsOf(request)
          .filter(({ space }) => space !== "s3")
          .map((item) => ({ ...item, ...facts }))
          .reverse(),
      },
    }));
    const found = await new SpacesAPI(http).retrieve([...names(150), "s0", { space: "s1" }]);
    expect(found.map(({ space }) => space)).toEqual(names(150).filter((name) => name !== "s3"));
    expect(server.received.map((request) => itemsOf(request).length).sort()).toEqual([100, 50].sort());
  });

  test("nothing asked, nothing sent", async () => {
    const { http, server } = await clientOf([{}]);
    const api = new SpacesAPI(http);
    expect([await api.create([]), await api.retrieve([]), await api.delete([])]).toEqual([[], [], []]);
    expect(server.received).toHaveLength(0);
  });

  test("a batch that fails in its midst says what became of every item", async () => {
    const { http } = await clientOf((request, index) =>
      index === 1 ? { status: 400, body: { error: { code: 400, message: "bad name" } } } : spaces(request),
    );
    await expect(new SpacesAPI(http).create(names(250).map((space) => ({ space })))).rejects.toMatchObject({
      code: "MULTI_REQUEST.PARTIAL",
      succeeded: { length: 100, 0: { space: "s0" } },
      failed: { length: 100, 0: { id: { space: "s100" }, error: { status: 400 } } },
      remaining: { length: 150, 0: { space: "s100" } },
      unsent: { length: 50, 0: { space: "s200" } },
      unknown: [],
      status: 400,
    });
  });
});

describe("contract 4: lists", () => {
  test("limit bounds all pages, and every other argument goes with each of them", async () => {
    const { http, server } = await clientOf((_request, index) => ({
      body: {
        items: Array.from({ length: index === 0 ? 1000 : 5 }, () => ({ space: "s", ...facts })),
        nextCursor: `c${index}`,
      },
    }));
    expect(await new SpacesAPI(http).list({ includeGlobal: true, limit: 1_005 })).toHaveLength(1_005);
    expect(server.received.map(({ url }) => url.replace(/.*\?/, ""))).toEqual([
      "includeGlobal=true&limit=1000",
      "includeGlobal=true&limit=5&cursor=c0",
    ]);
  });

  test("a cursor resumes, options reach every request, and no arguments are needed", async () => {
    const { http, server } = await clientOf([{ body: { items: [] } }]);
    const views = new ViewsAPI(http);
    await views.list({ cursor: "c", space: "a", allVersions: true, includeInheritedProperties: false });
    await views.list();
    await new ContainersAPI(http).list({ usedFor: ["edge", "all"] });
    await expect(views.list({}, { signal: AbortSignal.abort("no") })).rejects.toMatchObject({ reason: "no" });
    expect(server.received.map(({ url }) => url.replace(/.*models/, ""))).toEqual([
      "/views?space=a&allVersions=true&includeInheritedProperties=false&limit=1000&cursor=c",
      "/views?limit=1000",
      "/containers?usedFor=edge&usedFor=all&limit=1000",
    ]);
  });
});

test("what is no signal is named before a page is asked for", async () => {
  const { http, server } = await clientOf([{ body: { items: [] } }]);
  const options = { signal: new AbortController() as never };
  const named = { code: "INPUT.SIGNAL", path: "signal" };
  await expect(new SpacesAPI(http).list({}, options)).rejects.toMatchObject(named);
  const first = (pages: AsyncIterable<unknown>) => pages[Symbol.asyncIterator]().next();
  await expect(first(new SpacesAPI(http).iterate({}, options).pages())).rejects.toMatchObject(named);
  const text = { signal: "no" as never };
  await expect(first(new InstancesAPI(http).iterate({}, text).pages())).rejects.toMatchObject(named);
  expect(await new SpacesAPI(http).list({}, { signal: null as never })).toEqual([]);
  expect(server.received).toHaveLength(1);
});

describe("ids on the wire have no field that the service would refuse", () => {
  test("of references and whole resources only the id is sent", async () => {
    const { http, server } = await clientOf((request) => ({ body: { items: itemsOf(request).map(view) } }));
    const ofView: ViewReference = { type: "view", space: "s", externalId: "V", version: "1" };
    const ofContainer: ContainerReference = { type: "container", space: "s", externalId: "C" };
    await new ViewsAPI(http).retrieve([ofView], {
      includeInheritedProperties: false,
    });
    await new ViewsAPI(http).delete([ofView]);
    await new ContainersAPI(http).delete([ofContainer]);
    expect(server.received.map(({ url, body }) => [url.replace(/.*models/, ""), body])).toEqual([
      ["/views/byids?includeInheritedProperties=false", { items: [{ space: "s", externalId: "V", version: "1" }] }],
      ["/views/delete", { items: [{ space: "s", externalId: "V", version: "1" }] }],
      ["/containers/delete", { items: [{ space: "s", externalId: "C" }] }],
    ]);
  });

  test("contract 6.3: ids with and without a version go in requests of their own; the latter give every version", async () => {
    const { http, server } = await clientOf((request) => ({
      body: {
        items: itemsOf(request)
          .flatMap((id) =>
            "version" in id
              ? [id]
              : [
                  { ...id, version: "1" },
                  { ...id, version: "2" },
                ],
          )
          .map(view),
      },
    }));
    const found = await new ViewsAPI(http).retrieve([
      { space: "s", externalId: "A" },
      { space: "s", externalId: "B", version: "7" },
      { space: "s", externalId: "C" },
    ]);
    expect(found.map(({ externalId, version }) => externalId + version)).toEqual(["A1", "A2", "B7", "C1", "C2"]);
    expect(server.received).toHaveLength(2);
  });

  test("a service that gives what was not asked for does no harm", async () => {
    const stray = { ...facts, space: "s", externalId: "X", usedFor: "node", properties: {} };
    const { http } = await clientOf([{ body: { items: [stray, { ...stray, externalId: "C" }] } }]);
    const found = await new ContainersAPI(http).retrieve([{ space: "s", externalId: "C" }]);
    expect(found.map(({ externalId }) => externalId)).toEqual(["C", "X"]);
  });

  test("data models: inlineViews goes in the address", async () => {
    const { http, server } = await clientOf([{ body: { items: [] } }]);
    const api = new DataModelsAPI(http);
    const id = { space: "s", externalId: "M", version: "1" };
    await api.retrieve([id], { inlineViews: true });
    await api.retrieve([id]);
    await api.delete([id]);
    expect(server.received.map(({ url }) => url.replace(/.*models/, ""))).toEqual([
      "/byids?inlineViews=true",
      "/byids",
      "/delete",
    ]);
  });
});

describe("instances", () => {
  const node = (index: number) => ({ instanceType: "node", space: "d", externalId: `n${index}` }) as const;
  const edge = (index: number): EdgeWrite => ({
    instanceType: "edge",
    space: "d",
    externalId: `e${index}`,
    type: { space: "d", externalId: "t" },
    startNode: { space: "d", externalId: "n0" },
    endNode: { space: "d", externalId: "n1" },
  });
  const written = (request: Received): Reply => ({
    body: {
      items: itemsOf(request).map(({ instanceType, space, externalId }) => ({
        ...{ instanceType, space, externalId, version: 1, wasModified: true, createdTime: 1, lastUpdatedTime: 1 },
      })),
    },
  });

  test("an upsert goes in requests of 1,000 with its options in each", async () => {
    const { http, server } = await clientOf(written);
    const items = Array.from({ length: 2_500 }, (_, index) => node(index));
    const result = await new InstancesAPI(http).upsert(items, { replace: true });
    expect(result.map(({ externalId }) => externalId)).toEqual(items.map(({ externalId }) => externalId));
    expect(server.received.map((request) => itemsOf(request).length).sort()).toEqual([1_000, 1_000, 500].sort());
    for (const { body } of server.received) expect(body).toMatchObject({ replace: true });
  });

  test("of several requests those with nodes come first; the answer keeps the order", async () => {
    const { http, server } = await clientOf(written);
    const items = Array.from({ length: 1_200 }, (_, index) => (index % 2 === 0 ? edge(index) : node(index)));
    const result = await new InstancesAPI(http).upsert(items);
    expect(result.map(({ externalId }) => externalId)).toEqual(items.map(({ externalId }) => externalId));
    expect(server.received.map((request) => itemsOf(request)[0]?.["instanceType"])).toEqual(["node", "edge"]);
  });

  test("one request has nodes before edges too; the answer keeps the order", async () => {
    const { http, server } = await clientOf(written);
    const result = await new InstancesAPI(http).upsert([edge(0), node(0)]);
    expect(server.received.map(itemsOf)).toEqual([[node(0), edge(0)]]);
    expect(result.map(({ externalId }) => externalId)).toEqual(["e0", "n0"]);
  });

  test.each([
    ["no list", { space: "a" }, "items"],
    ["nothing", [node(0), null], "items[1]"],
    ["an empty space", [{ ...node(0), space: "" }], "items[0].space"],
    ["no id", [{ instanceType: "node", space: "a" }], "items[0].externalId"],
    ["no type", [node(0), { space: "a", externalId: "x" }], "items[1].instanceType"],
  ])("%s is refused before anything is sent", async (_name, items, path) => {
    const { http, server } = await clientOf([{}]);
    const api = new InstancesAPI(http);
    const given = items as ReturnType<typeof node>[];
    for (const call of [api.upsert(given), api.retrieve(given), api.delete(given), api.inspect(given)]) {
      await expect(call).rejects.toMatchObject({ name: "InputError", code: "INPUT.ITEM", path });
    }
    expect(server.received).toHaveLength(0);
  });

  test("what is no id of a container, a part of one or a space is refused before anything is sent", async () => {
    const { http, server } = await clientOf([{}]);
    const containers = new ContainersAPI(http);
    const refused = { name: "InputError", code: "INPUT.ITEM" };
    const part = { space: "a", containerExternalId: "C" } as never;
    const calls = [
      [containers.deleteConstraints([part]), "items[0].identifier"],
      [containers.deleteIndexes(null as never), "items"],
      [containers.inspect([null as never]), "items[0]"],
      [new StatisticsAPI(http).retrieveSpaces([null as never]), "items[0]"],
      [new StatisticsAPI(http).retrieveSpaces(["a", ""]), "items[1].space"],
    ] as const;
    for (const [call, path] of calls) await expect(call).rejects.toMatchObject({ ...refused, path });
    expect(server.received).toHaveLength(0);
  });

  test.each([
    [{ limit: -1 }, "limit"],
    [{ limit: 1.5 }, "limit"],
    [{ pageSize: 0 }, "pageSize"],
    [{ pageSize: 1_001 }, "pageSize"],
  ])("iterate refuses %j", async (args, path) => {
    const { http } = await clientOf([{}]);
    expect(() => new InstancesAPI(http).iterate(args)).toThrow(expect.objectContaining({ code: "INPUT.ITEM", path }));
  });

  test("retrieve: order of the ids, each once, bare ids on the wire, sources in each request", async () => {
    const { http, server } = await clientOf((request) => ({ body: { items: itemsOf(request).slice(1).reverse() } }));
    const ids = Array.from({ length: 1_500 }, (_, index) => ({ ...node(index), version: 4 }));
    const found = await new InstancesAPI(http).retrieve([...ids, ...ids], { includeTyping: true });
    expect(found).toHaveLength(1_498);
    expect(found.map(({ externalId }) => externalId)).toEqual(
      ids.map(({ externalId }) => externalId).filter((id) => id !== "n0" && id !== "n1000"),
    );
    expect(itemsOf(server.received[0] as Received)[0]).not.toHaveProperty("version");
    for (const { body } of server.received) expect(body).toMatchObject({ includeTyping: true });
  });

  test("delete sends bare ids, with existingVersion where given", async () => {
    const { http, server } = await clientOf(echo);
    const given = { ...node(0), existingVersion: 2, properties: {} };
    expect(await new InstancesAPI(http).delete([given, node(1)])).toHaveLength(2);
    expect(server.received[0]?.body).toEqual({ items: [{ ...node(0), existingVersion: 2 }, node(1)] });
  });

  test("iterate walks all pages of the size asked for; list is one", async () => {
    const { http, server } = await clientOf((_request, index) => ({
      body: index === 0 ? { items: [node(0), node(1)], nextCursor: "c" } : { items: [node(2)] },
    }));
    const seen: string[] = [];
    const filter = { exists: { property: ["node", "type"] } };
    for await (const { externalId } of new InstancesAPI(http).iterate({ filter, pageSize: 2 })) seen.push(externalId);
    expect(seen).toEqual(["n0", "n1", "n2"]);
    expect(server.received.map(({ body }) => body)).toEqual([
      { filter, limit: 2 },
      { filter, limit: 2, cursor: "c" },
    ]);
    expect(await new InstancesAPI(http).list()).toEqual({ items: [node(2)] });
    expect(server.received[2]?.body).toEqual({});
  });

  test("query sends what it is given", async () => {
    const { http, server } = await clientOf([{ body: { items: { a: [] }, nextCursor: {} } }]);
    const request = { with: { a: { nodes: {} } }, select: { a: {} }, cursors: { a: null } };
    expect(await new InstancesAPI(http).query(request)).toEqual({ items: { a: [] }, nextCursor: {} });
    expect(server.received[0]).toMatchObject({ url: "/api/v1/projects/acme/models/instances/query", body: request });
  });
});
