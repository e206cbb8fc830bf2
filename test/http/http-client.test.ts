import { readFileSync } from "node:fs";
import { inspect } from "node:util";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { AbortError } from "../../src/errors/index.js";
import { parseJson, VERSION } from "../../src/models/index.js";
import { spacesPage } from "../../src/models/responses/index.js";
import { gate } from "../tools/gate.js";
import type { Script } from "../tools/scripted-server.js";
import { stopClock } from "../tools/stopped-clock.js";
import { clientOf } from "../tools/with-server.js";

const get = { method: "GET", path: "/models/spaces" } as const;
const list = { method: "POST", path: "/models/instances/list", body: {} } as const;
const upsert = { method: "POST", path: "/models/instances", body: { items: [] } } as const;
const other = { method: "POST", path: "/somewhere/else", body: {} } as const;

const failure = (status: number, message = "text", more: object = {}) => ({
  status,
  body: { error: { code: status, message, ...more } },
});

describe("options of a call", () => {
  test.each([
    ["INPUT.TIMEOUT", "timeout", { timeout: "5s" }],
    ["INPUT.TIMEOUT", "timeout", { timeout: -1 }],
    ["INPUT.TIMEOUT", "timeout", { timeout: Number.NaN }],
    ["INPUT.TIMEOUT", "timeout", { timeout: { attempt: 0 } }],
    ["INPUT.SIGNAL", "signal", { signal: new AbortController() }],
  ])("%s: a wrong %s is named before anything is sent", async (code, path, options) => {
    const { http, server } = await clientOf([{ body: {} }]);
    await expect(http.request({ ...get, ...(options as object) })).rejects.toMatchObject({ code, path });
    expect(server.received).toEqual([]);
  });
});

describe("requests", () => {
  test("contract 1.1, 1.5: address, headers and body", async () => {
    const { http, server } = await clientOf([{ body: { items: [] } }]);
    await http.request({
      ...list,
      query: { limit: 5, flag: true, usedFor: ["node", "edge"], none: undefined, text: "a&b" },
      body: { a: [1, "ö"] },
    });
    const [request] = server.received;
    expect(request).toMatchObject({
      method: "POST",
      url: "/api/v1/projects/acme/models/instances/list?limit=5&flag=true&usedFor=node&usedFor=edge&text=a%26b",
      body: { a: [1, "ö"] },
    });
    expect(request?.headers).toMatchObject({
      authorization: "Bearer planted-token-1",
      accept: "application/json",
      "content-type": "application/json",
      "x-cdp-app": "tests",
      "x-cdp-sdk": `pygen:${VERSION}`,
    });
  });

  test("a path below /api/ is not within the project; a slash at the end of the address does no harm", async () => {
    const { http, server } = await clientOf([{ body: { a: 1 } }]);
    expect(await http.request({ method: "GET", path: "/api/v1/token/inspect" })).toEqual({ a: 1 });
    expect(server.received[0]?.url).toBe("/api/v1/token/inspect");
    expect(server.received[0]?.headers["content-type"]).toBeUndefined();
  });

  test("the version that is sent is the package's", () => {
    const manifest: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
    expect(manifest).toMatchObject({ version: VERSION });
  });

  test("an answer with nothing in it is undefined", async () => {
    const { http } = await clientOf([{ status: 204, body: "" }]);
    expect(await http.request(get)).toBeUndefined();
  });

  test("a body that JSON cannot hold is refused with the name of the call", async () => {
    const { http, server } = await clientOf([{}]);
    const cycle: Record<string, unknown> = {};
    cycle["self"] = cycle;
    await expect(http.request({ ...list, body: cycle })).rejects.toMatchObject({
      code: "INPUT.BODY",
      message: expect.stringContaining("POST /models/instances/list"),
    });
    expect(server.received).toHaveLength(0);
  });

  test("a body that was made ready before is sent as it is", async () => {
    const { http, server } = await clientOf([{}, {}], { compression: { threshold: 5 } });
    const request = { ...list, body: { instanceType: "edge" } };
    const body = http.prepare(request);
    await http.request(request);
    await http.request({ ...request, body });
    const [plain, ready] = server.received;
    expect(ready?.body).toEqual(plain?.body);
    expect(ready?.headers).toMatchObject({ "content-encoding": "gzip", "content-type": "application/json" });
  });

  test("a body that could not be made ready fails its request, and nothing else", async () => {
    const { http, server } = await clientOf([{}]);
    const request = { ...list, body: () => 1 };
    http.prepare(request);
    await expect(http.request({ ...request, body: http.prepare(request) })).rejects.toMatchObject({
      code: "INPUT.BODY",
      outcome: "unsent",
    });
    expect(server.received).toHaveLength(0);
  });

  test("E104: a bigint is sent as the digits of an integer", async () => {
    const sent: string[] = [];
    const { http } = await clientOf([], {
      fetch: async (request) => {
        sent.push(await request.text());
        return Response.json({});
      },
    });
    await http.request({ ...list, body: { n: 8238506972502594227n, list: [-9223372036854775808n, 1] } });
    expect(sent).toEqual(['{"n":8238506972502594227,"list":[-9223372036854775808,1]}']);
  });

  test("E104: integers beyond 2^53 of an answer are rounded, or exact where that is asked for", async () => {
    const body = '{"items":[8238506972502594227,3]}';
    const { http } = await clientOf([{ body }, { body }]);
    expect(await http.request(get)).toEqual({ items: [Number("8238506972502594227"), 3] });
    expect(await http.request({ ...get, parse: parseJson })).toEqual({ items: [8238506972502594227n, 3] });
  });

  test("an answer that is not JSON is refused as such where integers are read exactly", async () => {
    const { http } = await clientOf([{ body: "[8238506972502594227," }]);
    await expect(http.request({ ...get, parse: parseJson })).rejects.toMatchObject({ code: "RESPONSE.NOT_JSON" });
  });

  test("a fetch of one's own gets a Request", async () => {
    const seen: string[] = [];
    const { http } = await clientOf([], {
      fetch: async (request) => {
        seen.push(`${request.method} ${await request.text()}`);
        return Response.json({ items: [] });
      },
    });
    await http.request({ ...list, body: { x: 1 } });
    expect(seen).toEqual(['POST {"x":1}']);
  });
});

describe("refusals", () => {
  test("contract 2.1: the error has all that the answer tells", async () => {
    const body = failure(400, "bad", { missing: [{ space: "a" }], duplicated: [{ space: "b" }] });
    const { http, server } = await clientOf([{ ...body, headers: { "x-request-id": "req-1" } }]);
    await expect(http.request({ ...get, query: { limit: 1 } })).rejects.toMatchObject({
      name: "BadRequestError",
      code: "API.BAD_REQUEST",
      outcome: "refused",
      status: 400,
      message: "bad",
      requestId: "req-1",
      method: "GET",
      url: `${server.url}/api/v1/projects/acme/models/spaces?limit=1`,
      missing: [{ space: "a" }],
      duplicated: [{ space: "b" }],
    });
  });

  test.each([
    ["a string as error", { error: "gateway says no" }, "gateway says no"],
    ["a message alone", { message: "not here" }, "not here"],
    ["an error without code", { error: { message: "odd" } }, "odd"],
    ["nothing", "", "status 404 and nothing more"],
    ["HTML", "<html><style>b{}</style><body><h1>Not  Found</h1></body></html>", ": Not Found"],
    ["a list", [1], ": [1]"],
    ["a long text", "x".repeat(5_000), "xxx..."],
  ])("contract 2.1: a body that is %s", async (_name, body, message) => {
    const { http } = await clientOf([{ status: 404, body }]);
    await expect(http.request(get)).rejects.toMatchObject({
      code: "API.NOT_FOUND",
      message: expect.stringContaining(message),
    });
  });

  test.each([
    ["HTML", { body: "<html>login</html>", headers: { "content-type": "text/html" } }, "RESPONSE.NOT_JSON"],
    ["JSON of another form", { body: { items: [{ space: 1 }] } }, "RESPONSE.SCHEMA"],
    ["JSON that is no object", { body: "5" }, "RESPONSE.SCHEMA"],
  ])("a success that is %s is not taken for one", async (_name, reply, code) => {
    const { http, server } = await clientOf([reply]);
    await expect(http.request({ ...get, schema: spacesPage })).rejects.toMatchObject({ code, status: 200 });
    expect(server.received).toHaveLength(1);
  });

  test.each(['{"items":[{"sp', ""])(
    "a read whose answer is cut off (%j) is repeated, a call that may not be is not",
    async (body) => {
      const { http, server } = await clientOf([{ body }, { body: { items: [] } }, { body }]);
      expect(await http.request({ ...get, schema: spacesPage })).toEqual({ items: [] });
      expect(server.received).toHaveLength(2);
      await expect(http.request({ ...other, schema: spacesPage })).rejects.toMatchObject({
        code: "RESPONSE.NOT_JSON",
        outcome: "unknown",
        message: expect.stringContaining(body || ": nothing"),
      });
      expect(server.received).toHaveLength(3);
    },
  );

  test("the place in an answer of another form is named", async () => {
    const { http } = await clientOf([{ body: { items: [{ space: 1 }] } }]);
    await expect(http.request({ ...get, schema: spacesPage })).rejects.toMatchObject({ path: "items[0].space" });
  });

  test("redirects are not followed, so the token goes nowhere else", async () => {
    const { http: elsewhere, server: thief } = await clientOf([{}]);
    const { http } = await clientOf([{ status: 307, headers: { location: `${thief.url}/x` } }]);
    await expect(http.request(get)).rejects.toMatchObject({
      code: "RESPONSE.REDIRECT",
      message: expect.stringContaining(`${thief.url}/x`),
    });
    expect(thief.received).toHaveLength(0);
    expect(elsewhere.baseUrl).toBe(thief.url);
    const { http: aimless } = await clientOf([{ status: 304 }]);
    await expect(aimless.request(get)).rejects.toMatchObject({ message: "The service redirects." });
  });

  test("where a redirect leads is told without what may be secret in it", async () => {
    const { http } = await clientOf([
      { status: 302, headers: { location: "https://me:planted@x.test/y?sig=planted&a=1" } },
    ]);
    await expect(http.request(get)).rejects.toMatchObject({
      message: "The service redirects to https://x.test/y?sig=[redacted]&a=1.",
    });
  });

  test("the token is in no error, even when the service echoes it", async () => {
    const echo = { error: { code: 400, message: "token planted-token-1 is odd", missing: [{ t: "planted-token-1" }] } };
    const { http } = await clientOf([{ status: 400, body: echo }, { cut: "before" }]);
    for (const call of [get, { ...get, retry: { attempts: 1 } }]) {
      const error: unknown = await http.request(call).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(Error);
      expect(inspect(error, { depth: 20, showHidden: true }) + JSON.stringify(error)).not.toContain("planted-token-1");
    }
  });
});

describe("contract 2.4: retries", () => {
  test.each([429, 502, 503, 504])("a read goes on after %i", async (status) => {
    const { http, server } = await clientOf([failure(status), { body: { ok: 1 } }]);
    expect(await http.request(list)).toEqual({ ok: 1 });
    expect(server.received).toHaveLength(2);
    expect(server.received[1]?.body).toEqual({});
  });

  test.each(["before", "within"] as const)(
    "a read and an upsert go on after a connection cut %s the answer",
    async (cut) => {
      for (const call of [get, list, upsert]) {
        const { http, server } = await clientOf([{ cut, body: { ok: 0 } }, { body: { ok: 1 } }]);
        expect(await http.request(call)).toEqual({ ok: 1 });
        expect(server.received).toHaveLength(2);
      }
    },
  );

  test.each([400, 403, 404, 409, 500])("%i is final", async (status) => {
    const { http, server } = await clientOf([failure(status)]);
    await expect(http.request(get)).rejects.toMatchObject({ status });
    expect(server.received).toHaveLength(1);
  });

  test("500 is repeated when the service marks it, in the body or in a header", async () => {
    const marked = [
      failure(500, "x", { isAutoRetryable: true }),
      { status: 500, headers: { "cdf-is-auto-retryable": "true" } },
    ];
    for (const reply of marked) {
      const { http, server } = await clientOf([reply, { body: {} }]);
      await http.request(other);
      expect(server.received).toHaveLength(2);
    }
  });

  test.each(["list", "query", "sync", "search", "aggregate", "byids", "delete", ""])(
    "408 of instances/%s is left to the caller, who asks for less; outcome unknown",
    async (call) => {
      const { http, server } = await clientOf([failure(408, "Graph query timed out.")]);
      await expect(http.request({ ...list, path: `/models/instances${call && `/${call}`}` })).rejects.toMatchObject({
        code: "API.TIMEOUT",
        outcome: "unknown",
        hint: expect.stringContaining("Ask for less"),
      });
      expect(server.received).toHaveLength(1);
    },
  );

  test("408 of a call on schemas is repeated", async () => {
    const { http, server } = await clientOf([failure(408), { body: {} }]);
    await http.request({ ...list, path: "/models/views/byids" });
    expect(server.received).toHaveLength(2);
  });

  test("a call that is not idempotent is repeated only when the service did nothing", async () => {
    const { http, server } = await clientOf([failure(429), { cut: "before" }]);
    await expect(http.request(other)).rejects.toMatchObject({ code: "NETWORK.FAILED" });
    expect(server.received).toHaveLength(2);
    await expect(http.request({ ...upsert, idempotent: false })).rejects.toMatchObject({ code: "NETWORK.FAILED" });
    expect(server.received).toHaveLength(3);
  });

  test("attempts are bounded, and the error tells how many there were", async () => {
    const { http, server } = await clientOf([failure(503)], { retry: { attempts: 3, baseDelay: 1 } });
    await expect(http.request(get)).rejects.toMatchObject({ code: "API.SERVER", hint: "Sent 3 times." });
    expect(server.received).toHaveLength(3);
  });

  test.each([
    ["seconds", () => "0.15"],
    ["a date", () => new Date(Date.now() + 2_000).toUTCString()],
  ])("no retry comes before Retry-After, given as %s", async (_form, write) => {
    const header = write();
    const asked = header === "0.15" ? 150 : Date.parse(header) - Date.now();
    const { http, server } = await clientOf([{ ...failure(503), headers: { "retry-after": header } }, { body: {} }]);
    const started = performance.now();
    await http.request(get);
    expect((server.received[1]?.at ?? 0) - started).toBeGreaterThanOrEqual(asked - 5);
  });

  test("a Retry-After beyond the total time ends the call at once", async () => {
    const { http, server } = await clientOf([{ ...failure(429), headers: { "retry-after": "3600" } }]);
    // To wait for the end of the total time would take longer than a test may.
    await expect(http.request({ ...get, timeout: 3_000_000 })).rejects.toMatchObject({
      code: "API.RATE_LIMITED",
      hint: expect.stringContaining("3600000 ms, which the service asks for, would exceed the total time"),
    });
    expect(server.received).toHaveLength(1);
  });

  test("the short wait of a throttled lane is not taken over by failures after it", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0.5);
    onTestFinished(() => void vi.restoreAllMocks());
    const waits: number[] = [];
    const answers = [{ body: {} }, failure(429), { cut: "before" } as const, { body: {} }];
    const first = gate();
    const script: Script = async (_request, index) => {
      if (index === 0) await first.pass();
      return answers[index] ?? {};
    };
    const { http } = await clientOf(script, {
      retry: { baseDelay: 40 },
      hooks: {
        onRetry: ({ waitMilliseconds }) => {
          waits.push(waitMilliseconds);
          first.open();
        },
      },
    });
    await Promise.all([http.request(list), http.request(list)]);
    expect(waits).toEqual([2, 40]);
  });

  test("a server that is not there is a network error with the reason", async () => {
    const { http, server } = await clientOf([{}]);
    await server.close();
    await expect(http.request(get)).rejects.toMatchObject({
      code: "NETWORK.FAILED",
      message: expect.stringContaining("ECONNREFUSED"),
      hint: "Sent 6 times.",
    });
  });

  test("whatever a fetch of one's own throws is a network error", async () => {
    const { http } = await clientOf([], { fetch: () => Promise.reject("no network"), retry: { attempts: 1 } });
    await expect(http.request(get)).rejects.toMatchObject({ message: "The connection failed: no network" });
  });
});

describe("time limits", () => {
  test.each([
    ["headers", { delay: 10_000 }],
    ["body", { stall: true, body: { a: 1 } }],
  ])("an attempt is bounded while it waits for the %s, and repeated", async (_name, slow) => {
    const repeated = new Set<string>();
    const { http, server } = await clientOf([slow, { body: { ok: 1 } }], {
      retry: { attempts: 1_000, baseDelay: 1 },
      timeout: { attempt: 100, total: Number.POSITIVE_INFINITY },
      hooks: { onRetry: ({ code }) => repeated.add(code) },
    });
    expect(await http.request(get)).toEqual({ ok: 1 });
    expect([...repeated]).toEqual(["TIMEOUT.ATTEMPT"]);
    // On a busy machine others may run out of time too.
    expect(server.received.length).toBeGreaterThanOrEqual(2);
  });

  test("attempts that all run out of time end in TIMEOUT.ATTEMPT", async () => {
    const { http } = await clientOf([{ stall: true }], {
      retry: { attempts: 2, baseDelay: 1 },
      timeout: { attempt: 50 },
    });
    await expect(http.request(get)).rejects.toMatchObject({ name: "TimeoutError", code: "TIMEOUT.ATTEMPT" });
  });

  test("the total bounds all attempts", async () => {
    const { http } = await clientOf([{ stall: true }], { timeout: 100 });
    await expect(http.request(get)).rejects.toMatchObject({
      code: "TIMEOUT.TOTAL",
      message: expect.stringContaining("100 ms"),
    });
  });

  test("a fetch that ignores its signal is bounded too, and so are credentials", async () => {
    const never = () => new Promise<never>(() => {});
    const deaf = await clientOf([], { fetch: never, timeout: 50 });
    await expect(deaf.http.request(get)).rejects.toMatchObject({ code: "TIMEOUT.TOTAL" });
    const mute = await clientOf([], { credentials: { getToken: never }, timeout: 50 });
    await expect(mute.http.request(get)).rejects.toMatchObject({
      code: "TIMEOUT.TOTAL",
      message: "The credentials gave no token within 50 ms.",
      outcome: "unsent",
    });
  });

  test("bounds what is asked before a call is sent again, and nothing is sent after it", async () => {
    stopClock();
    let sent = 0;
    const fetch = async (): Promise<never> => {
      sent += 1;
      throw new TypeError("cut");
    };
    const { http } = await clientOf([], { fetch });
    const signals: AbortSignal[] = [];
    const settle = (signal: AbortSignal) => {
      signals.push(signal);
      return new Promise<undefined>((resolve) => signal.addEventListener("abort", () => resolve(undefined)));
    };
    const refused = expect(http.request({ ...upsert, settle, timeout: 200 })).rejects.toMatchObject({
      code: "TIMEOUT.TOTAL",
      outcome: "unknown",
      cause: { code: "NETWORK.FAILED" },
    });
    await vi.advanceTimersByTimeAsync(1_000);
    await refused;
    expect(signals).toHaveLength(1);
    expect(sent).toBe(1);
  });
});

describe("aborts reject with AbortError, which has the signal's reason", () => {
  const reason = { mine: true };
  const aborted = async (call: Promise<unknown>, outcome: string) => {
    const error: unknown = await call.catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: "AbortError", code: "ABORT.SIGNAL", outcome });
    expect((error as AbortError).reason).toBe(reason);
  };
  test.each([
    ["waits for headers", [{ delay: 10_000 }], "unknown"],
    ["reads the body", [{ stall: true }], "unknown"],
    ["waits to repeat", [{ ...failure(429), headers: { "retry-after": "30" } }], "refused"],
  ])("while a call %s", async (_name, script, outcome) => {
    const controller = new AbortController();
    let waits = false;
    const hooks = {
      onRetry: () => {
        waits = true;
      },
    };
    const { http, server } = await clientOf(script, { hooks });
    const call = aborted(http.request({ ...get, signal: controller.signal }), outcome);
    await expect.poll(() => server.received.length).toBe(1);
    await expect.poll(() => waits).toBe(outcome === "refused");
    controller.abort(reason);
    await call;
    expect(server.received).toHaveLength(1);
  });

  test("before it began: nothing is sent", async () => {
    const { http, server } = await clientOf([{}]);
    await aborted(http.request({ ...get, signal: AbortSignal.abort(reason) }), "unsent");
    expect(server.received).toHaveLength(0);
  });

  test("while it waits for its turn: it is never sent", async () => {
    const answers = gate();
    const script: Script = () => answers.pass().then(() => ({ body: {} }));
    const { http, server } = await clientOf(script, { concurrency: { schema: 1 } });
    const controller = new AbortController();
    const first = http.request(get);
    const second = aborted(http.request({ ...get, signal: controller.signal }), "unsent");
    await expect.poll(() => server.received.length).toBe(1);
    controller.abort(reason);
    await second;
    answers.open();
    await first;
    await http.request(get);
    expect(server.received).toHaveLength(2);
  });

  test("while the credentials are asked", async () => {
    const controller = new AbortController();
    const { http } = await clientOf([], {
      credentials: {
        getToken: (request) =>
          new Promise((_, reject) => {
            request?.signal?.addEventListener("abort", () => reject(new Error("x")));
            controller.abort(reason);
          }),
      },
    });
    await aborted(http.request({ ...get, signal: controller.signal }), "unsent");
  });

  test("however many calls follow a signal, there is one listener on it at most", async () => {
    const { http } = await clientOf([{ body: {} }]);
    const { signal } = new AbortController();
    let listeners = 0;
    let peak = 0;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listeners += 1;
      peak = Math.max(peak, listeners);
      add(...args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listeners -= 1;
      remove(...args);
    };
    await Promise.all(Array.from({ length: 20 }, () => http.request({ ...get, signal })));
    for (let i = 0; i < 5; i++) await http.request({ ...get, signal });
    expect(peak).toBe(1);
    expect(listeners).toBe(0);
  });
});

describe("contract 3.1: lanes", () => {
  /** Answers when so many requests have come, and takes some time for each. */
  const onceCome = (count: number): Script => {
    const all = gate(count);
    return () => all.pass().then(() => ({ delay: 10, body: {} }));
  };

  test.each([
    ["read", list, 8],
    ["write", upsert, 4],
    ["delete", { ...upsert, path: "/models/instances/delete" }, 2],
    ["schema", get, 2],
  ] as const)("at most the service's own limit of %s calls are under way", async (lane, call, limit) => {
    const { http, server } = await clientOf(onceCome(limit));
    expect(http.concurrency(lane)).toBe(limit);
    await Promise.all(Array.from({ length: 20 }, () => http.request(call)));
    expect(server.received).toHaveLength(20);
    expect(server.peak()).toBe(limit);
  });

  test("the limits can be set", async () => {
    const { http, server } = await clientOf(onceCome(3), { concurrency: { read: 3 } });
    await Promise.all(Array.from({ length: 9 }, () => http.request(list)));
    expect(server.peak()).toBe(3);
  });
});

describe("logs", () => {
  test("they tell ids and timings, not bodies and tokens, and respect the level", async () => {
    const lines: unknown[] = [];
    const write = (level: string) => (message: string, fields?: object) => lines.push({ level, message, ...fields });
    const logger = { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") };
    const script = [
      failure(503),
      { body: { secret: 1 }, headers: { "x-request-id": "r1" } },
      { cut: "before" } as const,
    ];
    const { http } = await clientOf(script, { logger, logLevel: "debug" });
    await http.request(list);
    await http.request({ ...list, retry: { attempts: 1 } }).catch(() => {});
    expect(lines).toMatchObject([
      { level: "debug", message: "answer", status: 503, attempt: 1, path: "/models/instances/list" },
      { level: "warn", message: "retry", code: "API.SERVER", attempt: 1 },
      { level: "debug", message: "answer", status: 200, attempt: 2, requestId: "r1" },
      { level: "debug", message: "no answer", code: "NETWORK.FAILED" },
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/planted|secret/);
    lines.length = 0;
    const quiet = await clientOf(script, { logger, logLevel: "warn" });
    await quiet.http.request(list);
    expect(lines).toMatchObject([{ message: "retry" }]);
  });
});
