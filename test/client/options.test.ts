import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { PygenClient, type PygenClientOptions, token } from "../../src/index.js";

const good = { cluster: "westeurope-1", project: "acme", application: "tests", credentials: token("planted-token") };

const failureOf = (options: unknown): unknown => {
  try {
    new PygenClient(options as PygenClientOptions);
  } catch (error) {
    return error;
  }
  return undefined;
};

describe("making a client", () => {
  test("does nothing but check: no request, no token", () => {
    const never = () => {
      throw new Error("called");
    };
    const client = new PygenClient({ ...good, credentials: { getToken: never }, fetch: never });
    expect(client).toMatchObject({ project: "acme", baseUrl: "https://westeurope-1.cognitedata.com" });
  });

  test("contract 1.1: the whole address can be given", () => {
    const { cluster: _cluster, ...rest } = good;
    expect(new PygenClient({ ...rest, baseUrl: "http://127.0.0.1:4000/" }).baseUrl).toBe("http://127.0.0.1:4000");
    expect(new PygenClient({ ...rest, baseUrl: "https://proxy.example/cdf" }).baseUrl).toBe(
      "https://proxy.example/cdf",
    );
  });

  test("takes every option", () => {
    const client = new PygenClient({
      ...good,
      fetch: globalThis.fetch,
      timeout: { attempt: 1_000, total: Number.POSITIVE_INFINITY },
      retry: { attempts: 1, baseDelay: 0, maxDelay: 10 },
      concurrency: { read: 1, write: 2, delete: 3, schema: 4, search: 5, datapoints: 6, files: 7 },
      rateLimit: { perSecond: 0.5, burst: 2 },
      compression: { threshold: 0 },
      validation: "warn",
      hooks: [{ onStart: () => {} }, {}],
      logBodies: true,
      logger: console,
      logLevel: "warn",
    });
    expect(client.http.concurrency("schema")).toBe(4);
  });

  test("a transport that signs needs no credentials; one that does not, does", () => {
    const { credentials: _credentials, ...rest } = good;
    const transport = { fetch: globalThis.fetch };
    expect(failureOf({ ...rest, transport: { ...transport, signsRequests: true } })).toBeUndefined();
    expect(failureOf({ ...rest, transport })).toMatchObject({ message: "The option credentials is missing." });
    expect(failureOf({ ...good, transport })).toBeUndefined();
  });

  test("closing the client refuses later calls, and `await using` closes it", async () => {
    const client = new PygenClient(good);
    await client.close();
    await expect(client.spaces.list()).rejects.toMatchObject({ code: "ABORT.CLOSED" });
    const other = new PygenClient(good);
    await other[Symbol.asyncDispose]();
    await expect(other.spaces.list()).rejects.toMatchObject({ code: "ABORT.CLOSED" });
  });

  test.each([
    ["cluster", { cluster: undefined }, "CONFIG.MISSING"],
    ["cluster", { cluster: "https://x" }, "CONFIG.INVALID"],
    ["baseUrl", { baseUrl: "http://x" }, "CONFIG.CONFLICT"],
    ["baseUrl", { cluster: undefined, baseUrl: "localhost:4000" }, "CONFIG.INVALID"],
    ["baseUrl", { cluster: undefined, baseUrl: "not an address" }, "CONFIG.INVALID"],
    ["baseUrl", { cluster: undefined, baseUrl: "http://me:pw@x" }, "CONFIG.INVALID"],
    ["project", { project: undefined }, "CONFIG.MISSING"],
    ["project", { project: "../other" }, "CONFIG.INVALID"],
    ["application", { application: "" }, "CONFIG.INVALID"],
    ["application", { application: "new\nline" }, "CONFIG.INVALID"],
    ["credentials", { credentials: undefined }, "CONFIG.MISSING"],
    ["credentials", { credentials: "planted-token" }, "CONFIG.INVALID"],
    ["credentials", { credentials: null }, "CONFIG.INVALID"],
    ["fetch", { fetch: 5 }, "CONFIG.INVALID"],
    ["transport", { transport: {} }, "CONFIG.INVALID"],
    ["transport", { transport: { fetch: globalThis.fetch }, fetch: globalThis.fetch }, "CONFIG.CONFLICT"],
    ["rateLimit.perSecond", { rateLimit: { perSecond: 0 } }, "CONFIG.INVALID"],
    ["rateLimit.perSecond", { rateLimit: { burst: 5 } }, "CONFIG.MISSING"],
    ["compression.threshold", { compression: {} }, "CONFIG.MISSING"],
    ["rateLimit", { rateLimit: 5 }, "CONFIG.INVALID"],
    ["compression", { compression: "gzip" }, "CONFIG.INVALID"],
    ["compression.treshold", { compression: { treshold: 1 } }, "CONFIG.UNKNOWN"],
    ["validation", { validation: "loose" }, "CONFIG.INVALID"],
    ["hooks", { hooks: () => {} }, "CONFIG.INVALID"],
    ["hooks", { hooks: Promise.resolve({}) }, "CONFIG.INVALID"],
    ["logBodies", { logBodies: 1 }, "CONFIG.INVALID"],
    ["timeout", { timeout: "5s" }, "CONFIG.INVALID"],
    ["timeout", { timeout: Number.NaN }, "CONFIG.INVALID"],
    ["__proto__", JSON.parse('{"__proto__": 5}'), "CONFIG.UNKNOWN"],
    ["toString", { toString: 5 }, "CONFIG.UNKNOWN"],
    ["timeout", { timeout: 0 }, "CONFIG.INVALID"],
    ["timeout.atempt", { timeout: { atempt: 5 } }, "CONFIG.UNKNOWN"],
    ["retry.attempts", { retry: { attempts: 0.5 } }, "CONFIG.INVALID"],
    ["retry.baseDelay", { retry: { baseDelay: Number.NaN } }, "CONFIG.INVALID"],
    ["concurrency.read", { concurrency: { read: 0 } }, "CONFIG.INVALID"],
    ["concurrency.reed", { concurrency: { reed: 1 } }, "CONFIG.UNKNOWN"],
    ["logger", { logger: { debug() {} } }, "CONFIG.INVALID"],
    ["logLevel", { logLevel: "loud" }, "CONFIG.INVALID"],
    ["aplication", { aplication: "x" }, "CONFIG.UNKNOWN"],
    ["options", null, "CONFIG.INVALID"],
  ])("a wrong %s is named: %j", (name, change, code) => {
    const error = failureOf(change === null ? null : { ...good, ...change });
    expect(error).toMatchObject({ name: "ConfigError", code, message: expect.stringContaining(name) });
    expect(inspect(error)).not.toContain("planted-token");
  });

  test("an option that is undefined is as good as left out", () => {
    expect(
      failureOf({ ...good, baseUrl: undefined, fetch: undefined, retry: { attempts: undefined } }),
    ).toBeUndefined();
  });
});
