import { join } from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import {
  type CogniteClientLike,
  type FromCogniteClientOptions,
  fromCogniteClient,
} from "../../src/doors/cognite-sdk/index.js";
import { createEmulator } from "../../src/emulator/index.js";
import { type Listening, listen } from "../../src/emulator/node.js";
import {
  isAbortError,
  isApiError,
  isNetworkError,
  isPygenError,
  isTimeoutError,
  model,
  type PygenClient,
  type ViewReference,
} from "../../src/index.js";
import { gate } from "../tools/gate.js";
import { type Reply, type Script, type ScriptedServer, scriptedServer } from "../tools/scripted-server.js";

/** What the tests need of the official client; its own types cannot be resolved by Node's rules. */
type Official = CogniteClientLike & { readonly getDefaultRequestHeaders: () => Record<string, string> };
type Options = Readonly<Record<string, unknown>>;

let CogniteClient: new (options: Options) => Official;
let emulator: Listening;

beforeAll(async () => {
  ({ CogniteClient } = (await import("@cognite/sdk" as string)) as {
    CogniteClient: new (options: Options) => Official;
  });
  emulator = await listen(createEmulator({ token: (token) => token.startsWith("good") }));
});
afterAll(() => emulator.close());

const official = (baseUrl: string, options: Options = {}): Official =>
  new CogniteClient({
    appId: "my-app",
    project: "acme",
    baseUrl,
    oidcTokenProvider: async () => "good-token",
    ...options,
  });

/** A client over the official one, of a server that answers as told. */
async function scripted(
  script: Script | readonly Reply[],
  options: FromCogniteClientOptions = {},
): Promise<{ client: PygenClient; server: ScriptedServer }> {
  const server = await scriptedServer(script);
  onTestFinished(() => server.close());
  return { client: fromCogniteClient(official(server.url), options), server };
}

const errorOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(() => undefined).catch((error: unknown) => error);

describe("over @cognite/sdk, on the emulator", () => {
  const space = "plant";
  const container = { type: "container", space, externalId: "Pump" } as const;
  const view: ViewReference = { type: "view", space, externalId: "Pump", version: "v1" };
  let client: PygenClient;

  beforeAll(async () => {
    client = fromCogniteClient(official(emulator.url));
    await client.spaces.create([{ space }]);
    await client.containers.create([
      {
        space,
        externalId: "Pump",
        properties: { name: { type: { type: "text" } }, serial: { type: { type: "int64" } } },
      },
    ]);
    const mapped = (id: string) => ({ container, containerPropertyIdentifier: id });
    const properties = { name: mapped("name"), serial: mapped("serial") };
    await client.views.create([{ space, externalId: "Pump", version: "v1", properties }]);
    await client.dataModels.create([{ space, externalId: "Plant", version: "v1", views: [view] }]);
  });

  it("takes project and address from it, and signs in by it", async () => {
    expect([client.project, client.baseUrl]).toEqual(["acme", emulator.url]);
    expect((await client.spaces.list()).map((found) => found.space)).toEqual([space]);
    const views = await client.views.list({ space });
    expect(views).toMatchObject([{ externalId: "Pump", properties: { name: { nullable: true } } }]);
  });

  it("writes any number of instances, and reads them page by page", async () => {
    const nodes = Array.from({ length: 2_500 }, (_, index) => ({
      instanceType: "node" as const,
      space,
      externalId: `pump-${String(index).padStart(4, "0")}`,
      sources: [{ source: view, properties: { name: `Pump ${index} ø` } }],
    }));
    const written = await client.instances.upsert(nodes);
    expect(written.map(({ externalId }) => externalId)).toEqual(nodes.map(({ externalId }) => externalId));
    const read: string[] = [];
    for await (const node of client.instances.iterate({ instanceType: "node", sources: [{ source: view }] })) {
      read.push(String(node.properties?.[space]?.["Pump/v1"]?.["name"]));
    }
    expect(read.sort()).toEqual(nodes.map(({ sources }) => sources[0]?.properties.name).sort());
  });

  it("carries models and typed views on top", async () => {
    const plant = await model(client, { space, externalId: "Plant", version: "v1" });
    await plant["pump"]?.upsert([{ space, externalId: "typed", name: "Typed", serial: 12 }]);
    const [row] = (await plant["pump"]?.list({ where: { name: "Typed" }, limit: 10 })) ?? [];
    expect(row).toMatchObject({ externalId: "typed", name: "Typed", serial: 12 });
  });

  it("keeps whole numbers that JSON.parse would round", async () => {
    const serial = 9_007_199_254_740_993n;
    await client.instances.upsert([
      {
        instanceType: "node",
        space,
        externalId: "exact",
        sources: [{ source: view, properties: { serial } as never }],
      },
    ]);
    const read = await client.http.request<string>({
      method: "POST",
      path: "/models/instances/byids",
      body: { items: [{ instanceType: "node", space, externalId: "exact" }], sources: [{ source: view }] },
      parse: (text) => text,
    });
    expect(read).toContain("9007199254740993");
  });

  it("turns refusals into this package's errors", async () => {
    const unknown: ViewReference = { ...view, externalId: "Nothing" };
    const bad = await errorOf(
      client.instances.list({ instanceType: "node", sources: [{ source: unknown }], limit: 1 }),
    );
    expect(bad).toMatchObject({ code: "API.BAD_REQUEST", status: 400 });
    expect(String(bad)).toContain("Nothing");
    const missing = await errorOf(client.http.request({ method: "GET", path: "/models/nothing" }));
    expect(missing).toMatchObject({ code: "API.NOT_FOUND", status: 404 });
    const stranger = fromCogniteClient(official(emulator.url, { oidcTokenProvider: async () => "wrong" }));
    const refused = await errorOf(stranger.spaces.list());
    expect(refused).toMatchObject({ code: "API.UNAUTHORIZED", status: 401 });
    expect([bad, missing, refused].map(isApiError)).toEqual([true, true, true]);
  });

  it("asks its token provider again after a 401, for GET and POST", async () => {
    const given = ["old-1", "good-2", "old-3", "good-4"];
    const asked: string[] = [];
    const cognite = official(emulator.url, {
      oidcTokenProvider: async () => {
        asked.push(given[asked.length] ?? "good");
        return asked.at(-1);
      },
    });
    const again = fromCogniteClient(cognite);
    expect(await again.spaces.list()).not.toEqual([]);
    expect(asked.at(-1)).toMatch(/^good/);
    const ids = [{ instanceType: "node" as const, space, externalId: "typed" }];
    expect(await again.instances.retrieve(ids)).toHaveLength(1);
  });
});

describe("what it sends", () => {
  it("is signed and named by the given client, compact, and written once", async () => {
    const { client, server } = await scripted([{ body: { items: [] } }]);
    await client.http.request({
      method: "POST",
      path: "/models/spaces",
      query: { filter: ["a b", "c&d"], limit: 1 },
      body: { items: [{ space: "wind" }] },
    });
    const [request] = server.received;
    expect(request?.url).toBe("/api/v1/projects/acme/models/spaces?filter=a+b&filter=c%26d&limit=1");
    expect(request?.body).toEqual({ items: [{ space: "wind" }] });
    expect(request?.headers).toMatchObject({
      "x-cdp-app": "my-app",
      "content-type": "application/json",
      "content-length": String('{"items":[{"space":"wind"}]}'.length),
      accept: "application/json",
    });
    expect(request?.headers["x-cdp-sdk"]).toMatch(/^CogniteJavaScriptSDK/);
    expect(request?.headers).not.toHaveProperty("content-encoding");
  });

  it("goes below an address with a path, by PUT and DELETE too", async () => {
    const server = await scriptedServer([{}]);
    onTestFinished(() => server.close());
    const client = fromCogniteClient(official(`${server.url}/behind/`));
    await client.http.request({ method: "PUT", path: "/a", body: {} });
    await client.http.request({ method: "DELETE", path: "/b" });
    expect(server.received.map(({ method, url }) => `${method} ${url}`)).toEqual([
      "PUT /behind/api/v1/projects/acme/a",
      "DELETE /behind/api/v1/projects/acme/b",
    ]);
  });

  it("hooks may add headers to it", async () => {
    const { client, server } = await scripted([{}], { hooks: { onRequest: () => ({ traceparent: "00-1-2-01" }) } });
    await client.http.request({ method: "GET", path: "/a" });
    expect(server.received[0]?.headers["traceparent"]).toBe("00-1-2-01");
  });

  it("goes to storage elsewhere without the client, and to the service through it", async () => {
    const { client, server } = await scripted([{ body: "content", headers: { "content-type": "text/plain" } }]);
    const storage = await scriptedServer([{ body: "stored" }]);
    onTestFinished(() => storage.close());
    const elsewhere = await client.http.transfer({ method: "PUT", url: `${storage.url}/a?sig=1`, body: '"x"' });
    expect(await elsewhere.text()).toBe("stored");
    expect(storage.received[0]?.headers).not.toHaveProperty("authorization");
    expect(server.received).toEqual([]);
    const here = await client.http.transfer({ method: "PUT", url: `${server.url}/api/v1/upload/a`, body: '"é"' });
    expect(await here.text()).toBe("content");
    const download = await client.http.transfer({ method: "GET", url: `${server.url}/api/v1/upload/a` });
    expect(await download.text()).toBe("content");
    expect(server.received.map(({ body }) => body)).toEqual(["é", undefined]);
    expect(server.received[0]?.headers["x-cdp-app"]).toBe("my-app");
  });
});

describe("what goes wrong", () => {
  it("is repeated by @cognite/sdk alone", async () => {
    const limited: Reply = { status: 429, body: { error: { code: 429, message: "slow down" } } };
    const { client, server } = await scripted([limited, limited, { body: { items: [] } }], {
      concurrency: { read: 1 },
    });
    const list = { method: "POST", path: "/models/instances/list", body: {} } as const;
    await client.http.request(list);
    expect(server.received).toHaveLength(3);
    const failing = await scripted([{ status: 503 }]);
    expect(await errorOf(failing.client.http.request(list))).toMatchObject({ code: "API.SERVER" });
    expect(failing.server.received).toHaveLength(1);
    const cut = await scripted([{ cut: "before" }]);
    expect(isNetworkError(await errorOf(cut.client.http.request(list)))).toBe(true);
    expect(cut.server.received).toHaveLength(1);
  });

  it("tells what the service told: ids, what is missing, what is there twice", async () => {
    const error = { code: 409, message: "conflict", missing: [{ externalId: "a" }], duplicated: [{ externalId: "b" }] };
    const { client } = await scripted([{ status: 409, headers: { "x-request-id": "request-7" }, body: { error } }]);
    expect(await errorOf(client.spaces.create([{ space: "wind" }]))).toMatchObject({
      code: "API.CONFLICT",
      requestId: "request-7",
      missing: [{ externalId: "a" }],
      duplicated: [{ externalId: "b" }],
    });
  });

  it.each(['{"items":[{"space":"wi', "<html><body>Sign in</body></html>"])(
    "an answer that is not JSON is not taken for one: %s",
    async (body) => {
      const { client, server } = await scripted([{ body }]);
      expect(await errorOf(client.spaces.list())).toMatchObject({ code: "RESPONSE.NOT_JSON" });
      expect(server.received).toHaveLength(1);
    },
  );

  it("an answer that breaks off, which @cognite/sdk waits for for ever in Node, ends with the time for the call", async () => {
    const { client } = await scripted([{ cut: "within", body: { items: [] } }], { timeout: 100 });
    expect(isTimeoutError(await errorOf(client.spaces.list()))).toBe(true);
  });

  it("an aborted call rejects at once, though its request goes on", async () => {
    let answered = 0;
    const answers = gate();
    const { client, server } = await scripted(async () => {
      await answers.pass();
      answered += 1;
      return { body: { items: [] } };
    });
    const controller = new AbortController();
    const call = errorOf(client.spaces.list({}, { signal: controller.signal }));
    await expect.poll(() => server.received.length).toBe(1);
    controller.abort();
    const error = await call;
    expect([isAbortError(error), answered]).toEqual([true, 0]);
    answers.open();
    await expect.poll(() => answered).toBe(1);
  });

  it("the time for an attempt is the time for the call, since it holds the repetitions", async () => {
    const { client } = await scripted([{ delay: 2_000 }], { timeout: 50 });
    expect(await errorOf(client.spaces.list())).toMatchObject({ code: "TIMEOUT.TOTAL" });
  });

  it("something else than a client is refused", () => {
    for (const wrong of [undefined, {}, { project: "acme" }]) {
      const error = (() => {
        try {
          return fromCogniteClient(wrong as CogniteClientLike);
        } catch (thrown) {
          return thrown;
        }
      })();
      expect(isPygenError(error)).toBe(true);
      expect(error).toMatchObject({ code: "CONFIG.INVALID" });
    }
  });
});

describe("a client that parses answers itself, as doubles in tests do", () => {
  const double = (answer: () => Promise<{ data: unknown; status: number; headers: Record<string, string> }>) =>
    fromCogniteClient({
      project: "acme",
      getBaseUrl: () => "https://example.com",
      get: answer,
      post: answer,
      put: answer,
      delete: answer,
    });
  const headers = {};

  it("is understood, in answers and in errors", async () => {
    expect(await double(async () => ({ status: 200, headers, data: { items: [] } })).spaces.list()).toEqual([]);
    expect(
      await double(async () => ({ status: 204, headers, data: undefined })).http.request({ method: "GET", path: "/a" }),
    ).toBe(undefined);
    const refusal = Object.assign(new Error("text | code: 404"), {
      status: 404,
      errorMessage: "no such thing",
      requestId: "request-9",
      missing: [{ externalId: "a" }],
    });
    const error = await errorOf(double(() => Promise.reject(refusal)).spaces.list());
    expect(error).toMatchObject({
      code: "API.NOT_FOUND",
      message: "no such thing",
      requestId: "request-9",
      missing: [{ externalId: "a" }],
    });
  });
});

// Bundlers' resolution, by which the official types can be read.
it("a CogniteClient has the type that is asked for", () => {
  const root = join(import.meta.dirname, "../..");
  const file = join(root, "test/doors/virtual.ts");
  const text = `
    import { CogniteClient } from "@cognite/sdk";
    import { fromCogniteClient } from "../../src/doors/cognite-sdk/index.js";
    declare const cognite: CogniteClient;
    fromCogniteClient(cognite);
    // @ts-expect-error
    fromCogniteClient({ project: "acme" });
  `;
  const options: ts.CompilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts", "lib.dom.asynciterable.d.ts"],
    types: ["node"],
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (name) => name === file || fileExists(name);
  host.getSourceFile = (name, version, ...rest) =>
    name === file ? ts.createSourceFile(name, text, version) : getSourceFile(name, version, ...rest);
  const program = ts.createProgram([file], options, host);
  const source = program.getSourceFile(file);
  expect(program.getSemanticDiagnostics(source).map(({ messageText }) => messageText)).toEqual([]);
});
