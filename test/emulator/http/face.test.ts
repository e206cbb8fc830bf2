import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createEmulator } from "../../../src/emulator/index.js";
import { ask, messageOf, serve } from "./serving.js";

const authorization = "Bearer token";

describe("who may call", () => {
  it("contract 1.2: answers 401 without a bearer token", async () => {
    const { url } = await serve();
    for (const headers of [
      {},
      { authorization: "Basic abc" },
      { authorization: "Bearer" },
      { authorization: "Bearer a b" },
    ]) {
      const answer = await ask(`${url}/api/v1/projects/demo/models/spaces`, { headers });
      expect(answer.status).toBe(401);
      expect(messageOf(answer)).toContain("Unauthorized");
      expect(answer.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it("accepts the one token it was given, and does not tell it", async () => {
    const { call } = await serve({ token: "the-secret" });
    const refused = await call("/models/spaces");
    expect(refused.status).toBe(401);
    expect(JSON.stringify(refused.body)).not.toContain("the-secret");
    expect((await call("/models/spaces", undefined, { headers: { authorization: "bearer the-secret" } })).status).toBe(
      200,
    );
  });

  it("accepts the tokens that a rule accepts", async () => {
    const { call } = await serve({ token: (token) => token.startsWith("ok-") });
    expect((await call("/models/spaces", undefined, { headers: { authorization: "Bearer ok-1" } })).status).toBe(200);
    expect((await call("/models/spaces", undefined, { headers: { authorization: "Bearer no-1" } })).status).toBe(401);
  });

  it("serves any project, each with data of its own", async () => {
    const { url, call } = await serve();
    expect((await call("/models/spaces", { items: [{ space: "a" }] })).status).toBe(200);
    const other = await ask(`${url}/api/v1/projects/other/models/spaces`, { headers: { authorization } });
    expect(other.body).toEqual({ items: [] });
    expect((await call("/models/spaces")).body).toMatchObject({ items: [{ space: "a" }] });
  });

  it("answers 403 for projects other than the one it serves, 400 for names that none can have", async () => {
    const { url, call } = await serve({ project: "only" });
    const refused = await call("/models/spaces");
    expect(refused.status).toBe(403);
    expect(messageOf(refused)).toContain("'demo'");
    expect((await ask(`${url}/api/v1/projects/only/models/spaces`, { headers: { authorization } })).status).toBe(200);
    const wrong = await ask(`${url}/api/v1/projects/-x-/models/spaces`, { headers: { authorization } });
    expect([wrong.status, messageOf(wrong)]).toEqual([400, expect.stringContaining("Invalid project '-x-'")]);
    expect(() => createEmulator({ project: "a" })).toThrow("Invalid project 'a'");
  });

  it("contract 1.3: tells what a token may do", async () => {
    const { url } = await serve({ project: "acme" });
    const answer = await ask(`${url}/api/v1/token/inspect`, { headers: { authorization } });
    expect(answer.body).toMatchObject({ subject: "emulator", projects: [{ projectUrlName: "acme", groups: [1] }] });
    const { capabilities } = answer.body as { readonly capabilities: readonly object[] };
    expect(capabilities).toContainEqual({
      dataModelInstancesAcl: { actions: ["READ", "WRITE", "WRITE_PROPERTIES"], scope: { all: {} } },
      projectScope: { projects: ["acme"] },
    });
    expect((await ask(`${url}/api/v1/token/inspect`)).status).toBe(401);
  });

  it("contract 1.3: names the projects asked for so far when any is served", async () => {
    const { url, call } = await serve();
    await call("/models/spaces");
    const answer = await ask(`${url}/api/v1/token/inspect`, { headers: { authorization } });
    expect(answer.body).toMatchObject({ projects: [{ projectUrlName: "demo" }] });
    expect(JSON.stringify(answer.body)).toContain('"projectScope":{"allProjects":{}}');
  });
});

describe("what is called", () => {
  it("answers 404 for unknown paths, and says which of the service's it does not serve", async () => {
    const { url, call } = await serve();
    expect(messageOf(await call("/models/nothing"))).toBe("Unknown path: GET /api/v1/projects/demo/models/nothing");
    for (const path of ["/userapis/spaces", "/streams/rows/list", "/units/byids"]) {
      const answer = await call(path, {});
      expect(answer.status).toBe(404);
      expect(messageOf(answer)).toBe(`The emulator does not serve POST /api/v1/projects/demo${path} yet.`);
    }
    expect((await ask(`${url}/`)).status).toBe(404);
    expect((await ask(`${url}/api/v1/nowhere`, { headers: { authorization } })).status).toBe(404);
  });

  it("answers 405 for a method that a path does not have, and names those it has", async () => {
    const { url, call } = await serve();
    const put = await call("/models/spaces", undefined, { method: "PUT", headers: { authorization } });
    expect([put.status, put.headers.get("allow")]).toEqual([405, "POST, GET"]);
    expect(messageOf(put)).toContain("PUT /api/v1/projects/demo/models/spaces");
    expect((await call("/models/instances/list")).headers.get("allow")).toBe("POST");
    const graphQL = "/userapis/spaces/s/datamodels/M/versions/v1/graphql";
    expect((await call(graphQL)).headers.get("allow")).toBe("POST");
    expect((await ask(`${url}/api/v1/token/inspect`, { method: "POST", headers: { authorization } })).status).toBe(405);
  });

  it("takes a path with a slash at its end for the same path", async () => {
    const { call } = await serve();
    expect((await call("/models/spaces/", { items: [{ space: "a" }] })).status).toBe(200);
    expect((await call("/models/instances/list/")).headers.get("allow")).toBe("POST");
    expect(messageOf(await call("/units/byids/", {}))).toContain("does not serve");
  });

  it("contract 1.5: answers preflights of web pages, without a token", async () => {
    const { url } = await serve();
    const answer = await ask(`${url}/api/v1/projects/demo/models/spaces`, {
      method: "OPTIONS",
      headers: {
        origin: "http://app.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,x-cdp-app",
      },
    });
    expect(answer.status).toBe(204);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "GET, POST, PUT, OPTIONS",
      "access-control-allow-headers": "authorization,x-cdp-app",
    });
  });

  it("contract 1.5: lets web pages read the headers that clients need, on errors too", async () => {
    const { call } = await serve();
    for (const path of ["/models/spaces", "/models/nothing"]) {
      const { headers } = await call(path);
      expect(headers.get("access-control-allow-origin")).toBe("*");
      expect(headers.get("access-control-expose-headers")).toBe("x-request-id, retry-after, cdf-is-auto-retryable");
    }
    expect((await call("/models/nothing")).headers.get("cdf-is-auto-retryable")).toBe("false");
  });

  it("contract 1.6: checks query parameters strictly", async () => {
    const { call } = await serve();
    const refused: readonly (readonly [string, string])[] = [
      ["?limit=0", "limit must be between 1 and 1000"],
      ["?limit=1001", "limit must be between 1 and 1000"],
      ["?limit=1e2", "limit must be between 1 and 1000"],
      ["?includeGlobal=yes", "includeGlobal must be true or false"],
      ["?nope=1", "Unexpected field - nope"],
      ["?limit=1&limit=2", "Parameter 'limit' is given more than once."],
      ["?space=1x", "space must match"],
      ["?allVersions=1", "allVersions must be true or false"],
      ["?cursor=nope", "Invalid cursor"],
    ];
    for (const [query, words] of refused) {
      const answer = await call(`/models/views${query}`);
      expect([query, answer.status]).toEqual([query, 400]);
      expect(messageOf(answer)).toContain(words);
    }
    expect((await call("/models/spaces?space=a")).status).toBe(400);
    expect((await call("/models/containers?usedFor=node&usedFor=record&limit=1000")).status).toBe(200);
    expect((await call("/models/containers?usedFor=nodes")).status).toBe(400);
    expect((await call("/models/views/byids?nope=1", { items: [] })).status).toBe(400);
  });
});

describe("bodies", () => {
  const path = "/models/spaces";
  const post = (body: BodyInit, headers: Record<string, string> = {}): RequestInit => ({
    method: "POST",
    body,
    headers: { authorization, ...headers },
  });

  it("answers 400 for what is not JSON, and changes nothing", async () => {
    const { call } = await serve();
    const bodies: readonly (readonly [BodyInit, string])[] = [
      ['{"items":[{"space":"a"}]', "not valid JSON"],
      ["", "is empty"],
      [new Uint8Array([0x7b, 0xff, 0x7d]), "not valid UTF-8"],
      ["[]", "body must be an object"],
      ["null", "body must not be null"],
    ];
    for (const [body, words] of bodies) {
      const answer = await call(path, undefined, post(body));
      expect(answer.status).toBe(400);
      expect(messageOf(answer)).toContain(words);
    }
    expect((await call(path)).body).toEqual({ items: [] });
  });

  it("contract 1.5: reads bodies packed with gzip", async () => {
    const { call } = await serve();
    const packed = gzipSync(JSON.stringify({ items: [{ space: "packed" }] }));
    const answer = await call(path, undefined, post(packed, { "content-encoding": "gzip" }));
    expect(answer.body).toMatchObject({ items: [{ space: "packed" }] });
    const cut = await call(path, undefined, post(packed.subarray(0, 20), { "content-encoding": "gzip" }));
    expect([cut.status, messageOf(cut)]).toEqual([400, expect.stringContaining("cannot be read")]);
    const plain = await call(path, undefined, post("{}", { "content-encoding": "gzip" }));
    expect(plain.status).toBe(400);
    expect(messageOf(await call(path, undefined, post("{}", { "content-encoding": "br" })))).toContain(
      "'br' is not supported",
    );
  });

  it("answers 413 for a body that is too large once unpacked", async () => {
    const { call } = await serve();
    const bomb = gzipSync(Buffer.alloc(65 * 1024 * 1024, 32));
    expect(bomb.length).toBeLessThan(1024 * 1024);
    const answer = await call(path, undefined, post(bomb, { "content-encoding": "gzip" }));
    expect([answer.status, messageOf(answer)]).toEqual([413, expect.stringContaining("larger than")]);
    expect((await call(path)).status).toBe(200);
  });

  it("answers 400 for JSON nested deeper than can be walked", async () => {
    const { call } = await serve();
    const depth = 50_000;
    const filter = `${'{"not":'.repeat(depth)}{"matchAll":{}}${"}".repeat(depth)}`;
    const body = `{"items":[{"space":"s","externalId":"V","version":"1","filter":${filter}}]}`;
    expect((await call("/models/views", undefined, post(body))).status).toBe(400);
  });

  it("contract 2.3: names unknown fields and violated limits", async () => {
    const { call } = await serve();
    expect(messageOf(await call(path, { items: [{ space: "a", colour: 1 }] }))).toBe(
      "Unexpected field - items[0].colour",
    );
    expect(messageOf(await call(path, { items: [{ space: "a", name: "x".repeat(256) }] }))).toBe(
      "Request had 1 constraint violations. Please fix the request and try again. [items[0].name size must be between 0 and 255]",
    );
  });
});

describe("faults of its own", () => {
  it("answers 500 without telling the inside", async () => {
    const emulator = createEmulator({
      token: () => {
        throw new Error("inner secret");
      },
    });
    const request = new Request("http://emulator/api/v1/token/inspect", { headers: { authorization } });
    const response = await emulator.fetch(request);
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ error: { code: 500, message: "Internal error in the emulator." } });
  });
});
