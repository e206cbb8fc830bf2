import { inspect } from "node:util";
import { describe, expect, test, vi } from "vitest";
import { stopClock } from "../tools/stopped-clock.js";
import { clientOf } from "../tools/with-server.js";

// What the HTTP library does by itself and this client must not inherit from it.
const get = { method: "GET", path: "/models/spaces" } as const;
const post = { method: "POST", path: "/models/instances/list", body: { limit: 1 } } as const;
const failure = (status: number, headers: Readonly<Record<string, string>> = {}) => ({
  status,
  headers,
  body: { error: { code: status, message: "text" } },
});

describe("retries", () => {
  test.each([failure(503), { cut: "before" } as const])(
    "a POST is repeated, which it never does: %j",
    async (first) => {
      const { http, server } = await clientOf([first, { body: { ok: 1 } }]);
      expect(await http.request(post)).toEqual({ ok: 1 });
      expect(server.received.map(({ body }) => body)).toEqual([{ limit: 1 }, { limit: 1 }]);
    },
  );

  test("413 is final, which it repeats when the answer has a Retry-After", async () => {
    const { http, server } = await clientOf([failure(413, { "retry-after": "0" })]);
    await expect(http.request(get)).rejects.toMatchObject({ name: "TooLargeError", outcome: "refused" });
    expect(server.received).toHaveLength(1);
  });

  test("a 500 is final unless it is marked, which it repeats", async () => {
    const { http, server } = await clientOf([failure(500)]);
    await expect(http.request(get)).rejects.toMatchObject({ name: "ServerError" });
    expect(server.received).toHaveLength(1);
  });

  test.each([
    ["0.2", 502],
    ["0.2", 504],
    ["0.2", 500],
    ["1", 503],
  ])("Retry-After %s counts on a %i, where it takes whole seconds only, and not on all", async (header, status) => {
    const headers = { "retry-after": header, "cdf-is-auto-retryable": "true" };
    const { http, server } = await clientOf([failure(status, headers), { body: {} }]);
    await http.request(get);
    const [first, second] = server.received;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(Number(header) * 1_000 - 5);
  });

  test.each(["ratelimit-reset", "x-ratelimit-retry-after", "x-ratelimit-reset", "x-rate-limit-reset"])(
    "%s, which the service does not send, cannot park a call",
    async (name) => {
      const { http, server } = await clientOf([failure(429, { [name]: "3600" }), { body: {} }]);
      await http.request(get);
      expect(server.received).toHaveLength(2);
    },
  );

  test("a Retry-After beyond the total ends the call at once; it would wait out the rest", async () => {
    // Waiting, it would not end within the time of a test.
    const { http } = await clientOf([failure(503, { "retry-after": "3600" })], { timeout: 3_000_000 });
    await expect(http.request(get)).rejects.toMatchObject({ status: 503 });
  });

  test("each attempt has the token of its time, where its hooks run once for all", async () => {
    let asked = 0;
    const getToken = async () => {
      asked += 1;
      return { token: `token-${asked}` };
    };
    const { http, server } = await clientOf([failure(503), failure(503), { body: {} }], { credentials: { getToken } });
    await http.request(get);
    const sent = server.received.map(({ headers }) => headers.authorization);
    expect(sent).toEqual(["Bearer token-1", "Bearer token-2", "Bearer token-3"]);
  });

  test("a repeated body that was packed is the same", async () => {
    const body = { items: Array.from({ length: 1_000 }, (_, index) => `item ${index}`) };
    const { http, server } = await clientOf([failure(503), { cut: "before" }, { body: {} }]);
    await http.request({ ...post, body });
    expect(server.received.map((request) => request.body)).toEqual([body, body, body]);
    expect(new Set(server.received.map(({ headers }) => headers["content-length"])).size).toBe(1);
    expect(server.received[0]?.headers).toMatchObject({ "content-encoding": "gzip" });
    expect(server.received[0]?.headers["transfer-encoding"]).toBeUndefined();
  });
});

describe("time", () => {
  test("an answer may take longer than its 10 s", async () => {
    stopClock();
    let answer: ((response: Response) => void) | undefined;
    const { http } = await clientOf([], {
      fetch: () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    });
    const call = http.request(get);
    await vi.advanceTimersByTimeAsync(59_000);
    answer?.(Response.json({ ok: 1 }));
    expect(await call).toEqual({ ok: 1 });
  });

  test("a body that stalls after the headers is bounded, which it bounds only when it reads the body itself", async () => {
    const { http } = await clientOf([{ stall: true, body: { a: 1 } }], {
      timeout: { attempt: 80 },
      retry: { attempts: 1 },
    });
    await expect(http.request(post)).rejects.toMatchObject({ code: "TIMEOUT.ATTEMPT", outcome: "unknown" });
  });

  test("limits longer than a timer takes are no error", async () => {
    const { http } = await clientOf([{ body: { ok: 1 } }], {
      timeout: { attempt: Number.POSITIVE_INFINITY, total: 2 ** 40 },
    });
    expect(await http.request(get)).toEqual({ ok: 1 });
  });
});

describe("answers and errors", () => {
  test("an answer of failure is a failure though its own check of statuses is off", async () => {
    const { http } = await clientOf([failure(404)]);
    await expect(http.request(get)).rejects.toMatchObject({ name: "NotFoundError" });
  });

  test("no error shows the headers of the request or the secrets of its query, in inspect or JSON", async () => {
    const { http, server } = await clientOf([failure(400), { cut: "within" }, { body: "{" }, { stall: true }], {
      retry: { attempts: 1 },
    });
    for (const timeout of [60_000, 60_000, 60_000, 200]) {
      const error: unknown = await http
        .request({ ...post, query: { token: "planted-query" }, timeout })
        .catch((caught) => caught);
      const printed = inspect(error, { depth: 20, showHidden: true }) + JSON.stringify(error);
      expect(printed).not.toMatch(/planted/);
      expect(printed).toContain("token=[redacted]");
    }
    expect(server.received[0]?.url).toContain("planted-query");
  });

  test("a fetch of one's own gets one Request and nothing else, its body with a length", async () => {
    const seen: unknown[][] = [];
    const { http } = await clientOf([], {
      fetch: async (...given) => {
        seen.push(given);
        return Response.json({ items: [await given[0].json()] });
      },
    });
    expect(await http.request(post)).toEqual({ items: [{ limit: 1 }] });
    expect(seen).toHaveLength(1);
    expect(seen[0]).toHaveLength(1);
    expect(seen[0]?.[0]).toBeInstanceOf(Request);
  });

  test("the platform's fetch is looked up at each call, so that tools may replace it", async () => {
    const { http } = await clientOf([{ body: { ok: 1 } }]);
    const replaced = vi.spyOn(globalThis, "fetch").mockImplementation(async () => Response.json({ replaced: true }));
    try {
      expect(await http.request(get)).toEqual({ replaced: true });
    } finally {
      replaced.mockRestore();
    }
    expect(await http.request(get)).toEqual({ ok: 1 });
  });

  test("a content length that is too short gives cut-off JSON, which is repeated", async () => {
    const { http, server } = await clientOf([
      { body: { items: [1, 2, 3] }, headers: { "content-length": "9", connection: "close" } },
      { body: { ok: 1 } },
    ]);
    expect(await http.request(get)).toEqual({ ok: 1 });
    expect(server.received).toHaveLength(2);
  });
});
