import { inspect } from "node:util";
import { brotliCompressSync, deflateSync, gunzipSync, gzipSync } from "node:zlib";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { type ConnectionPoolOptions, connectionPool } from "../../src/doors/node/index.js";
import { isAbortError, isConfigError, isNetworkError, PygenClient, token } from "../../src/index.js";
import { selfSigned } from "../tools/certificate.js";
import { gate } from "../tools/gate.js";
import { http2Server, httpServer, httpsServer, proxyServer, silentServer } from "./node-servers.js";

const answer = '{"items":[]}';
const certificate = selfSigned();

const spaces = JSON.stringify({
  items: [{ space: "vindpark-ø", createdTime: 1, lastUpdatedTime: 2, isGlobal: false }],
});

/** A client over a pool, closed when the test ends. */
function clientOver(baseUrl: string, pool: ConnectionPoolOptions = {}): PygenClient {
  const client = new PygenClient({
    baseUrl,
    project: "acme",
    application: "tests",
    credentials: token("planted-token-1"),
    retry: { attempts: 1 },
    concurrency: { schema: 50 },
    transport: connectionPool(pool),
  });
  onTestFinished(() => client.close());
  return client;
}

const calls = (client: PygenClient, count: number): Promise<unknown> =>
  Promise.all(Array.from({ length: count }, () => client.spaces.list()));

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

describe("connections", () => {
  it("are kept open and used again, never more than asked for", async () => {
    const all = gate(4);
    const server = await httpServer((_request, response) => void all.pass().then(() => response.end(answer)));
    const client = clientOver(server.url, { connections: 4 });
    await calls(client, 50);
    expect(server.accepted()).toBe(4);
    for (let call = 0; call < 10; call += 1) await client.spaces.list();
    expect(server.accepted()).toBe(4);
  });

  it("are not those of other calls in the process, whose dispatcher stays as it is", async () => {
    const symbols = [Symbol.for("undici.globalDispatcher.1"), Symbol.for("undici.globalDispatcher.2")];
    const before = symbols.map((symbol) => Reflect.get(globalThis, symbol));
    const server = await httpServer((_request, response) => response.end(answer));
    const client = clientOver(server.url, { connections: 1 });
    await client.spaces.list();
    expect(symbols.map((symbol) => Reflect.get(globalThis, symbol))).toEqual(before);
    await (await fetch(server.url)).text();
    expect(server.accepted()).toBe(2);
  });

  it("are all gone after close, and later calls say so", async () => {
    const all = gate(8);
    const server = await httpServer((_request, response) => void all.pass().then(() => response.end(answer)));
    const pool = connectionPool({ connections: 8 });
    await Promise.all(Array.from({ length: 8 }, async () => (await pool.fetch(new Request(server.url))).text()));
    expect(server.open()).toBe(8);
    await pool.close();
    await expect.poll(() => server.open()).toBe(0);
    await pool[Symbol.asyncDispose]();
    expect(isAbortError(await pool.fetch(new Request(server.url)).catch((error: unknown) => error))).toBe(true);
  });

  it("close with the client, and end a call under way", async () => {
    const server = await httpServer(() => {});
    const client = clientOver(server.url);
    const call = client.spaces.list().catch((error: unknown) => error);
    await expect.poll(() => server.open()).toBe(1);
    await client.close();
    expect(await call).toMatchObject({ code: "ABORT.CLOSED" });
    await expect.poll(() => server.open()).toBe(0);
  });

  it("a pool that was closed behind its client's back is not tried again and again", async () => {
    const server = await httpServer((_request, response) => response.end(answer));
    const pool = connectionPool();
    const client = new PygenClient({
      baseUrl: server.url,
      project: "acme",
      application: "tests",
      credentials: token("planted-token-1"),
      transport: pool,
    });
    await pool.close();
    await expect(client.spaces.list()).rejects.toMatchObject({ code: "ABORT.CLOSED" });
  });

  it("that are not made in time fail", async () => {
    const server = await silentServer();
    const error = await clientOver(server.url, { connectTimeout: 50 })
      .spaces.list()
      .catch((reason: unknown) => reason);
    expect(isNetworkError(error)).toBe(true);
    expect(String(error)).toContain("UND_ERR_CONNECT_TIMEOUT");
  });
});

describe("bodies", () => {
  it("are packed by zlib", async () => {
    const text = JSON.stringify({ items: Array.from({ length: 1000 }, (_, index) => ({ externalId: `é${index}` })) });
    const packed = await connectionPool().compress(text);
    expect(packed.byteLength).toBeLessThan(text.length / 4);
    expect(gunzipSync(packed).toString()).toBe(text);
  });
});

describe("TLS", () => {
  it("a certificate of one's own is trusted when it is given", async () => {
    const server = await httpsServer(certificate, (_request, response) => response.end(answer));
    const forms = [certificate.cert, Buffer.from(certificate.cert), [selfSigned().cert, certificate.cert]];
    for (const ca of forms) expect(await clientOver(server.url, { ca }).spaces.list()).toEqual([]);
  });

  it("is refused without it, with an error that says why", async () => {
    const server = await httpsServer(certificate, (_request, response) => response.end(answer));
    for (const options of [{}, { ca: selfSigned().cert }]) {
      const error = await clientOver(server.url, options)
        .spaces.list()
        .catch((reason: unknown) => reason);
      expect(isNetworkError(error)).toBe(true);
      expect(String(error)).toMatch(/self-signed certificate/);
    }
  });

  it.each(["./ca.pem", "", "-----BEGIN CERTIFICATE-----\nbm8=\n-----END CERTIFICATE-----"])(
    "what is no certificate is refused at once: %j",
    (ca) => {
      expect(() => connectionPool({ ca: [certificate.cert, ca] })).toThrow(/The option ca\[1\] holds no certificate/);
      expect(() => connectionPool({ ca })).toThrow(/The option ca holds no certificate/);
    },
  );

  it("HTTP/2 carries many calls at once over one connection", async () => {
    const seen = { versions: [], peak: 0 };
    const server = await http2Server(certificate, seen, 26);
    await calls(clientOver(server.url, { http2: true, ca: certificate.cert }), 50);
    expect(seen.versions).toEqual(Array.from({ length: 50 }, () => "2.0"));
    expect(server.accepted()).toBe(1);
    expect(seen.peak).toBeGreaterThan(25);
  });

  it("HTTP/1.1 is spoken where HTTP/2 is not asked for", async () => {
    const seen = { versions: [], peak: 0 };
    const server = await http2Server(certificate, seen);
    await calls(clientOver(server.url, { ca: certificate.cert }), 3);
    expect(seen.versions).toEqual(["1.1", "1.1", "1.1"]);
  });
});

describe("a proxy", () => {
  const secret = "planted-proxy-password";

  it("is used for everything, with its credentials", async () => {
    const seen: { to: string; authorization: string | undefined }[] = [];
    const basic = `Basic ${Buffer.from(`me:${secret}`).toString("base64")}`;
    const proxy = await proxyServer(seen, basic);
    const atServer = { versions: [], peak: 0 };
    const plain = await httpServer((_request, response) => response.end(answer));
    const tls = await httpsServer(certificate, (_request, response) => response.end(answer));
    const h2 = await http2Server(certificate, atServer);
    const address = proxy.url.replace("http://", `http://me:${secret}@`);
    await clientOver(plain.url, { proxy: address }).spaces.list();
    await clientOver(tls.url, { proxy: address, ca: certificate.cert }).spaces.list();
    await clientOver(h2.url, {
      proxy: { url: proxy.url, token: basic },
      ca: certificate.cert,
      http2: true,
    }).spaces.list();
    expect(seen).toEqual([plain, tls, h2].map(({ port }) => ({ to: `127.0.0.1:${port}`, authorization: basic })));
    expect(atServer.versions).toEqual(["2.0"]);
  });

  it("is taken from the environment when that is asked for, and only then", async () => {
    const seen: { to: string; authorization: string | undefined }[] = [];
    const proxy = await proxyServer(seen);
    const server = await httpServer((_request, response) => response.end(answer));
    vi.stubEnv("HTTP_PROXY", proxy.url);
    vi.stubEnv("http_proxy", proxy.url);
    vi.stubEnv("NO_PROXY", "");
    vi.stubEnv("no_proxy", "");
    await clientOver(server.url).spaces.list();
    expect(seen).toEqual([]);
    await clientOver(server.url, { proxy: "environment" }).spaces.list();
    expect(seen).toHaveLength(1);
    vi.stubEnv("no_proxy", "127.0.0.1");
    await clientOver(server.url, { proxy: "environment" }).spaces.list();
    expect(seen).toHaveLength(1);
  });

  it("shows its password nowhere: not in errors, not in what is printed", async () => {
    const proxy = await proxyServer([], "Basic nobody");
    const url = proxy.url.replace("http://", `http://me:${secret}@`);
    const client = clientOver("http://127.0.0.1:50505", { proxy: url });
    const refused = await client.spaces.list().catch((reason: unknown) => reason);
    const gone = clientOver("http://127.0.0.1:50505", { proxy: `http://me:${secret}@127.0.0.1:1` });
    const unreachable = await gone.spaces.list().catch((reason: unknown) => reason);
    const invalid = await Promise.resolve()
      .then(() => connectionPool({ proxy: `http://me:${secret}@:x` }))
      .catch((reason: unknown) => reason);
    vi.stubEnv("HTTPS_PROXY", `http://me:${secret}@:x`);
    vi.stubEnv("https_proxy", `http://me:${secret}@:x`);
    const wrongEnvironment = await Promise.resolve()
      .then(() => connectionPool({ proxy: "environment" }))
      .catch((reason: unknown) => reason);
    expect([refused, unreachable].map(isNetworkError)).toEqual([true, true]);
    expect([invalid, wrongEnvironment].map(isConfigError)).toEqual([true, true]);
    expect(String(refused)).toContain("407");
    for (const value of [refused, unreachable, invalid, wrongEnvironment, client, gone]) {
      const printed = inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true }) + JSON.stringify(value);
      expect(printed).not.toContain(secret);
      expect(printed).not.toContain(Buffer.from(`me:${secret}`).toString("base64"));
    }
  });
});

it.each([
  { connections: 0 },
  { connections: 1.5 },
  { connections: "4" },
  { connectTimeout: -1 },
  { http2: "yes" },
  { ca: 5 },
  { ca: [certificate.cert, null] },
  { proxy: "proxy:8080" },
  { proxy: "socks5://x" },
  { proxy: {} },
  { proxy: null },
  { proxy: { url: "http://proxy.example.com", token: "a\nb" } },
  { proxy: { url: "http://proxy.example.com", token: 5 } },
  { proxy: "http://me:100%25%@proxy.example.com" },
])("a wrong option is refused at once: %j", (options) => {
  const name = Object.keys(options)[0];
  expect(() => connectionPool(options as never)).toThrow(new RegExp(`^The option ${name} is wrong: expected `));
});

it("an option that does not exist is refused, and one that is left open is not", () => {
  const misspelt = () => connectionPool({ conections: 4 } as never);
  expect(misspelt).toThrow(expect.objectContaining({ code: "CONFIG.UNKNOWN" }));
  expect(misspelt).toThrow("The option conections does not exist.");
  expect(() => connectionPool({ constructor: 4 } as never)).toThrow("The option constructor does not exist.");
  expect(() => connectionPool(null as never)).toThrow("The options of connectionPool must be an object.");
  expect(() => connectionPool({ connections: undefined } as never)).not.toThrow();
});

describe("answers", () => {
  it.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
  ])("packed with %s are unpacked", async (encoding, pack) => {
    const server = await httpServer((_request, response) => {
      response.writeHead(200, { "content-encoding": encoding }).end(pack(spaces));
    });
    expect(await clientOver(server.url).spaces.list()).toMatchObject([{ space: "vindpark-ø" }]);
  });

  it("are asked for packed with gzip, and may come in many pieces", async () => {
    let asked: string | undefined;
    const server = await httpServer((request, response) => {
      asked = request.headers["accept-encoding"];
      const bytes = new TextEncoder().encode(`\uFEFF${spaces}`);
      for (const byte of bytes) response.write(new Uint8Array([byte]));
      response.end();
    });
    expect(await clientOver(server.url).spaces.list()).toMatchObject([{ space: "vindpark-ø" }]);
    expect(asked).toBe("gzip");
  });

  it.each([
    ["is cut off", { "content-length": "5000" }, spaces],
    ["is not packed as it says", { "content-encoding": "gzip" }, spaces],
  ])("one that %s is a failure of the connection", async (_what, headers, body) => {
    const server = await httpServer((_request, response) => {
      response.writeHead(200, headers);
      response.write(body);
      setTimeout(() => response.destroy(), 5);
    });
    const error = await clientOver(server.url)
      .spaces.list()
      .catch((reason: unknown) => reason);
    expect(isNetworkError(error)).toBe(true);
  });

  it("without a body, or with headers that repeat, are read", async () => {
    const server = await httpServer((_request, response) => {
      response.writeHead(503, { "set-cookie": ["a=1", "b=2"], "content-encoding": "gzip" }).end();
    });
    await expect(clientOver(server.url).spaces.list()).rejects.toMatchObject({ code: "API.SERVER", status: 503 });
  });

  it("are read without anything of the built-in fetch, which Node would load for it alone", async () => {
    const server = await httpServer((_request, response) => response.end(spaces));
    for (const name of ["fetch", "Headers", "Request", "Response"]) {
      vi.stubGlobal(name, () => {
        throw new Error(`${name} was used.`);
      });
    }
    expect(await clientOver(server.url).spaces.list()).toMatchObject([{ space: "vindpark-ø" }]);
  });

  it("that stop within their body end with their caller's signal", async () => {
    const server = await httpServer((_request, response) => void response.write("{"));
    const controller = new AbortController();
    const call = clientOver(server.url)
      .spaces.list({}, { signal: controller.signal })
      .catch((error: unknown) => error);
    await expect.poll(() => server.open()).toBe(1);
    controller.abort("enough");
    expect(await call).toMatchObject({ code: "ABORT.SIGNAL", reason: "enough" });
    await expect.poll(() => server.open()).toBe(0);
  });
});
