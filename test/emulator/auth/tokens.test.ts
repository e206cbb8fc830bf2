import { createHmac } from "node:crypto";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterEach, describe, expect, test, vi } from "vitest";
import { createEmulator, type EmulatorOptions } from "../../../src/emulator/index.js";
import { fetchOf } from "../../tools/oidc-server-browser.js";
import { ask, messageOf, serve } from "../http/serving.js";
import { audience, signedIn } from "./signed-in.js";

const spaces = "/models/spaces";
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const soon = (): number => Math.floor(Date.now() / 1000) + 600;

afterEach(() => {
  vi.restoreAllMocks();
});

describe("an emulator with an issuer", () => {
  test("takes a token of it; inspect tells whose it is", async () => {
    const { as, token, url } = await signedIn();
    const bearer = await token();
    expect((await as(bearer, spaces)).status).toBe(200);
    const inspected = await ask(`${url}/api/v1/token/inspect`, { headers: { authorization: `Bearer ${bearer}` } });
    expect(inspected.body).toMatchObject({ subject: "service", projects: [{ projectUrlName: "demo", groups: [1] }] });
    expect(inspected.body).toMatchObject({
      capabilities: expect.arrayContaining([
        { dataModelsAcl: { actions: ["READ", "WRITE"], scope: { all: {} } }, projectScope: { allProjects: {} } },
      ]),
    });
  });

  test("asks the issuer once for many calls", async () => {
    const asked: string[] = [];
    const first = await signedIn();
    const send = fetchOf(first.server);
    const { url } = await serve({
      oidc: {
        issuer: `${first.server.issuer}/`,
        audience: ["other", audience],
        fetch: (request) => {
          asked.push(new URL(request.url).pathname);
          return send(request.url);
        },
      },
    });
    const headers = { authorization: `Bearer ${await first.token()}` };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => ask(`${url}/api/v1/projects/demo${spaces}`, { headers })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(asked).toEqual(["/.well-known/openid-configuration", "/jwks"]);
  });

  test.each([
    ["no token", "", "must be 'Bearer <token>'"],
    ["a text that is no token", "planted-secret", "is not a signed JWT"],
    ["an object that is no token", `${part([])}.${part("planted-secret")}.x`, "is not a signed JWT"],
  ])("refuses %s with 401", async (_what, bearer, message) => {
    const { as } = await signedIn();
    const answer = await as(bearer, spaces);
    expect(answer.status).toBe(401);
    expect(messageOf(answer)).toContain(message);
    expect(messageOf(answer)).not.toContain("planted-secret");
  });

  test("refuses a token for another audience", async () => {
    const { as, token } = await signedIn();
    const answer = await as(await token("service", { resource: "https://other.test" }), spaces);
    expect(answer.status).toBe(401);
    expect(messageOf(answer)).toBe("Unauthorized: the token is for another audience.");
  });

  test("refuses a token of another issuer", async () => {
    const { as } = await signedIn();
    const other = await signedIn();
    const answer = await as(await other.token(), spaces);
    expect(answer.status).toBe(401);
    expect(messageOf(answer)).toBe("Unauthorized: the issuer has no such key as the token is signed with.");
  });

  test("refuses a token that names another issuer, although the key is right", async () => {
    const { privateKey, publicKey } = await generateKeyPair("ES256");
    const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: "k", alg: "ES256" }] };
    const issuer = "https://issuer.test";
    const { call } = await serve({
      oidc: {
        issuer,
        audience,
        fetch: async ({ url }) =>
          Response.json(url.endsWith("/keys") ? keys : { issuer, jwks_uri: "https://issuer.test/keys" }),
      },
    });
    const sign = (iss: string, claims: Record<string, unknown> = {}) =>
      new SignJWT({ sub: "bob", exp: soon(), ...claims })
        .setProtectedHeader({ alg: "ES256", kid: "k" })
        .setIssuer(iss)
        .setAudience(audience)
        .sign(privateKey);
    const status = async (token: string) => {
      const answer = await call(spaces, undefined, { headers: { authorization: `Bearer ${token}` } });
      return answer.status === 200 ? "" : messageOf(answer);
    };
    expect(await status(await sign(issuer))).toBe("");
    expect(await status(await sign("https://evil.test"))).toBe("Unauthorized: the token is from another issuer.");
    expect(await status(await sign(issuer, { nbf: soon() }))).toBe("Unauthorized: the token is not valid yet.");
    expect(await status(await sign(issuer, { sub: undefined }))).toContain("claim 'sub' is missing");
    expect(await status(await sign(issuer, { exp: undefined }))).toContain("claim 'exp' is missing");
    expect(await status(await sign(issuer, { groups: "editors" }))).toBe("");
  });

  test("refuses an expired token, a little after its end", async () => {
    let now = Date.now();
    const { as, token } = await signedIn({ now: () => now }, { accessTokenTtl: 200 });
    const bearer = await token();
    now += 230_000;
    expect((await as(bearer, spaces)).status).toBe(200);
    now += 60_000;
    const answer = await as(bearer, spaces);
    expect(answer.status).toBe(401);
    expect(messageOf(answer)).toBe("Unauthorized: the token has expired.");
  });

  test.each([600_000, -600_000])("takes tokens of an issuer whose clock is %i ms off", async (clockOffset) => {
    const { as, token } = await signedIn({}, { clockOffset });
    expect((await as(await token(), spaces)).status).toBe(200);
  });

  test("refuses unsigned tokens, and those signed with the public key as a secret", async () => {
    const { as, server, token } = await signedIn();
    const answer = await fetchOf(server)(`${server.issuer}/jwks`);
    const [key] = ((await answer.json()) as { keys: Record<string, string>[] }).keys;
    const claims = part({ iss: server.issuer, aud: audience, sub: "mallory", exp: soon() });
    const unsigned = `${part({ alg: "none", kid: key?.["kid"] })}.${claims}.`;
    const content = `${part({ alg: "HS256", kid: key?.["kid"] })}.${claims}`;
    const forged = `${content}.${createHmac("sha256", JSON.stringify(key)).update(content).digest("base64url")}`;
    for (const bearer of [unsigned, forged]) {
      const refused = await as(bearer, spaces);
      expect(refused.status).toBe(401);
      expect(messageOf(refused)).toBe("Unauthorized: the token's algorithm is not accepted.");
    }
    const [header, payload] = (await token()).split(".");
    const [, , signature] = (await token()).split(".");
    const swapped = await as(`${header}.${payload}.${signature}`, spaces);
    expect(messageOf(swapped)).toBe("Unauthorized: the token's signature is wrong.");
  });

  test("fetches new keys for a token with a key that it does not know, yet not for every such token", async () => {
    const { as, server, token } = await signedIn();
    const before = await token();
    expect((await as(before, spaces)).status).toBe(200);
    server.rotateKeys();
    const after = await token();
    const soonAfter = await as(after, spaces);
    expect(soonAfter.status).toBe(401);
    expect(messageOf(soonAfter)).toContain("no such key");
    const { now } = Date;
    vi.spyOn(Date, "now").mockImplementation(() => now() + 31_000);
    expect((await as(after, spaces)).status).toBe(200);
    expect((await as(before, spaces)).status).toBe(401);
  });

  test.each(["down", "500"] as const)(
    "says 503 while the issuer is %s, and works once it is there",
    async (failure) => {
      const { as, server, token } = await signedIn();
      const bearer = await token();
      server.fail(failure);
      const answer = await as(bearer, spaces);
      expect(answer.status).toBe(503);
      expect(answer.headers.get("cdf-is-auto-retryable")).toBe("true");
      expect(messageOf(answer)).toContain(server.issuer);
      server.fail(undefined);
      expect((await as(bearer, spaces)).status).toBe(200);
    },
  );

  test("says 503 when the keys alone cannot be had, or the issuer calls itself something else", async () => {
    const { server, token } = await signedIn();
    const send = fetchOf(server);
    const bearer = { headers: { authorization: `Bearer ${await token()}` } };
    const noKeys = await serve({
      oidc: {
        issuer: server.issuer,
        audience,
        fetch: async ({ url }) => (url.endsWith("/jwks") ? new Response("", { status: 500 }) : send(url)),
      },
    });
    expect((await noKeys.call(spaces, undefined, bearer)).status).toBe(503);
    const misnamed = await serve({
      oidc: { issuer: server.issuer.replace("localhost", "127.0.0.1"), audience, fetch: ({ url }) => send(url) },
    });
    expect(messageOf(await misnamed.call(spaces, undefined, bearer))).toContain(`calls itself ${server.issuer}`);
  });

  test("prints nothing about tokens", async () => {
    const printed = (["log", "warn", "error", "info", "debug"] as const).map((level) => vi.spyOn(console, level));
    const { as, token } = await signedIn();
    await as(await token("service", { resource: "https://other.test" }), spaces);
    await as("planted-secret", spaces);
    expect(printed.flatMap(({ mock }) => mock.calls)).toEqual([]);
  });

  test("reaches an issuer by the platform's fetch", async () => {
    const { call } = await serve({ oidc: { issuer: "http://127.0.0.1:1", audience } });
    expect((await call(spaces)).status).toBe(503);
  });
});

test.each<[string, EmulatorOptions, string, string]>([
  ["an issuer that is no address", { oidc: { issuer: "issuer", audience } }, "CONFIG.OIDC", "'issuer'"],
  ["an empty audience", { oidc: { issuer: "https://issuer.test", audience: [] } }, "CONFIG.OIDC", "audience"],
  ["a token rule beside it", { token: "t", oidc: { issuer: "https://i.test", audience } }, "CONFIG.OIDC", "either"],
  ["capabilities without it", { capabilities: {} }, "CONFIG.CAPABILITIES", "holder"],
])("refuses %s", (_what, options, code, message) => {
  expect(() => createEmulator(options)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(message) }),
  );
});
