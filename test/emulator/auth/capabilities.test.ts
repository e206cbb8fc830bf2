import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { beforeEach, describe, expect, test } from "vitest";
import { guardOf } from "../../../src/emulator/auth/index.js";
import { emptyState } from "../../../src/emulator/engine/state.js";
import { routes } from "../../../src/emulator/http/routes.js";
import { type Capabilities, createEmulator, type Emulator } from "../../../src/emulator/index.js";
import { twoSpaces } from "./two-spaces.js";

const issuer = "https://issuer.test";
const audience = "https://api.test";

type Actions = readonly string[];
const scoped = (...spaceIds: readonly string[]) => ({ spaceIdScope: { spaceIds } });
const schema = (actions: Actions, ...spaces: readonly string[]) => ({
  dataModelsAcl: { actions, scope: spaces.length > 0 ? scoped(...spaces) : { all: {} } },
});
const data = (actions: Actions, ...spaces: readonly string[]) => ({
  dataModelInstancesAcl: { actions, scope: spaces.length > 0 ? scoped(...spaces) : { all: {} } },
});
const classic = (acl: string, ...actions: Actions) => ({ [acl]: { actions, scope: { all: {} } } });

const capabilities: Capabilities = {
  groups: {
    admins: [schema(["READ", "WRITE"]), data(["READ", "WRITE"])],
    readers: [schema(["READ"], "pub", "cdf_cdm"), data(["READ"], "pub")],
    writers: [schema(["READ"], "pub", "cdf_cdm"), data(["READ", "WRITE"], "pub")],
    tuners: [schema(["READ"], "pub"), data(["WRITE_PROPERTIES"], "pub")],
    modellers: [schema(["READ", "WRITE"], "pub")],
    visitors: [{ ...schema(["READ"]), projectScope: { projects: ["other"] } }],
    historians: [classic("timeSeriesAcl", "READ", "WRITE"), classic("sequencesAcl", "READ")],
    nobody: [],
  },
  subjects: { robot: [data(["READ"]), schema(["READ"])] },
};

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

let emulator: Emulator;
let call: (group: string, path: string, body?: unknown, project?: string) => Promise<Answer>;

beforeEach(async () => {
  const { privateKey, publicKey } = await generateKeyPair("ES256");
  const keys = { keys: [{ ...(await exportJWK(publicKey)), alg: "ES256" }] };
  emulator = createEmulator({
    capabilities,
    oidc: {
      issuer,
      audience,
      fetch: async ({ url }) => Response.json(url.endsWith("/keys") ? keys : { issuer, jwks_uri: `${issuer}/keys` }),
    },
  });
  call = async (group, path, body, project = "demo") => {
    const token = await new SignJWT({ iss: issuer, aud: audience, groups: ["unknown", group], sub: group })
      .setProtectedHeader({ alg: "ES256" })
      .setExpirationTime("5m")
      .sign(privateKey);
    const address = path === "inspect" ? "/api/v1/token/inspect" : `/api/v1/projects/${project}${path}`;
    const answer = await emulator.fetch(
      new Request(`http://emulator${address}`, {
        headers: { authorization: `Bearer ${token}` },
        ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
      }),
    );
    return { status: answer.status, body: await answer.json() };
  };
  emulator.load(twoSpaces, { global: false });
});

const pump = { type: "view", space: "pub", externalId: "Pump", version: "v1" };
/** What is at a place of an answer. */
const at = ({ body }: Answer, ...place: readonly (string | number)[]): unknown =>
  place.reduce<unknown>((value, key) => (value as Readonly<Record<string | number, unknown>> | undefined)?.[key], body);
const message = (answer: Answer): unknown => at(answer, "error", "message");
const ids = (answer: Answer, ...place: readonly string[]): readonly string[] =>
  (at(answer, "items", ...place) as readonly { space: string; externalId: string }[]).map(
    ({ space, externalId }) => `${space}:${externalId}`,
  );
const write = (space: string, externalId: string, properties: object = { name: "x" }) => ({
  items: [{ instanceType: "node", space, externalId, sources: [{ source: pump, properties }] }],
});
const forbidden = (text: string) => ({ status: 403, body: { error: { code: 403, message: text } } });

describe("who has no capabilities", () => {
  test.each<[string, unknown]>([
    ["/models/spaces", undefined],
    ["/models/views/byids", { items: [{ space: "pub", externalId: "Pump" }] }],
    ["/models/views", { items: [{ space: "pub", externalId: "New", version: "v1" }] }],
    ["/models/containers/delete", { items: [{ space: "pub", externalId: "Pump" }] }],
    ["/models/instances", write("pub", "new")],
    ["/models/instances/list", {}],
    ["/models/instances/delete", { items: [{ instanceType: "node", space: "pub", externalId: "open" }] }],
    ["/models/statistics", undefined],
    ["/userapis/spaces/pub/datamodels/Model/versions/v1/graphql", { query: "{ listPump { items { name } } }" }],
    ["/timeseries/data", { items: [{ instanceId: { space: "pub", externalId: "series" }, datapoints: [] }] }],
    ["/timeseries/data/list", { items: [{ instanceId: { space: "pub", externalId: "series" } }] }],
    ["/files/downloadlink", { items: [] }],
    ["/sequences/data", { items: [] }],
  ])("may not call %s", async (path, body) => {
    for (const group of ["nobody", "unknown", "visitors"]) {
      const answer = await call(group, path, body);
      expect(answer.status).toBe(403);
      expect(message(answer)).toMatch(/^Forbidden: the token lacks the capability \w+Acl:(READ|WRITE)/);
    }
  });

  test("is told so by inspect", async () => {
    expect(await call("nobody", "inspect")).toMatchObject({
      status: 200,
      body: { subject: "nobody", capabilities: [] },
    });
  });
});

test("inspect tells what a token is good for, and where", async () => {
  expect((await call("readers", "inspect")).body).toEqual({
    subject: "readers",
    projects: [],
    capabilities: (capabilities.groups?.["readers"] ?? []).map((right) => ({
      ...right,
      projectScope: { allProjects: {} },
    })),
  });
  await call("visitors", "/models/spaces", undefined, "other");
  await call("readers", "/models/spaces");
  expect(at(await call("nobody", "inspect"), "projects")).toEqual([]);
  const visitor = await call("visitors", "inspect");
  expect(at(visitor, "projects")).toEqual([{ projectUrlName: "other", groups: [6] }]);
  expect(at(visitor, "capabilities")).toMatchObject([{ projectScope: { projects: ["other"] } }]);
});

test("a subject has rights of its own, and a project scope holds for its projects", async () => {
  expect(ids(await call("robot", "/models/instances/list", {}))).toContain("sec:hidden");
  expect((await call("visitors", "/models/spaces", undefined, "other")).status).toBe(200);
});

describe("contract 1.4: schema", () => {
  test("lists hold what may be read; other spaces cannot be asked for", async () => {
    expect(ids(await call("readers", "/models/views?limit=100"))).toEqual(["pub:Pump"]);
    expect(at(await call("readers", "/models/statistics/spaces"), "items")).toMatchObject([{ space: "pub" }]);
    expect(await call("readers", "/models/views?space=sec")).toEqual(
      forbidden("Forbidden: the token lacks the capability dataModelsAcl:READ on space 'sec'."),
    );
    expect(
      (await call("readers", "/models/spaces/byids", { items: [{ space: "pub" }, { space: "sec" }] })).status,
    ).toBe(403);
    expect((await call("readers", "/models/spaces/byids", { items: [{ space: "pub" }] })).status).toBe(200);
  });

  test("writing needs WRITE on the space, and READ on those that are named", async () => {
    const container = (space: string) => ({ type: "container", space, externalId: "Pump" });
    const view = (space: string, of: string) => ({
      space,
      externalId: "New",
      version: "v1",
      properties: { name: { container: container(of), containerPropertyIdentifier: "name" } },
    });
    expect((await call("modellers", "/models/views", { items: [view("pub", "pub")] })).status).toBe(200);
    expect(message(await call("readers", "/models/views", { items: [view("pub", "pub")] }))).toContain(
      "dataModelsAcl:WRITE on space 'pub'",
    );
    expect(message(await call("modellers", "/models/views", { items: [view("pub", "sec")] }))).toContain(
      "dataModelsAcl:READ on space 'sec'",
    );
    const model = { space: "pub", externalId: "Other", version: "v1", views: [view("sec", "pub")] };
    expect(message(await call("modellers", "/models/datamodels", { items: [model] }))).toContain(
      "dataModelsAcl:WRITE on space 'sec'",
    );
    const gone = { items: [{ space: "sec", externalId: "Pump", version: "v1" }] };
    expect((await call("modellers", "/models/views/delete", gone)).status).toBe(403);
    expect((await call("admins", "/models/views/delete", gone)).status).toBe(200);
  });
});

describe("contract 1.4: instances", () => {
  test("those in other spaces are left out of everything", async () => {
    const list = await call("readers", "/models/instances/list", { sources: [{ source: pump }] });
    expect(ids(list)).toEqual(["pub:open"]);
    const edges = await call("readers", "/models/instances/list", { instanceType: "edge" });
    expect(ids(edges)).toEqual(["pub:edge"]);
    const both = ["pub:open", "sec:hidden"].map((id) => id.split(":"));
    const items = both.map(([space, externalId]) => ({ instanceType: "node", space, externalId }));
    expect(ids(await call("readers", "/models/instances/byids", { items }))).toEqual(["pub:open"]);
    const search = await call("readers", "/models/instances/search", { view: pump, query: "hidden" });
    expect(at(search, "items")).toEqual([]);
    const aggregate = { view: pump, aggregates: [{ count: {} }] };
    const counted = await call("readers", "/models/instances/aggregate", aggregate);
    expect(at(counted, "items", 0, "aggregates", 0, "value")).toBe(1);
    expect(
      at(await call("admins", "/models/instances/aggregate", aggregate), "items", 0, "aggregates", 0, "value"),
    ).toBe(2);
  });

  test("queries do not lead through them", async () => {
    const through = { source: pump, identifier: "peer" };
    const query = {
      with: {
        pumps: { nodes: { filter: { hasData: [pump] } } },
        peers: { nodes: { from: "pumps", through, direction: "outwards" } },
        edges: { edges: { from: "pumps", direction: "outwards" } },
        ends: { nodes: { from: "edges" } },
        holders: { nodes: { from: "peers", through, direction: "inwards" } },
      },
      select: { pumps: {}, peers: {}, edges: {}, ends: {}, holders: {} },
    };
    const seen = await call("readers", "/models/instances/query", query);
    expect(Object.fromEntries(Object.keys(query.with).map((name) => [name, ids(seen, name)]))).toEqual({
      pumps: ["pub:open"],
      peers: [],
      edges: ["pub:edge"],
      ends: [],
      holders: [],
    });
    expect(ids(await call("admins", "/models/instances/query", query), "holders")).toEqual(["pub:open"]);
  });

  test("syncs tell neither of them nor of their deletion", async () => {
    const sync = {
      with: { all: { nodes: {}, skipAlreadyDeleted: false } },
      select: { all: {} },
    };
    await call("admins", "/models/instances/delete", {
      items: [{ instanceType: "node", space: "sec", externalId: "hidden" }],
    });
    const seen = ids(await call("readers", "/models/instances/sync", sync), "all");
    expect(new Set(seen.map((id) => id.split(":")[0]))).toEqual(new Set(["pub"]));
    expect(ids(await call("admins", "/models/instances/sync", sync), "all")).toContain("sec:hidden");
    const peers = {
      with: {
        pumps: { nodes: { filter: { hasData: [pump] } }, skipAlreadyDeleted: false },
        peers: {
          nodes: { from: "pumps", through: { source: pump, identifier: "peer" }, direction: "outwards" },
          skipAlreadyDeleted: false,
        },
      },
      select: { pumps: {}, peers: {} },
    };
    expect(ids(await call("admins", "/models/instances/sync", peers), "peers")).toEqual(["sec:hidden"]);
    expect(ids(await call("readers", "/models/instances/sync", peers), "peers")).toEqual([]);
    const changes = { with: { edges: { edges: {} } }, select: { edges: {} } };
    expect(ids(await call("readers", "/models/instances/sync", changes), "edges")).toEqual([]);
  });

  test("views and containers need dataModelsAcl:READ wherever they are named", async () => {
    const secret = { type: "view", space: "sec", externalId: "Pump", version: "v1" };
    const equals = { property: ["sec", "Pump", "name"], value: "x" };
    for (const body of [
      { sources: [{ source: secret }] },
      { filter: { equals } },
      { filter: { not: { hasData: [secret] } } },
      { filter: { equals: { property: ["node", "externalId"], value: { property: ["sec", "Pump", "name"] } } } },
      { sort: [{ property: ["sec", "Pump", "name"] }] },
    ]) {
      const answer = await call("readers", "/models/instances/list", body);
      expect(message(answer)).toBe("Forbidden: the token lacks the capability dataModelsAcl:READ on space 'sec'.");
    }
    const query = { with: { value: { nodes: { filter: { equals } } } }, select: { value: {} } };
    expect((await call("readers", "/models/instances/query", query)).status).toBe(403);
  });

  test("writing needs WRITE on the space of what is written, deleted, or made on the way", async () => {
    expect((await call("writers", "/models/instances", write("pub", "new"))).status).toBe(200);
    expect(await call("writers", "/models/instances", write("sec", "new"))).toEqual(
      forbidden("Forbidden: the token lacks the capability dataModelInstancesAcl:WRITE on space 'sec'."),
    );
    expect((await call("readers", "/models/instances", write("pub", "new"))).status).toBe(403);
    const made = write("pub", "new", { peer: { space: "sec", externalId: "made" } });
    expect((await call("writers", "/models/instances", made)).status).toBe(403);
    expect((await call("writers", "/models/instances", { ...made, autoCreateDirectRelations: false })).status).toBe(
      200,
    );
    const known = write("pub", "new", { peer: { space: "sec", externalId: "hidden" } });
    expect((await call("writers", "/models/instances", known)).status).toBe(200);
    const edge = {
      instanceType: "edge",
      space: "pub",
      externalId: "new edge",
      type: { space: "pub", externalId: "edges" },
      startNode: { space: "pub", externalId: "new" },
      endNode: { space: "sec", externalId: "made" },
    };
    expect((await call("writers", "/models/instances", { items: [edge], autoCreateEndNodes: true })).status).toBe(403);
    expect((await call("writers", "/models/instances", { items: [edge] })).status).toBe(409);
    const gone = (space: string) => ({ items: [{ instanceType: "edge", space, externalId: "edge" }] });
    expect((await call("writers", "/models/instances/delete", gone("sec"))).status).toBe(403);
    expect((await call("writers", "/models/instances/delete", gone("pub"))).status).toBe(200);
    expect((await call("writers", "/models/instances", { items: [], delete: gone("sec").items })).status).toBe(403);
  });

  test("WRITE_PROPERTIES is for instances that are there", async () => {
    expect((await call("tuners", "/models/instances", write("pub", "open"))).status).toBe(200);
    expect((await call("tuners", "/models/instances", write("pub", "new"))).status).toBe(403);
    expect((await call("tuners", "/models/instances", write("sec", "hidden"))).status).toBe(403);
  });

  test("bodies of other forms are refused as ever", async () => {
    for (const body of [[], { items: 1 }, { items: [1] }, { items: [{ sources: [{ properties: { a: 1 } }] }] }]) {
      expect((await call("writers", "/models/instances", body)).status).toBe(400);
    }
    expect((await call("readers", "/models/instances/list", { filter: { equals: { property: 1 } } })).status).toBe(400);
  });
});

describe("contract 1.4: what belongs to nodes", () => {
  const of = (space: string, more: object = {}) => ({
    items: [{ instanceId: { space, externalId: "series" }, ...more }],
  });
  const datapoints = [{ timestamp: 1, value: 1 }];

  test("goes by the rights to the nodes", async () => {
    expect((await call("writers", "/timeseries/data", of("pub", { datapoints }))).status).toBe(200);
    expect((await call("writers", "/timeseries/data", of("sec", { datapoints }))).status).toBe(403);
    const answer = await call("readers", "/timeseries/data/latest", of("pub"));
    expect(at(answer, "items", 0, "datapoints")).toHaveLength(1);
    expect(
      (await call("writers", "/timeseries/data", { items: [{ id: at(answer, "items", 0, "id"), datapoints }] })).status,
    ).toBe(200);
    expect(message(await call("readers", "/timeseries/data/latest", of("sec")))).toContain("Ids not found");
    expect((await call("tuners", "/timeseries/data/latest", of("pub"))).status).toBe(403);
    const secret = at(await call("admins", "/timeseries/data/latest", of("sec")), "items", 0, "id");
    expect((await call("writers", "/timeseries/data", { items: [{ id: secret, datapoints }] })).status).toBe(403);
    const upload = { instanceId: { space: "sec", externalId: "file" }, uploadId: "u" };
    expect((await call("writers", "/files/completemultipartupload", upload)).status).toBe(403);
  });

  test("or by rights of its own kind", async () => {
    expect((await call("historians", "/timeseries/data", of("sec", { datapoints }))).status).toBe(200);
    expect((await call("historians", "/timeseries/data/latest", of("sec"))).status).toBe(200);
    expect((await call("historians", "/files/downloadlink", of("sec"))).status).toBe(403);
    expect((await call("historians", "/sequences", { items: [] })).status).toBe(403);
  });

  test("GraphQL shows what may be read", async () => {
    const path = "/userapis/spaces/pub/datamodels/Model/versions/v1/graphql";
    const query = { query: "{ listPump { items { externalId } } }" };
    expect(at(await call("readers", path, query), "data", "listPump", "items")).toEqual([{ externalId: "open" }]);
    expect(at(await call("admins", path, query), "data", "listPump", "items")).toHaveLength(2);
    const unknown = path.replace("Model", "Gone");
    expect((await call("readers", unknown, query)).status).toBe(404);
  });
});

test("every call of the emulator has a guard, and one without is closed", () => {
  const call = { state: emptyState(() => 0), body: {}, path: {}, parameters: {} };
  const everything = { allows: () => true, allowsAll: () => true };
  for (const { method, path } of routes) expect(guardOf(method, path)(everything, call)).toBe(call.state);
  expect(() => guardOf("GET", "/unknown")(everything, call)).toThrow("Forbidden: no capability opens this call.");
});
