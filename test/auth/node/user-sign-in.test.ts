import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, get } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { inspect } from "node:util";
import { decodeJwt } from "jose";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  type DeviceCodePrompt,
  deviceCode,
  fileCache,
  fromEnvironment,
  type InteractiveOptions,
  interactive,
} from "../../../src/auth/node/index.js";
import { listen } from "../../../src/auth/node/loopback.js";
import { openerOf, openSystemBrowser } from "../../../src/auth/node/open-browser.js";
import { PygenClient } from "../../../src/index.js";
import { scriptedServer } from "../../tools/scripted-server.js";
import { asEntra, FormBrowser, provider, type TestProvider } from "./provider.js";

const tenantId = "5f1c4b1e-tenant";
const alice = { username: "alice", password: "wonderland" };

const shown = (value: unknown): string => `${inspect(value, { depth: 20, showHidden: true })} ${JSON.stringify(value)}`;

async function cacheFile(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "pygen-cache-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return path.join(folder, "tokens.json");
}

type Way = (server: TestProvider) => InteractiveOptions;

const ways: readonly [string, Way][] = [
  [
    "Entra ID by MSAL",
    (server) => ({
      tenantId,
      clientId: "native",
      scopes: ["https://api.test/.default"],
      fetch: asEntra(server, tenantId),
      openBrowser: () => {},
    }),
  ],
  ["an issuer by MSAL", ({ issuer, fetch }) => ({ authority: issuer, clientId: "native", fetch, prompt: "consent" })],
  [
    "an issuer by the standard",
    ({ issuer, fetch }) => ({
      authority: issuer,
      clientId: "native",
      audience: "https://api.test",
      fetch,
      prompt: "consent",
    }),
  ],
];

describe.each(ways)("interactive with %s", (name, options) => {
  /** Opens the provider's address in a browser that does what it is told; addresses of Entra ID lead to the provider. */
  const opening =
    (
      server: TestProvider,
      browser: FormBrowser,
      press = 0,
      pages: string[] = [],
      user: Record<string, string> = alice,
    ) =>
    (url: string): void => {
      const there = new URL(url);
      const end = new URL("/auth", server.issuer);
      end.search = there.search;
      if (name.startsWith("Entra")) end.searchParams.set("prompt", "consent");
      void browser.go(end.href, user, press).then((text) => pages.push(text));
    };

  test("signs in by the provider's own form, once for all calls, and renews without the user", async () => {
    const server = await provider();
    const browser = new FormBrowser(server.fetch);
    const pages: string[] = [];
    const credentials = interactive({ ...options(server), openBrowser: opening(server, browser, 0, pages) });
    const api = await scriptedServer([{ body: { items: [] } }]);
    const client = new PygenClient({ baseUrl: api.url, project: "acme", application: "tests", credentials });
    await Promise.all([client.spaces.list(), client.spaces.list(), client.spaces.list()]);
    await api.close();
    const { token } = await credentials.getToken();
    expect(decodeJwt(token)).toMatchObject({ sub: "alice" });
    expect(new Set(api.received.map(({ headers }) => headers.authorization))).toEqual(new Set([`Bearer ${token}`]));
    expect(server.requests.map(({ grant_type }) => grant_type)).toEqual(["authorization_code"]);
    const renewed = await credentials.getToken({ forceRefresh: true });
    expect(renewed.token).not.toBe(token);
    expect(server.requests.map(({ grant_type }) => grant_type)).toEqual(["authorization_code", "refresh_token"]);
    expect(browser.visited.filter((url) => url.includes("/auth?"))).toHaveLength(1);
    expect(browser.visited.at(-1)).toMatch(/^http:\/\/localhost:\d+\/done$/);
    await expect.poll(() => pages).toEqual([expect.stringContaining("You can close this page")]);
    expect(pages[0]).not.toContain("code=");
    expect(shown(credentials)).not.toContain(token);
    await expect(fetch(browser.visited.at(-1) ?? "")).rejects.toThrow();
  });

  test("a later run goes on with what the file keeps, and signs in again when that has ended", async () => {
    const server = await provider({ accessTokenTtl: 30 });
    const browser = new FormBrowser(server.fetch);
    const file = await cacheFile();
    const make = () =>
      interactive({ ...options(server), openBrowser: opening(server, browser), cache: fileCache(file) });
    await make().getToken();
    await make().getToken();
    const grants = (): string[] => server.requests.map(({ grant_type }) => grant_type);
    expect(grants()).toEqual(["authorization_code", "refresh_token"]);
    expect(await readFile(file, "utf8")).toMatch(/refresh/i);
    server.endSessions();
    await make().getToken();
    expect(grants()).toEqual(["authorization_code", "refresh_token", "refresh_token", "authorization_code"]);
  });

  test("the environment says whom to ask, and a command that the browser is used", async () => {
    const server = await provider();
    const { clientId, fetch, scopes = [], ...address } = options(server);
    const environment = {
      CDF_URL: "http://127.0.0.1:1",
      CDF_PROJECT: "acme",
      IDP_CLIENT_ID: clientId,
      IDP_SCOPES: scopes.join(" "),
      ...("authority" in address
        ? { IDP_AUTHORITY_URL: address.authority, IDP_AUDIENCE: address.audience }
        : { IDP_TENANT_ID: tenantId }),
    };
    const openBrowser = opening(server, new FormBrowser(server.fetch));
    const { credentials } = fromEnvironment(environment, {
      ...(fetch && { fetch }),
      onCode: () => {},
      browser: { openBrowser },
    });
    expect(decodeJwt((await credentials.getToken()).token).sub).toBe("alice");
  });

  test("whoever signed in last is the one to go on with", async () => {
    const bob = { username: "bob", password: "builder" };
    const server = await provider({ accessTokenTtl: 30, users: { alice: { password: "wonderland" }, bob } });
    const cache = fileCache(await cacheFile());
    const subject = async (user: Record<string, string>): Promise<unknown> => {
      const openBrowser = opening(server, new FormBrowser(server.fetch), 0, [], user);
      return decodeJwt((await interactive({ ...options(server), openBrowser, cache }).getToken()).token).sub;
    };
    expect(await subject(alice)).toBe("alice");
    server.endSessions();
    expect(await subject(bob)).toBe("bob");
    expect(await subject(alice)).toBe("bob");
  });

  test.each([600_000, -600_000])("a provider whose clock is %d ms off does no harm", async (clockOffset) => {
    const server = await provider({ clockOffset });
    const credentials = interactive({
      ...options(server),
      openBrowser: opening(server, new FormBrowser(server.fetch)),
    });
    await credentials.getToken();
    const { expiresAt = 0 } = await credentials.getToken();
    expect(Math.abs(expiresAt - Date.now() - 3_600_000)).toBeLessThan(30_000);
    expect(server.requests).toHaveLength(1);
  });

  test("a user who says no is told as the provider tells it", async () => {
    const server = await provider();
    const browser = new FormBrowser(server.fetch);
    const pages: string[] = [];
    const credentials = interactive({ ...options(server), openBrowser: opening(server, browser, 1, pages) });
    const error: unknown = await credentials.getToken().catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      code: "CREDENTIALS.REFUSED",
      providerCode: "access_denied",
      message: expect.stringContaining("The user denied access."),
    });
    await expect.poll(() => pages).toEqual([expect.stringContaining("Not signed in")]);
  });

  test("ends by its signal, and no longer listens", async () => {
    const server = await provider();
    const controller = new AbortController();
    let address = "";
    const credentials = interactive({
      ...options(server),
      signal: controller.signal,
      openBrowser: (url) => {
        address = new URL(url).searchParams.get("redirect_uri") ?? "";
        controller.abort();
      },
    });
    await expect(credentials.getToken()).rejects.toMatchObject({ code: "CREDENTIALS.CANCELLED" });
    expect(address).toMatch(/^http:\/\/localhost:\d+$/);
    await expect(fetch(address)).rejects.toThrow();
    await expect(credentials.getToken()).rejects.toMatchObject({ code: "CREDENTIALS.CANCELLED" });
  });

  test("a code that the provider refuses shows nowhere", async () => {
    const server = await provider();
    const planted = "planted-code-91c2";
    const credentials = interactive({
      ...options(server),
      openBrowser: async (url) => {
        const { searchParams } = new URL(url);
        const back = new URL(searchParams.get("redirect_uri") ?? "");
        const iss = server.issuer;
        back.search = new URLSearchParams({ code: planted, state: searchParams.get("state") ?? "", iss }).toString();
        await fetch(back);
      },
    });
    const error: unknown = await credentials.getToken().catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: "CREDENTIALS.REFUSED", providerCode: "invalid_grant" });
    expect(shown(error)).not.toContain(planted);
  });
});

describe("the way back of interactive", () => {
  const waiting = async (more: Partial<InteractiveOptions> = {}) => {
    const { issuer, fetch } = await provider();
    const controller = new AbortController();
    let opened = (_url: URL): void => {};
    const url = new Promise<URL>((resolve) => {
      opened = resolve;
    });
    const credentials = interactive({
      authority: issuer,
      clientId: "native",
      audience: "https://api.test",
      fetch,
      signal: controller.signal,
      openBrowser: (text) => opened(new URL(text)),
      ...(more as object),
    });
    const call = credentials.getToken();
    call.catch(() => {});
    return { call, controller, url };
  };

  test("takes no answer to another sign-in, no other address, method or host", async () => {
    const { call, controller, url } = await waiting();
    const { searchParams } = await url;
    const back = searchParams.get("redirect_uri") ?? "";
    const state = searchParams.get("state") ?? "";
    expect(searchParams.get("code_challenge_method")).toBe("S256");
    const status = async (address: string, init?: RequestInit) => (await fetch(address, init)).status;
    expect(await status(`${back}/?code=x&state=other`)).toBe(404);
    expect(await status(`${back}/?state=${state}`)).toBe(404);
    expect(await status(`${back}/favicon.ico`)).toBe(404);
    expect(await status(`${back}/?code=x&state=${state}`, { method: "POST" })).toBe(404);
    controller.abort();
    await expect(call).rejects.toMatchObject({ code: "CREDENTIALS.CANCELLED" });
  });

  test("an address that cannot be read changes nothing", async () => {
    const loopback = await listen(0, "state");
    onTestFinished(() => loopback.close());
    const { hostname, port } = new URL(loopback.redirectUri);
    const status = await new Promise((resolve, reject) => {
      get({ host: "127.0.0.1", port, path: "//", headers: { host: `${hostname}:${port}` } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      }).on("error", reject);
    });
    expect(status).toBe(404);
  });

  test("ends when the last call that waits is stopped", async () => {
    const { issuer, fetch: send } = await provider();
    const controller = new AbortController();
    const addresses: string[] = [];
    const credentials = interactive({
      authority: issuer,
      clientId: "native",
      audience: "https://api.test",
      fetch: send,
      openBrowser: (url) => {
        addresses.push(new URL(url).searchParams.get("redirect_uri") ?? "");
        controller.abort();
      },
    });
    await expect(credentials.getToken({ signal: controller.signal })).rejects.toMatchObject({
      code: "CREDENTIALS.CANCELLED",
    });
    await expect.poll(() => fetch(addresses[0] ?? "").then(String, () => "closed")).toBe("closed");
  });

  test("a port that is taken is told", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void other.close());
    const address = other.address();
    const port = typeof address === "object" ? (address?.port ?? 0) : 0;
    const { call } = await waiting({ port });
    await expect(call).rejects.toMatchObject({
      code: "CREDENTIALS.FAILED",
      message: expect.stringContaining(`${port}`),
    });
  });

  test("a browser that cannot be opened ends the sign-in", async () => {
    const { call } = await waiting({ openBrowser: () => Promise.reject(new Error("no display")) });
    await expect(call).rejects.toMatchObject({
      code: "CREDENTIALS.FAILED",
      message: "Signing in failed: no display",
    });
  });
});

describe("opening the system's browser", () => {
  const url = "https://login.test/authorize?a=1&b=$(touch%20x)";

  test.each([
    ["darwin", ["open", url]],
    ["win32", ["rundll32", "url.dll,FileProtocolHandler", url]],
    ["linux", ["xdg-open", url]],
  ])("on %s by a program, never through a shell", (platform, expected) => {
    expect(openerOf(platform, url)).toEqual(expected);
  });

  test.skipIf(process.platform === "win32")(
    "takes the address as it is, and tells when the program fails",
    async () => {
      const folder = path.dirname(await cacheFile());
      const before = process.env["PATH"];
      process.env["PATH"] = `${folder}:${before}`;
      const program = async (exit: number): Promise<void> =>
        writeFile(path.join(folder, "xdg-open"), `#!/bin/sh\nprintf %s "$1" > "${folder}/opened"\nexit ${exit}\n`, {
          mode: 0o755,
        });
      try {
        await program(0);
        await openSystemBrowser(url, "linux");
        expect(await readFile(path.join(folder, "opened"), "utf8")).toBe(url);
        await program(3);
        await expect(openSystemBrowser(url, "linux")).rejects.toMatchObject({ code: "CREDENTIALS.FAILED" });
      } finally {
        process.env["PATH"] = before;
      }
    },
  );

  test("tells when there is no such program", async () => {
    const before = process.env["PATH"];
    process.env["PATH"] = "";
    try {
      await expect(openSystemBrowser(url, "linux")).rejects.toMatchObject({
        code: "CREDENTIALS.FAILED",
        hint: expect.stringContaining("deviceCode"),
      });
    } finally {
      process.env["PATH"] = before;
    }
  });
});

describe.each<[string, (server: TestProvider) => Omit<Parameters<typeof deviceCode>[0], "onCode">]>([
  [
    "Entra ID by MSAL",
    (server) => ({
      tenantId,
      clientId: "device",
      scopes: ["https://api.test/.default"],
      fetch: asEntra(server, tenantId),
    }),
  ],
  ["an issuer by the standard", ({ issuer, fetch }) => ({ authority: issuer, clientId: "device", fetch })],
])("deviceCode with %s", (_name, options) => {
  const approve = async (server: TestProvider, { verificationUri, userCode }: DeviceCodePrompt, press = 0) =>
    new FormBrowser(server.fetch).go(verificationUri, { ...alice, user_code: userCode }, press);

  test("signs in when the user has, and renews without the user", async () => {
    const server = await provider();
    const prompts: DeviceCodePrompt[] = [];
    const credentials = deviceCode({
      ...options(server),
      onCode: (prompt) => {
        prompts.push(prompt);
        void approve(server, prompt);
      },
    } as Parameters<typeof deviceCode>[0]);
    const [one, two] = await Promise.all([credentials.getToken(), credentials.getToken()]);
    expect(one).toBe(two);
    expect(decodeJwt(one.token)).toMatchObject({ sub: "alice" });
    expect(prompts).toMatchObject([
      {
        userCode: expect.stringMatching(/^[\w-]+$/),
        verificationUri: `${server.issuer}/device`,
        message: expect.stringContaining(`${prompts[0]?.userCode}`),
      },
    ]);
    expect((prompts[0]?.expiresAt ?? 0) - Date.now()).toBeGreaterThan(500_000);
    const renewed = await credentials.getToken({ forceRefresh: true });
    expect(renewed.token).not.toBe(one.token);
    expect(prompts).toHaveLength(1);
  });

  test("ends by its signal", async () => {
    const server = await provider();
    const controller = new AbortController();
    const credentials = deviceCode({
      ...options(server),
      signal: controller.signal,
      onCode: () => controller.abort(),
    } as Parameters<typeof deviceCode>[0]);
    await expect(credentials.getToken()).rejects.toMatchObject({ code: "CREDENTIALS.CANCELLED" });
  });

  test("an application that may not is refused", async () => {
    const server = await provider();
    const credentials = deviceCode({ ...options(server), clientId: "service-x", onCode: () => {} } as Parameters<
      typeof deviceCode
    >[0]);
    await expect(credentials.getToken()).rejects.toMatchObject({
      code: "CREDENTIALS.REFUSED",
      providerCode: "invalid_client",
    });
  });

  test("a user who says no is told", async () => {
    const server = await provider();
    const credentials = deviceCode({
      ...options(server),
      onCode: (prompt) => void approve(server, prompt, 1),
    } as Parameters<typeof deviceCode>[0]);
    await expect(credentials.getToken()).rejects.toMatchObject({
      code: "CREDENTIALS.REFUSED",
      providerCode: "access_denied",
    });
  });
});

test("a provider that knows no device codes is told", async () => {
  const issuer = await scriptedServer(({ headers }) => ({
    body: { issuer: `http://${headers.host}`, token_endpoint: `http://${headers.host}/token` },
  }));
  onTestFinished(() => issuer.close());
  const credentials = deviceCode({ authority: issuer.url, clientId: "device", onCode: () => {} });
  await expect(credentials.getToken()).rejects.toMatchObject({
    code: "CREDENTIALS.FAILED",
    message: expect.stringContaining("device_authorization_endpoint"),
  });
});

/** Asks for a code where a provider of the test answers: an issuer at `base`, or Entra ID. */
function answeredBy(
  address: string,
  base: string,
  fetch: (request: Request) => Promise<Response>,
): ReturnType<typeof deviceCode> {
  return deviceCode({
    ...(address === "authority" ? { authority: base } : { tenantId }),
    clientId: "device",
    scopes: ["https://api.test/.default"],
    onCode: () => {},
    fetch,
  } as Parameters<typeof deviceCode>[0]);
}

test.each([
  ["an issuer by the standard", "authority"],
  ["Entra ID by MSAL", "tenantId"],
])("with %s a code that nobody uses ends, whatever the provider says", async (_name, address) => {
  const base = "https://id.test";
  const answers: Record<string, [number, object]> = {
    "openid-configuration": [
      200,
      { issuer: base, token_endpoint: `${base}/token`, device_authorization_endpoint: `${base}/devicecode` },
    ],
    devicecode: [
      200,
      { device_code: "device-code-1", user_code: "ABCD", verification_uri: base, expires_in: 2, interval: 1 },
    ],
    token: [400, { error: "authorization_pending" }],
  };
  const credentials = answeredBy(address, base, async ({ url }) => {
    const [status, body] = answers[new URL(url).pathname.split("/").at(-1) ?? ""] ?? [404, {}];
    return Response.json(body, { status });
  });
  await expect(credentials.getToken()).rejects.toMatchObject({
    code: "CREDENTIALS.TIMEOUT",
    hint: expect.stringContaining("sign in again"),
  });
});

test.concurrent.each([
  ["an issuer by the standard", "authority"],
  ["Entra ID by MSAL", "tenantId"],
])(
  "with %s a network that is away for a moment ends no sign-in that waits for the user",
  async (_name, address) => {
    const base = "https://id.test";
    const device = { device_code: "c", user_code: "ABCD", verification_uri: base, expires_in: 60, interval: 1 };
    let asked = 0;
    const credentials = answeredBy(address, base, async ({ url }) => {
      const { pathname } = new URL(url);
      if (pathname.endsWith("configuration"))
        return Response.json({ issuer: base, token_endpoint: `${base}/token`, device_authorization_endpoint: base });
      if (!pathname.endsWith("/token")) return Response.json(device);
      asked += 1;
      if (asked === 1) throw new TypeError("fetch failed", { cause: new Error("ECONNRESET") });
      return Response.json({ error: "access_denied" }, { status: 400 });
    });
    await expect(credentials.getToken()).rejects.toMatchObject({ code: "CREDENTIALS.REFUSED" });
    expect(asked).toBe(2);
  },
  60_000,
);

test("a place of tokens that others could change is told as such", async () => {
  const server = await provider();
  const file = await cacheFile();
  await mkdir(file);
  const credentials = interactive({
    authority: server.issuer,
    clientId: "native",
    fetch: server.fetch,
    cache: fileCache(file),
  });
  await expect(credentials.getToken()).rejects.toMatchObject({ code: "CONFIG.UNSAFE", hint: expect.any(String) });
});
