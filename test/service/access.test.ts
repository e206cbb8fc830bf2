import { describe, expect, onTestFinished, test } from "vitest";
import { createService, type ServedEvent, type ServiceOptions } from "../../src/service/index.js";
import { startOidcServer } from "../tools/oidc-server.js";
import { fetchOf } from "../tools/oidc-server-browser.js";
import { plant, post, refusalOf } from "./asking.js";

const key = "0123456789abcdef-secret";
const body = { model: { document: plant } };

describe("API keys", () => {
  test("let their holders in, by the name of the key", async () => {
    const events: ServedEvent[] = [];
    const service = createService({ apiKeys: { ci: key }, onServed: (event) => events.push(event) });
    expect((await service.fetch(post("/validate", body, { "x-api-key": key }))).status).toBe(200);
    expect(events).toMatchObject([{ client: "key ci", route: "/validate", status: 200 }]);
    expect(JSON.stringify(events)).not.toContain(key);
  });

  test.for([
    [{}, "ACCESS.MISSING"],
    [{ "x-api-key": "" }, "ACCESS.KEY"],
    [{ "x-api-key": `${key}x` }, "ACCESS.KEY"],
    [{ authorization: `Bearer ${key}` }, "ACCESS.MISSING"],
  ] as const)("keep others out: %j", async ([headers, code]) => {
    const answer = await createService({ apiKeys: { ci: key } }).fetch(post("/validate", body, headers));
    expect(answer.headers.get("www-authenticate")).toContain("Bearer");
    expect(await refusalOf(answer)).toEqual([401, code]);
  });

  test("of fewer than 16 characters are not taken, nor shown", () => {
    expect(() => createService({ apiKeys: { ci: "short-secret" } })).toThrow(/'ci' has fewer than 16/);
    expect(() => createService({ apiKeys: { ci: "short-secret" } })).not.toThrow(/short-secret/);
  });

  test("cannot be tried on: an address that was refused too often waits, even with the right one, and others do not", async () => {
    const service = createService({ apiKeys: { ci: key }, limits: { perMinute: 2 } });
    const ask = (value: string, address?: string) =>
      service.fetch(post("/validate", body, { "x-api-key": value }), { address });
    expect(await refusalOf(await ask("wrong", "10.0.0.1"))).toEqual([401, "ACCESS.KEY"]);
    expect((await ask(key, "10.0.0.1")).status).toBe(200);
    expect(await refusalOf(await ask("wrong", "10.0.0.1"))).toEqual([401, "ACCESS.KEY"]);
    const refused = await ask(key, "10.0.0.1");
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await refusalOf(refused)).toEqual([429, "LIMIT.RATE"]);
    expect((await ask(key, "10.0.0.2")).status).toBe(200);
  });

  test("let their holders in, whoever else is refused, where no address is known", async () => {
    const service = createService({ apiKeys: { ci: key }, limits: { perMinute: 1 } });
    const ask = async (value: string) => (await service.fetch(post("/validate", body, { "x-api-key": value }))).status;
    expect([await ask("wrong"), await ask("wrong"), await ask(key)]).toEqual([401, 401, 200]);
  });

  test("are not needed for what tells nothing of models", async () => {
    const service = createService({ apiKeys: { ci: key } });
    for (const path of ["/", "/health", "/ready", "/version", "/openapi.json"]) {
      expect((await service.fetch(new Request(`http://service${path}`))).status).toBe(200);
    }
  });
});

describe("tokens of an issuer", () => {
  async function signedIn(options: ServiceOptions = {}) {
    const server = await startOidcServer();
    onTestFinished(() => server.stop());
    const send = fetchOf(server);
    const oidc = {
      issuer: server.issuer,
      audience: "https://api.test",
      fetch: (request: Request) => send(request.url),
    };
    const form = new URLSearchParams({
      grant_type: "client_credentials",
      client_id: "service",
      client_secret: "secret",
      resource: "https://api.test",
      scope: "read",
    });
    const answer = await send(`${server.issuer}/token`, { method: "POST", body: form });
    const text = await answer.text();
    const { access_token } = JSON.parse(text) as { readonly access_token: string };
    return { token: access_token, text, service: createService({ oidc, ...options }) };
  }

  test("let their holders in, and wrong ones not", async () => {
    const { token, service, text } = await signedIn();
    const ask = (value: string) => service.fetch(post("/validate", body, { authorization: `Bearer ${value}` }));
    expect(token, text).toBeTypeOf("string");
    expect((await ask(token)).status).toBe(200);
    expect(await refusalOf(await ask(`${token.slice(0, -4)}aaaa`))).toEqual([401, "ACCESS.TOKEN"]);
    expect(await refusalOf(await ask("not-a-token"))).toEqual([401, "ACCESS.TOKEN"]);
  });

  test("cannot be checked while the issuer is away, which is said", async () => {
    const oidc = { issuer: "http://127.0.0.1:9", audience: "a", fetch: () => Promise.reject(new TypeError("gone")) };
    const answer = await createService({ oidc }).fetch(post("/validate", body, { authorization: "Bearer x" }));
    expect(answer.headers.get("retry-after")).toBe("5");
    expect(await refusalOf(answer)).toEqual([503, "ACCESS.ISSUER"]);
  });
});

describe("pages of other origins", () => {
  const ask = (service: ReturnType<typeof createService>, origin: string) =>
    service.fetch(post("/validate", body, { origin }));

  test.for([
    [["*"], "*"],
    [["https://app.test"], "https://app.test"],
    [["https://other.test"], null],
    [undefined, null],
  ] as const)("with %j are told %s", async ([cors, allowed]) => {
    const answer = await ask(createService({ cors }), "https://app.test");
    expect(answer.headers.get("access-control-allow-origin")).toBe(allowed);
    expect(answer.headers.get("access-control-allow-credentials")).toBeNull();
    expect(answer.headers.get("vary")).toContain("origin");
  });

  test("may ask before they ask", async () => {
    const service = createService({ cors: ["https://app.test"] });
    const answer = await service.fetch(
      new Request("http://service/generate", {
        method: "OPTIONS",
        headers: { origin: "https://app.test", "access-control-request-method": "POST" },
      }),
    );
    expect(answer.status).toBe(204);
    expect(answer.headers.get("access-control-allow-headers")).toContain("x-cdf-authorization");
    expect(answer.headers.get("access-control-allow-origin")).toBe("https://app.test");
  });
});
