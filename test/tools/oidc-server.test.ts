import { createPrivateKey, randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createRemoteJWKSet, customFetch, decodeJwt, jwtVerify, SignJWT } from "jose";
import { afterEach, expect, test } from "vitest";
import { type OidcServer, type OidcServerOptions, startOidcServer } from "./oidc-server.js";
import { fetchOf, oidcBrowser, signInAddress } from "./oidc-server-browser.js";

const open: OidcServer[] = [];
const redirectUri = "http://localhost:5173/redirect.html";

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.stop()));
});

async function start(options: OidcServerOptions = {}): Promise<OidcServer> {
  const server = await startOidcServer({ redirectUris: [redirectUri], ...options });
  open.push(server);
  return server;
}

interface TokenAnswer {
  readonly access_token: string;
  readonly id_token?: string;
  readonly refresh_token?: string;
  readonly expires_in: number;
  readonly error?: string;
}

async function askToken(
  server: OidcServer,
  form: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<TokenAnswer> {
  const answer = await fetchOf(server)(`${server.issuer}/token`, {
    method: "POST",
    headers,
    body: new URLSearchParams(form),
  });
  return (await answer.json()) as TokenAnswer;
}

const service = { grant_type: "client_credentials", client_id: "service", client_secret: "secret" };

test("is found at localhost and at 127.0.0.1, with its CA in a file", async () => {
  const server = await start();
  for (const base of [server.issuer, server.issuer.replace("localhost", "127.0.0.1")]) {
    const answer = await fetchOf(server)(`${base}/.well-known/openid-configuration`);
    expect(await answer.json()).toMatchObject({ issuer: server.issuer });
  }
  expect(readFileSync(server.caFile, "utf8")).toBe(server.ca);
  await server.stop();
  expect(existsSync(server.caFile)).toBe(false);
});

test("gives a client with a secret a signed token for the audience, and notes the request", async () => {
  const server = await start({ audience: "https://cdf.test", users: { service: { groups: ["machines"] } } });
  const answer = await askToken(server, { ...service, scope: "https://cdf.test/.default" });
  const keys = createRemoteJWKSet(new URL(`${server.issuer}/jwks`), { [customFetch]: fetchOf(server) });
  const { payload, protectedHeader } = await jwtVerify(answer.access_token, keys, {
    issuer: server.issuer,
    audience: "https://cdf.test",
  });
  expect(protectedHeader.alg).toBe("RS256");
  expect(payload).toMatchObject({ sub: "service", groups: ["machines"] });
  const basic = Buffer.from("service:secret").toString("base64");
  const other = await askToken(
    server,
    { grant_type: "client_credentials", audience: "https://other.test" },
    { authorization: `Basic ${basic}` },
  );
  expect(decodeJwt(other.access_token).aud).toBe("https://other.test");
  expect((await askToken(server, { ...service, client_secret: "wrong" })).error).toBe("invalid_client");
  expect(server.requests.map(({ grant_type, client_id, status }) => [grant_type, client_id, status])).toEqual([
    ["client_credentials", "service", 200],
    ["client_credentials", "service", 200],
    ["client_credentials", "service", 401],
  ]);
});

test("takes an assertion signed with the key of the certificate", async () => {
  const server = await start();
  const assertion = await new SignJWT()
    .setProtectedHeader({ alg: "PS256" })
    .setIssuer("service-jwt")
    .setSubject("service-jwt")
    .setAudience(`${server.issuer}/token`)
    .setJti(randomUUID())
    .setExpirationTime("1m")
    .sign(createPrivateKey(server.certificate.key));
  const answer = await askToken(server, {
    grant_type: "client_credentials",
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: assertion,
  });
  expect(decodeJwt(answer.access_token).sub).toBe("service-jwt");
});

test("signs a user in by form and consent, and renews until sessions end", async () => {
  const server = await start();
  const browser = oidcBrowser(server);
  const { address, verifier } = signInAddress(server, redirectUri);
  const wrong = await browser.submit(await browser.open(address), { username: "alice", password: "rabbit" });
  expect(wrong.text).toContain("User name or password is wrong.");
  const consent = await browser.submit(wrong, { username: "alice", password: "wonderland" });
  expect(consent.text).toContain("Allow access");
  expect(consent.text).not.toMatch(/<script|https?:/);
  const { location = "" } = await browser.submit(consent);
  const code = new URL(location).searchParams.get("code") ?? "";
  const answer = await askToken(server, {
    grant_type: "authorization_code",
    client_id: "spa",
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
  });
  expect(decodeJwt(answer.access_token)).toMatchObject({ sub: "alice", aud: "https://api.test", groups: ["editors"] });
  expect(decodeJwt(answer.id_token ?? "")).toMatchObject({ sub: "alice", preferred_username: "alice" });
  const renew = { grant_type: "refresh_token", client_id: "spa" };
  const renewed = await askToken(server, { ...renew, refresh_token: answer.refresh_token ?? "" });
  expect(decodeJwt(renewed.access_token)).toMatchObject({ sub: "alice", aud: "https://api.test" });
  server.endSessions();
  expect((await askToken(server, { ...renew, refresh_token: renewed.refresh_token ?? "" })).error).toBe(
    "invalid_grant",
  );
});

test("asks who signs in when the application wants accounts to be chosen", async () => {
  const server = await start();
  const browser = oidcBrowser(server);
  const { address } = signInAddress(server, redirectUri, { prompt: "select_account" });
  const consent = await browser.submit(await browser.open(address), { username: "alice", password: "wonderland" });
  const { location } = await browser.submit(consent);
  expect(new URL(location ?? "").searchParams.has("code")).toBe(true);
});

test("tells the application when a user denies", async () => {
  const server = await start();
  const browser = oidcBrowser(server);
  const { address } = signInAddress(server, redirectUri);
  const consent = await browser.submit(await browser.open(address), { username: "alice", password: "wonderland" });
  const { location = "" } = await browser.submit(consent, {}, "/deny");
  expect(new URL(location).searchParams.get("error")).toBe("access_denied");
});

test("signs out by its own page, and allows redirect addresses named later", async () => {
  const server = await start();
  const browser = oidcBrowser(server);
  const later = "http://localhost:6000/app/redirect.html";
  expect((await browser.open(signInAddress(server, later).address)).text).toContain("invalid_redirect_uri");
  server.allowRedirects(later);
  const { address } = signInAddress(server, later);
  await browser.submit(await browser.open(address), { username: "alice", password: "wonderland" });
  const query = new URLSearchParams({ client_id: "spa", post_logout_redirect_uri: "http://localhost:6000/app/" });
  const page = await browser.open(`${server.issuer}/session/end?${query}`);
  expect((await browser.submit(page, { logout: "yes" })).location).toBe("http://localhost:6000/app/");
});

test("signs a device in with a code, or tells it of a denial", async () => {
  const server = await start();
  async function device(): Promise<{ readonly device_code: string; readonly user_code: string; readonly url: string }> {
    const answer = await fetchOf(server)(`${server.issuer}/device/auth`, {
      method: "POST",
      body: new URLSearchParams({ client_id: "device", scope: "openid offline_access" }),
    });
    const body = (await answer.json()) as Record<"device_code" | "user_code" | "verification_uri", string>;
    return { ...body, url: body.verification_uri };
  }
  const grant_type = "urn:ietf:params:oauth:grant-type:device_code";
  const ask = (device_code: string) => askToken(server, { grant_type, client_id: "device", device_code });

  const first = await device();
  expect((await ask(first.device_code)).error).toBe("authorization_pending");
  const browser = oidcBrowser(server);
  const wrong = await browser.submit(await browser.open(first.url), { user_code: "XXXX-XXXX" });
  expect(wrong.text).toContain("That code is not right");
  const confirm = await browser.submit(wrong, { user_code: first.user_code });
  const login = await browser.submit(confirm);
  const consent = await browser.submit(login, { username: "alice", password: "wonderland" });
  expect((await browser.submit(consent)).text).toContain("The device is signed in.");
  const answer = await ask(first.device_code);
  expect(decodeJwt(answer.access_token)).toMatchObject({ sub: "alice", aud: "https://api.test" });
  expect(answer.refresh_token).toBeDefined();

  const second = await device();
  const asked = await browser.submit(await browser.open(second.url), { user_code: second.user_code });
  await browser.submit(asked, { abort: "yes" });
  expect((await ask(second.device_code)).error).toBe("access_denied");
});

test("takes a loopback address of any port for a native application", async () => {
  const server = await start();
  const { address } = signInAddress(server, "http://localhost:43210/", { client_id: "native" });
  expect((await oidcBrowser(server).open(address)).text).toContain("Sign in");
});

test.each([600_000, -600_000])("keeps a clock of its own: %i ms", async (clockOffset) => {
  const server = await start({ clockOffset, accessTokenTtl: 200 });
  const before = Date.now();
  const answer = await askToken(server, service);
  const { iat = 0, exp = 0 } = decodeJwt(answer.access_token);
  expect(exp - iat).toBe(200);
  expect(Math.abs(iat * 1000 - before - clockOffset)).toBeLessThan(100_000);
  expect(Math.abs((server.requests[0]?.at ?? 0) - before)).toBeLessThan(100_000);
});

test("fails as told, and works again", async () => {
  const server = await start();
  server.fail("down");
  await expect(askToken(server, service)).rejects.toThrow("fetch failed");
  server.fail("500");
  const answer = await fetchOf(server)(`${server.issuer}/jwks`);
  expect(answer.status).toBe(500);
  server.fail("slow");
  const late = askToken(server, service);
  const early = await Promise.race([late, new Promise((resolve) => setTimeout(resolve, 50, "nothing yet"))]);
  expect(early).toBe("nothing yet");
  server.fail(undefined);
  expect((await late).expires_in).toBe(3600);
});

test("lets pages of other origins ask for tokens", async () => {
  const server = await start();
  const answer = await fetchOf(server)(`${server.issuer}/token`, {
    method: "POST",
    headers: { origin: "http://localhost:5173" },
    body: new URLSearchParams({ grant_type: "refresh_token", client_id: "spa", refresh_token: "none" }),
  });
  expect(answer.headers.get("access-control-allow-origin")).toBe("http://localhost:5173");
});

test("signs with another key when told", async () => {
  const server = await start();
  const kids = async (): Promise<readonly string[]> => {
    const answer = await fetchOf(server)(`${server.issuer}/jwks`);
    return ((await answer.json()) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);
  };
  const before = await kids();
  server.rotateKeys();
  expect(before).toHaveLength(1);
  expect(await kids()).not.toEqual(before);
});
