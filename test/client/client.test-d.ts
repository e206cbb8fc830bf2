import { expectTypeOf, test } from "vitest";
import {
  type Container,
  type Credentials,
  type DataModel,
  type InspectedInstance,
  type Instance,
  type InstancesPage,
  type InstancesSyncResponse,
  isApiError,
  type PagedItems,
  PygenClient,
  type Space,
  token,
  tokenProvider,
  type View,
  type WrittenInstance,
} from "../../src/index.js";

const good = { project: "acme", application: "tests", credentials: token("x") };
const client = new PygenClient({ ...good, cluster: "westeurope-1" });
const id = { space: "s", externalId: "V", version: "1" };

test("one of cluster and baseUrl is needed, and not both", () => {
  new PygenClient({ ...good, baseUrl: "http://127.0.0.1:4000" });
  // @ts-expect-error neither
  new PygenClient(good);
  // @ts-expect-error both
  new PygenClient({ ...good, cluster: "a", baseUrl: "http://b" });
});

test("wrong options are compile errors", () => {
  // @ts-expect-error misspelt
  new PygenClient({ ...good, cluster: "a", timeOut: 5 });
  // @ts-expect-error a token is no credentials: token("...") makes them
  new PygenClient({ ...good, cluster: "a", credentials: "secret" });
  // @ts-expect-error no such lane
  new PygenClient({ ...good, cluster: "a", concurrency: { reed: 1 } });
  // @ts-expect-error project is missing
  new PygenClient({ cluster: "a", application: "x", credentials: token("x") });
});

test("credentials are needed unless the transport signs; transport and fetch exclude each other", () => {
  const { credentials, ...rest } = { ...good, cluster: "a" };
  const transport = { fetch: globalThis.fetch };
  new PygenClient({ ...rest, transport: { ...transport, signsRequests: true } });
  new PygenClient({ ...rest, credentials, transport });
  // @ts-expect-error it does not sign
  new PygenClient({ ...rest, transport });
  // @ts-expect-error both
  new PygenClient({ ...rest, credentials, transport, fetch: globalThis.fetch });
});

test("the client can be closed by `await using`", () => {
  expectTypeOf(client).toExtend<AsyncDisposable>();
});

test("the platform's fetch and console fit", () => {
  new PygenClient({ ...good, cluster: "a", fetch: globalThis.fetch, logger: console });
});

test("credentials are made from tokens, functions, or one's own objects", () => {
  expectTypeOf(token("x")).toEqualTypeOf<Credentials>();
  tokenProvider(() => "x");
  tokenProvider(async ({ forceRefresh }) => ({ token: String(forceRefresh), expiresAt: 5 }));
  // @ts-expect-error a number is no token
  tokenProvider(() => 5);
});

test("resources give the plain types", () => {
  expectTypeOf(client.spaces.list()).resolves.toEqualTypeOf<Space[]>();
  expectTypeOf(client.spaces.retrieve(["a", { space: "b" }])).resolves.toEqualTypeOf<Space[]>();
  expectTypeOf(client.containers.iterate({ usedFor: ["node"] })).toEqualTypeOf<PagedItems<Container>>();
  expectTypeOf(client.views.retrieve([id], {}, { timeout: 5 })).resolves.toEqualTypeOf<View[]>();
  expectTypeOf(client.dataModels.retrieve([id], { inlineViews: true })).resolves.toEqualTypeOf<DataModel[]>();
  expectTypeOf(client.instances.list()).resolves.toEqualTypeOf<InstancesPage>();
  expectTypeOf(client.instances.upsert([])).resolves.toEqualTypeOf<WrittenInstance[]>();
  expectTypeOf(client.instances.iterate()).toExtend<AsyncIterable<Instance>>();
  expectTypeOf(client.http.request({ method: "GET", path: "/x" })).resolves.toEqualTypeOf<unknown>();
});

test("wrong arguments are compile errors", () => {
  // @ts-expect-error no such filter
  client.spaces.list({ space: "a" });
  // @ts-expect-error deleting views needs versions
  client.views.delete([{ space: "s", externalId: "V" }]);
  // @ts-expect-error an edge needs its ends
  client.instances.upsert([{ instanceType: "edge", space: "s", externalId: "e" }]);
  // @ts-expect-error a filter has one operator that exists
  client.instances.list({ filter: { equal: { property: ["node", "space"], value: "s" } } });
  // @ts-expect-error a signal, not a controller
  client.spaces.list({}, { signal: new AbortController() });
});

test("a guard tells the codes", () => {
  const error: unknown = undefined;
  if (isApiError(error)) {
    expectTypeOf(error.status).toEqualTypeOf<number>();
    // @ts-expect-error no such code
    error.code === "API.NOPE";
  }
});

test("searches, aggregations and syncs take what the service takes, and say whether they are whole", () => {
  const view = { type: "view", ...id } as const;
  expectTypeOf(client.instances.search({ view })).resolves.toHaveProperty("truncated").toEqualTypeOf<boolean>();
  expectTypeOf(client.instances.search({ view })).resolves.toHaveProperty("items").toEqualTypeOf<readonly Instance[]>();
  // @ts-expect-error no cursors
  client.instances.search({ view, cursor: "c" });
  // @ts-expect-error properties are named by their ids
  client.instances.aggregate({ view, aggregates: [{ sum: { property: ["s", "V/1", "p"] } }] });
  // @ts-expect-error no such aggregate
  client.instances.aggregate({ view, aggregates: [{ median: { property: "p" } }] });
  expectTypeOf(
    client.instances.sync({ with: { a: { nodes: {} } }, select: { a: {} } }),
  ).resolves.toEqualTypeOf<InstancesSyncResponse>();
  // @ts-expect-error set operations cannot be followed
  client.instances.sync({ with: { a: { union: ["b"] } }, select: {} });
  expectTypeOf(client.instances.inspect([])).resolves.toEqualTypeOf<InspectedInstance[]>();
});

test("GraphQL answers are of the type that the caller names, or plain JSON", () => {
  const answer = client.dataModels.query<{ listPump: { items: { name: string }[] } }>(id, { query: "{ listPump }" });
  expectTypeOf(answer)
    .resolves.toHaveProperty("data")
    .toEqualTypeOf<{ listPump: { items: { name: string }[] } } | null | undefined>();
  // @ts-expect-error a version is needed
  client.dataModels.query({ space: "s", externalId: "V" }, { query: "{ listPump }" });
});

test("unknown ids may be refused wherever things are had by id", () => {
  expectTypeOf(client.spaces.retrieve(["s"], { ignoreUnknownIds: false })).resolves.toEqualTypeOf<Space[]>();
  expectTypeOf(client.views.retrieve([id], {}, { ignoreUnknownIds: false, timeout: 5 })).resolves.toEqualTypeOf<
    View[]
  >();
  // @ts-expect-error not of writes
  client.spaces.delete(["s"], { ignoreUnknownIds: false });
});
