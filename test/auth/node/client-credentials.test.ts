import { createPrivateKey } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { decodeJwt } from "jose";
import { describe, expect, onTestFinished, test } from "vitest";
import { clientCredentials } from "../../../src/auth/node/index.js";
import { type CredentialsError, isCredentialsError } from "../../../src/errors/index.js";
import { PygenClient } from "../../../src/index.js";
import { rsaSelfSigned, selfSigned } from "../../tools/certificate.js";
import { scriptedServer } from "../../tools/scripted-server.js";
import { asEntra, provider, type TestProvider } from "./provider.js";

const planted = "planted-secret-7f3a";
const tenantId = "5f1c4b1e-tenant";

/** The same application by every way to a provider. */
const ways: readonly [
  string,
  (server: TestProvider, clientSecret?: string) => Parameters<typeof clientCredentials>[0],
][] = [
  [
    "Entra ID by MSAL",
    (server, clientSecret = "secret") => ({
      tenantId,
      clientId: "service",
      clientSecret,
      scopes: ["https://api.test/.default"],
      fetch: asEntra(server, tenantId),
    }),
  ],
  [
    "an issuer by MSAL",
    ({ issuer, fetch }, clientSecret = "secret") => ({
      authority: issuer,
      clientId: "service",
      clientSecret,
      scopes: ["read"],
      fetch,
    }),
  ],
  [
    "an issuer by the standard",
    ({ issuer, fetch }, clientSecret = "secret") => ({ authority: issuer, clientId: "service", clientSecret, fetch }),
  ],
  [
    "an address for tokens",
    ({ issuer, fetch }, clientSecret = "secret") => ({
      tokenUrl: `${issuer}/token`,
      clientId: "service",
      clientSecret,
      fetch,
    }),
  ],
];

async function failure(promise: Promise<unknown>): Promise<CredentialsError> {
  const error: unknown = await promise.then(
    (value) => expect.fail(`gave ${JSON.stringify(value)}`),
    (caught: unknown) => caught,
  );
  if (!isCredentialsError(error)) throw error;
  return error;
}

/** All that can be seen of an error. */
const shown = (error: unknown): string =>
  `${inspect(error, { depth: 20, showHidden: true })}\n${JSON.stringify(error)}\n${String(error)}`;

describe.each(ways)("clientCredentials with %s", (_name, options) => {
  test("100 parallel calls make one request for a token", async () => {
    const server = await provider();
    const credentials = clientCredentials(options(server));
    const tokens = await Promise.all(Array.from({ length: 100 }, () => credentials.getToken()));
    expect(new Set(tokens.map(({ token }) => token)).size).toBe(1);
    expect(server.requests).toMatchObject([{ grant_type: "client_credentials", client_id: "service", status: 200 }]);
    const life = (tokens[0]?.expiresAt ?? 0) - Date.now();
    expect(life).toBeGreaterThan(3_500_000);
    expect(life).toBeLessThan(3_602_000);
  });

  test("a token of 200 s serves 100 calls, one after the other", async () => {
    const server = await provider({ accessTokenTtl: 200 });
    const credentials = clientCredentials(options(server));
    for (let call = 0; call < 100; call += 1) await credentials.getToken();
    expect(server.requests).toHaveLength(1);
  });

  test("forced, it asks the provider again", async () => {
    const server = await provider();
    const credentials = clientCredentials(options(server));
    const first = await credentials.getToken();
    const second = await credentials.getToken({ forceRefresh: true });
    expect(second.token).not.toBe(first.token);
    expect(server.requests).toHaveLength(2);
  });

  test("a wrong secret is refused in the provider's words, without the secret", async () => {
    const server = await provider();
    const error = await failure(clientCredentials(options(server, planted)).getToken());
    expect(error).toMatchObject({ code: "CREDENTIALS.REFUSED", providerCode: "invalid_client", status: 401 });
    expect(error.hint).toContain("Check clientId");
    expect(shown(error)).not.toContain(planted);
    expect(shown(error)).not.toContain(Buffer.from(`service:${planted}`).toString("base64"));
  });

  test("a provider that is down is told apart, and asked again at the next call", async () => {
    const server = await provider();
    const credentials = clientCredentials(options(server));
    server.fail("down");
    const error = await failure(credentials.getToken());
    expect(error).toMatchObject({ code: "CREDENTIALS.UNREACHABLE" });
    expect(error.message).toMatch(/E[A-Z]+|UND_ERR/);
    expect(error.message).not.toContain("endpoints_resolution_error");
    server.fail("500");
    expect(await failure(credentials.getToken())).toMatchObject({ code: "CREDENTIALS.UNREACHABLE", status: 500 });
    server.fail(undefined);
    expect((await credentials.getToken()).token).not.toBe("");
  });

  test("a provider that does not answer is given up in time", async () => {
    const server = await provider();
    server.fail("slow");
    const error = await failure(clientCredentials({ ...options(server), timeout: 150 }).getToken());
    expect(error).toMatchObject({ code: "CREDENTIALS.TIMEOUT", message: expect.stringContaining("150 ms") });
  });

  test("a signal ends the wait, and the request when nobody else waits", async () => {
    const server = await provider();
    server.fail("slow");
    const credentials = clientCredentials(options(server));
    const controller = new AbortController();
    const call = credentials.getToken({ signal: controller.signal });
    controller.abort();
    expect(await failure(call)).toMatchObject({ code: "CREDENTIALS.CANCELLED" });
    server.fail(undefined);
    expect((await credentials.getToken()).token).not.toBe("");
  });

  test.each([600_000, -600_000])("a provider whose clock is %d ms off does no harm", async (clockOffset) => {
    const server = await provider({ clockOffset });
    const credentials = clientCredentials(options(server));
    await credentials.getToken();
    const { expiresAt = 0 } = await credentials.getToken();
    expect(Math.abs(expiresAt - Date.now() - 3_600_000)).toBeLessThan(30_000);
    expect(server.requests).toHaveLength(1);
  });

  test("nothing of the secret or the token shows in the credentials", async () => {
    const server = await provider();
    const credentials = clientCredentials(options(server));
    const { token } = await credentials.getToken();
    const text = inspect(credentials, { depth: 20, showHidden: true }) + JSON.stringify(credentials);
    expect(text).not.toContain(token);
    expect(text).not.toContain("secret");
  });
});

describe("clientCredentials", () => {
  test("a certificate that is not trusted says what to do", async () => {
    const { issuer } = await provider();
    const proof = { clientId: "service", clientSecret: "secret" };
    for (const more of [{}, { scopes: ["read"] }]) {
      const error = await failure(clientCredentials({ authority: issuer, ...proof, ...more }).getToken());
      expect(error).toMatchObject({
        code: "CREDENTIALS.UNREACHABLE",
        hint: expect.stringContaining("NODE_EXTRA_CA_CERTS"),
        message: expect.stringMatching(/\((UNABLE_TO|SELF_SIGNED)/),
      });
    }
  });

  test.each([{ scopes: ["read"] }, {}, { tokenUrl: true }])("signs in with a certificate: %j", async (way) => {
    const { issuer, fetch, certificate: pair } = await provider();
    const certificate = { privateKey: pair.key, certificate: pair.cert };
    const { token } = await clientCredentials({
      ...("tokenUrl" in way ? { tokenUrl: `${issuer}/token` } : { authority: issuer, ...way }),
      clientId: "service-jwt",
      certificate,
      fetch,
    }).getToken();
    expect(decodeJwt(token)).toMatchObject({ sub: "service-jwt" });
  });

  test("reads a key that is encrypted", async () => {
    const { issuer, fetch, certificate: pair } = await provider();
    const privateKey = createPrivateKey(pair.key)
      .export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: planted })
      .toString();
    const make = (passphrase: string) =>
      clientCredentials({
        authority: issuer,
        clientId: "service-jwt",
        certificate: { privateKey, certificate: pair.cert, passphrase },
        fetch,
      });
    expect(decodeJwt((await make(planted).getToken()).token)).toMatchObject({ sub: "service-jwt" });
    expect(() => make("other")).toThrow(expect.objectContaining({ code: "CONFIG.INVALID" }));
  });

  test("sends the audience, and the secret as asked", async () => {
    const { issuer, fetch } = await provider();
    const sent: { authorization: string | null; body: URLSearchParams }[] = [];
    const watching = async (request: Request): Promise<Response> => {
      if (request.method === "POST") {
        const body = new URLSearchParams(await request.clone().text());
        sent.push({ authorization: request.headers.get("authorization"), body });
      }
      return fetch(request);
    };
    const options = { authority: issuer, clientId: "service", clientSecret: "secret", fetch: watching };
    const audience = "https://else.test";
    const { token } = await clientCredentials({ ...options, audience, scopes: ["read"] }).getToken();
    expect(decodeJwt(token)).toMatchObject({ aud: audience });
    await clientCredentials({ ...options, clientAuthentication: "client_secret_post" }).getToken();
    await clientCredentials({ ...options, clientAuthentication: "client_secret_basic", scopes: ["read"] }).getToken();
    expect(sent.map(({ authorization, body }) => [authorization?.slice(0, 5), body.get("client_secret")])).toEqual([
      ["Basic", null],
      [undefined, "secret"],
      ["Basic", null],
    ]);
    expect(sent[0]?.body.get("audience")).toBe(audience);
  });

  test("with Entra ID the client says what the token is for", async () => {
    const server = await provider();
    const credentials = clientCredentials({
      tenantId,
      clientId: "service",
      clientSecret: "secret",
      fetch: asEntra(server, tenantId),
    });
    const api = await scriptedServer([{ body: { items: [] } }]);
    const client = new PygenClient({ baseUrl: api.url, project: "acme", application: "tests", credentials });
    await client.spaces.list();
    await api.close();
    expect(server.requests).toMatchObject([{ scope: `${api.url}/.default` }]);
    expect(api.received[0]?.headers.authorization).toBe(
      `Bearer ${(await credentials.getToken({ scopes: [`${api.url}/.default`] })).token}`,
    );
    await expect(credentials.getToken()).rejects.toMatchObject({ code: "CONFIG.MISSING" });
  });

  test("other providers are not asked for the client's scopes", async () => {
    const server = await provider();
    const { issuer, fetch } = server;
    const credentials = clientCredentials({ authority: issuer, clientId: "service", clientSecret: "secret", fetch });
    const api = await scriptedServer([
      { status: 401, body: { error: { code: 401, message: "no" } } },
      { body: { items: [] } },
    ]);
    const client = new PygenClient({ baseUrl: api.url, project: "acme", application: "tests", credentials });
    await client.spaces.list();
    await api.close();
    expect(server.requests).toMatchObject([{ scope: undefined }, { scope: undefined }]);
    expect(new Set(api.received.map(({ headers }) => headers.authorization)).size).toBe(2);
  });

  test("what is at the address must be a provider", async () => {
    const api = await scriptedServer([{ body: "<html>" }]);
    const options = { tokenUrl: `${api.url}/token`, clientId: "service", clientSecret: "secret" };
    expect(await failure(clientCredentials(options).getToken())).toMatchObject({
      code: "CREDENTIALS.UNREACHABLE",
      message: expect.stringContaining("not JSON"),
      hint: expect.stringContaining("tokenUrl"),
    });
    await api.close();
  });

  test("an answer without a token is told, with the provider's own id of the request", async () => {
    const api = await scriptedServer([
      { body: { token_type: "bearer" } },
      {
        status: 400,
        headers: { "x-request-id": "abc-123" },
        body: { error: "invalid_scope", error_description: "no such" },
      },
    ]);
    const options = { tokenUrl: `${api.url}/token`, clientId: "service", clientSecret: "secret" };
    const credentials = clientCredentials(options);
    expect(await failure(credentials.getToken())).toMatchObject({ code: "CREDENTIALS.FAILED" });
    expect(await failure(credentials.getToken())).toMatchObject({
      code: "CREDENTIALS.REFUSED",
      providerCode: "invalid_scope",
      correlationId: "abc-123",
      message: "The identity provider refused with invalid_scope: no such",
    });
    await api.close();
  });

  test("MSAL's id of the request is told where the provider gives none", async () => {
    const server = await provider();
    const { issuer, fetch } = server;
    const options = { authority: issuer, clientId: "service", clientSecret: planted, scopes: ["read"], fetch };
    expect((await failure(clientCredentials(options).getToken())).correlationId).toMatch(/^[\da-f-]{36}$/);
  });
});

describe("options of clientCredentials", () => {
  const good = { tenantId, clientId: "service", clientSecret: planted };
  const pair = rsaSelfSigned();
  const other = rsaSelfSigned();
  const elliptic = selfSigned();

  test.each<[string, object]>([
    ["CONFIG.MISSING", { clientId: "service", clientSecret: planted }],
    ["CONFIG.MISSING", { tenantId, clientSecret: planted }],
    ["CONFIG.MISSING", { tenantId, clientId: "service" }],
    ["CONFIG.CONFLICT", { ...good, authority: "https://example.com" }],
    ["CONFIG.CONFLICT", { ...good, audience: "x" }],
    ["CONFIG.CONFLICT", { ...good, certificate: { privateKey: pair.key, certificate: pair.cert } }],
    ["CONFIG.UNKNOWN", { ...good, secret: planted }],
    ["CONFIG.INVALID", { ...good, tenantId: "a/b" }],
    ["CONFIG.INVALID", { ...good, clientSecret: 7 }],
    ["CONFIG.INVALID", { ...good, scopes: ["a b"] }],
    ["CONFIG.INVALID", { ...good, scopes: "a" }],
    ["CONFIG.INVALID", { ...good, timeout: 0 }],
    ["CONFIG.INVALID", { ...good, cache: {} }],
    ["CONFIG.INVALID", { ...good, clientAuthentication: "none" }],
    ["CONFIG.INVALID", { ...good, tenantId: undefined, authority: "http://example.com" }],
    ["CONFIG.INVALID", { ...good, tenantId: undefined, authority: "https://a:b@example.com" }],
    ["CONFIG.INVALID", { ...good, tenantId: undefined, tokenUrl: planted }],
    [
      "CONFIG.INVALID",
      { ...good, clientSecret: undefined, certificate: { privateKey: planted, certificate: pair.cert } },
    ],
    [
      "CONFIG.INVALID",
      { ...good, clientSecret: undefined, certificate: { privateKey: pair.key, certificate: other.cert } },
    ],
    ["CONFIG.INVALID", { ...good, clientSecret: undefined, certificate: { privateKey: pair.key } }],
    [
      "CONFIG.INVALID",
      { ...good, clientSecret: undefined, certificate: { privateKey: elliptic.key, certificate: elliptic.cert } },
    ],
  ])("%s: %j", (code, options) => {
    let error: unknown;
    try {
      clientCredentials(options as typeof good);
    } catch (caught) {
      error = caught;
    }
    expect(error).toMatchObject({ code });
    expect(shown(error)).not.toContain(planted);
    expect(shown(error)).not.toContain("PRIVATE KEY-----\nM");
  });

  test("must be an object", () => {
    expect(() => clientCredentials("no" as never)).toThrow(expect.objectContaining({ code: "CONFIG.INVALID" }));
  });
});

test("a secret is not sent to an address without https that a provider names", async () => {
  const asked: string[] = [];
  const credentials = clientCredentials({
    authority: "https://id.test",
    clientId: "service",
    clientSecret: "correct horse",
    fetch: async ({ url }: Request) => {
      asked.push(url);
      return Response.json({ issuer: "https://id.test", token_endpoint: "http://id.test/token" });
    },
  });
  await expect(credentials.getToken()).rejects.toMatchObject({
    code: "CREDENTIALS.FAILED",
    url: "http://id.test/token",
    hint: expect.stringContaining("https"),
  });
  expect(asked).toEqual(["https://id.test/.well-known/openid-configuration"]);
});

test("a provider that does not answer is given up in time, also where memory is cleaned up meanwhile", async () => {
  const server = createServer(() => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  setFlagsFromString("--expose-gc");
  const cleaning = setInterval(runInNewContext("gc"), 50);
  onTestFinished(() => {
    clearInterval(cleaning);
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const tokenUrl = `http://127.0.0.1:${port}/token`;
  const credentials = clientCredentials({ tokenUrl, clientId: "service", clientSecret: "secret", timeout: 500 });
  expect(await failure(credentials.getToken())).toMatchObject({ code: "CREDENTIALS.TIMEOUT" });
});
