import { AsyncLocalStorage } from "node:async_hooks";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Hooks, Logger } from "../../src/http/index.js";
import { PygenClient, token } from "../../src/index.js";
import { stopClock } from "../tools/stopped-clock.js";
import { clientOf } from "../tools/with-server.js";

const list = { method: "POST", path: "/models/instances/list", body: { limit: 1 } } as const;
const failure = (status: number) => ({ status, body: { error: { code: status, message: "text" } } });

function recorder(): { readonly events: [string, unknown][]; readonly hooks: Hooks } {
  const events: [string, unknown][] = [];
  const note =
    (name: string) =>
    (event: unknown): void => {
      events.push([name, event]);
    };
  return {
    events,
    hooks: {
      onStart: note("start"),
      onRequest: note("request"),
      onResponse: note("response"),
      onRetry: note("retry"),
      onEnd: note("end"),
    },
  };
}

function lines(): { readonly lines: Record<string, unknown>[]; readonly logger: Logger } {
  const written: Record<string, unknown>[] = [];
  const write = (level: string) => (message: string, fields?: object) => {
    written.push({ level, message, ...fields });
  };
  return {
    lines: written,
    logger: { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") },
  };
}

describe("hooks", () => {
  test("see a call from its start to its end", async () => {
    const { events, hooks } = recorder();
    const { http, server } = await clientOf(
      [
        { ...failure(503), headers: { "x-request-id": "r1" } },
        { body: { ok: 1 }, headers: { "x-request-id": "r2" } },
      ],
      { hooks },
    );
    await http.request({ ...list, query: { token: "planted-query" } });
    const call = { id: expect.any(String), method: "POST", path: list.path, lane: "read" };
    expect(events).toMatchObject([
      ["start", { ...call, url: `${server.url}/api/v1/projects/acme${list.path}?token=[redacted]` }],
      ["request", { call, attempt: 1, requestBytes: 11 }],
      ["response", { attempt: 1, status: 503, requestId: "r1", milliseconds: expect.any(Number) }],
      ["retry", { attempt: 1, code: "API.SERVER", status: 503, waitMilliseconds: expect.any(Number) }],
      ["request", { attempt: 2 }],
      ["response", { attempt: 2, status: 200, requestId: "r2", responseBytes: 8 }],
      ["end", { attempts: 2, milliseconds: expect.any(Number), queuedMilliseconds: expect.any(Number) }],
    ]);
    expect(JSON.stringify(events)).not.toContain("planted");
  });

  test("see how a call failed, and calls have ids of their own", async () => {
    const { events, hooks } = recorder();
    const { http } = await clientOf([failure(404)], { hooks: [hooks, {}] });
    const errors = await Promise.all([1, 2].map(() => http.request(list).catch((error: unknown) => error)));
    const ends = events.filter(([name]) => name === "end").map(([, event]) => event);
    expect(ends).toMatchObject([{ attempts: 1 }, { attempts: 1 }]);
    expect(ends.map((end) => (end as { error?: unknown }).error).sort()).toEqual(errors.sort());
    expect(
      new Set(events.filter(([name]) => name === "start").map(([, call]) => (call as { id: string }).id)).size,
    ).toBe(2);
  });

  test("a call that never got its turn ends without an attempt", async () => {
    const { events, hooks } = recorder();
    const { http } = await clientOf([], { hooks });
    await http.request({ ...list, signal: AbortSignal.abort() }).catch(() => {});
    expect(events).toMatchObject([
      ["start", {}],
      ["end", { attempts: 0, error: { code: "ABORT.SIGNAL" } }],
    ]);
  });

  test("the time spent waiting for a turn is told apart, and not taken from the limits", async () => {
    const { events, hooks } = recorder();
    const fetch = async () => {
      await new Promise((resolve) => setTimeout(resolve, 150));
      return Response.json({});
    };
    const { http } = await clientOf([], { hooks, fetch, concurrency: { read: 1 }, timeout: 400 });
    stopClock();
    const calls = Promise.all(Array.from({ length: 5 }, () => http.request(list)));
    await vi.advanceTimersByTimeAsync(1_000);
    await calls;
    const queued = events.flatMap(([, event]) => (event as { queuedMilliseconds?: number }).queuedMilliseconds ?? []);
    expect(queued).toEqual([0, 150, 300, 450, 600]);
  });

  test("onStart runs in the caller's context", async () => {
    const storage = new AsyncLocalStorage<string>();
    const seen: unknown[] = [];
    const { http } = await clientOf([{ body: {} }], { hooks: { onStart: () => seen.push(storage.getStore()) } });
    await storage.run("mine", () => http.request(list));
    expect(seen).toEqual(["mine"]);
  });

  test("add headers, but replace none", async () => {
    const headers = { "X-Trace": "t1", Authorization: "Bearer stolen", "X-CDP-App": "other", Accept: "text/html" };
    const { http, server } = await clientOf([{ body: {} }], {
      hooks: [{ onRequest: () => headers }, { onRequest: () => ({ "x-two": "2" }) }, { onRequest: () => undefined }],
    });
    await http.request(list);
    expect(server.received[0]?.headers).toMatchObject({
      "x-trace": "t1",
      "x-two": "2",
      authorization: "Bearer planted-token-1",
      "x-cdp-app": "tests",
      accept: "application/json",
    });
  });

  test("a header without a value is not sent", async () => {
    const headers: Record<string, string> = { "x-trace": "t1" };
    Reflect.set(headers, "x-span", undefined);
    const { http, server } = await clientOf([{ body: {} }], { hooks: { onRequest: () => headers } });
    await http.request(list);
    expect(server.received[0]?.headers).toMatchObject({ "x-trace": "t1" });
    expect(server.received[0]?.headers).not.toHaveProperty("x-span");
  });

  test("what they throw is logged once and breaks nothing", async () => {
    const broken = (): never => {
      throw new Error("hook says Bearer planted-in-hook");
    };
    const { lines: log, logger } = lines();
    const hooks: Hooks = { onStart: broken, onRequest: broken, onResponse: broken, onRetry: broken, onEnd: broken };
    const late: Hooks = {
      onStart: async () => {
        throw new Error("late");
      },
    };
    const { http } = await clientOf([failure(503), { body: { ok: 1 } }], { hooks: [hooks, late], logger });
    expect(await http.request(list)).toEqual({ ok: 1 });
    expect(log.filter(({ message }) => message === "hook failed")).toHaveLength(1);
    expect(JSON.stringify(log)).not.toContain("planted");
  });
});

describe("the log", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  test("a logger that throws breaks no call", async () => {
    const broken = (): never => {
      throw new Error("full");
    };
    const logger = { debug: broken, info: broken, warn: broken, error: broken };
    const { http } = await clientOf([failure(503), { body: { ok: 1 } }], { logger, logLevel: "debug" });
    expect(await http.request(list)).toEqual({ ok: 1 });
  });

  test("bodies are logged where that is asked for: cut, and without secrets", async () => {
    const { lines: log, logger } = lines();
    const body = { client_secret: "planted-secret", text: "x".repeat(10_000) };
    const { http } = await clientOf([{ body: { echo: "planted-token-1", items: [1] } }], {
      logger,
      logLevel: "debug",
      logBodies: true,
    });
    await http.request({ ...list, body });
    expect(log).toMatchObject([
      { message: "request", body: expect.stringContaining('{"client_secret":"[redacted]"') },
      { message: "answer", body: '{"echo":"[redacted]","items":[1]}' },
    ]);
    expect(JSON.stringify(log)).not.toContain("planted");
    expect(JSON.stringify(log).length).toBeLessThan(3_000);
  });

  test("a PYGEN_LOG that is no level is named on standard error, and then nothing is logged", async () => {
    vi.stubEnv("PYGEN_LOG", "nonsense");
    const written = vi.spyOn(console, "error").mockImplementation(() => {});
    const { http } = await clientOf([failure(503), { body: {} }]);
    await http.request(list);
    expect(written.mock.calls).toEqual([
      [expect.stringMatching(/Z pygen warn PYGEN_LOG must be debug, info, warn, error or silent$/), "{}"],
    ]);
  });

  test("an environment that may not be read asks for no log", () => {
    const refuse = (): never => {
      throw new Error("no leave to read the environment");
    };
    vi.stubGlobal("process", { env: new Proxy({}, { get: refuse }) });
    try {
      const options = { baseUrl: "http://127.0.0.1:1", project: "acme", application: "tests", credentials: token("t") };
      expect(() => new PygenClient(options)).not.toThrow();
    } finally {
      vi.unstubAllGlobals();
    }
  });

  test("PYGEN_LOG writes to standard error, from its level on, where there is no logger", async () => {
    vi.stubEnv("PYGEN_LOG", "warn");
    const written = vi.spyOn(console, "error").mockImplementation(() => {});
    const { http } = await clientOf([failure(503), { body: {} }]);
    await http.request(list);
    expect(written.mock.calls).toEqual([
      [expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z pygen warn retry$/), expect.stringContaining('"code":"API.SERVER"')],
    ]);
    const { lines: log, logger } = lines();
    vi.stubEnv("PYGEN_LOG", "debug");
    const own = await clientOf([{ body: {} }], { logger });
    await own.http.request(list);
    expect(log).toMatchObject([{ message: "answer" }]);
    vi.stubEnv("PYGEN_LOG", "WARN");
    const loud = await clientOf([failure(503), { body: {} }]);
    await loud.http.request(list);
    expect(written).toHaveBeenCalledTimes(2);
  });
});
