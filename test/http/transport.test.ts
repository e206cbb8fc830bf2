import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Outgoing, Transport } from "../../src/http/index.js";
import { spacesPage } from "../../src/models/responses/index.js";
import { clientOf } from "../tools/with-server.js";

const get = { method: "GET", path: "/models/spaces" } as const;
const list = { method: "POST", path: "/models/instances/list", body: { limit: 1 } } as const;
const failure = (status: number) => ({ status, body: { error: { code: status, message: "text" } } });
const text = (length: number) => ({ text: "x".repeat(length) });

describe("bodies", () => {
  test.each([
    ["long ones are packed", undefined, 20_000, true],
    ["short ones are not", undefined, 1_000, false],
    ["none, where that is wanted", false, 20_000, false],
    ["all above one's own threshold", { threshold: 100 }, 200, true],
  ] as const)("%s", async (_name, compression, length, packed) => {
    const { http, server } = await clientOf([{ body: {} }], { compression });
    await http.request({ ...list, body: text(length) });
    expect(server.received[0]?.body).toEqual(text(length));
    expect(server.received[0]?.headers["content-encoding"]).toBe(packed ? "gzip" : undefined);
    expect(server.received[0]?.headers["content-type"]).toBe("application/json");
    const sent = Number(server.received[0]?.headers["content-length"]);
    if (packed) expect(sent).toBeLessThan(length);
    else expect(sent).toBeGreaterThan(length);
  });

  test("are not packed in a browser unless that is asked for, since the service may not allow the header", async () => {
    Object.assign(globalThis, { document: {} });
    try {
      const careful = await clientOf([{ body: {} }]);
      await careful.http.request({ ...list, body: text(20_000) });
      expect(careful.server.received[0]?.headers["content-encoding"]).toBeUndefined();
      const asked = await clientOf([{ body: {} }], { compression: true });
      await asked.http.request({ ...list, body: text(20_000) });
      expect(asked.server.received[0]?.headers["content-encoding"]).toBe("gzip");
    } finally {
      Reflect.deleteProperty(globalThis, "document");
    }
  });

  test("are written and packed once for all attempts, and not before their turn", async () => {
    const done: string[] = [];
    const compress = async (given: string) => {
      done.push("packed");
      return new Uint8Array(gzipSync(given));
    };
    const body = {
      toJSON: () => {
        done.push("written");
        return "x";
      },
    };
    const { http, server } = await clientOf([failure(503), { body: {} }], {
      transport: { fetch: globalThis.fetch, compress },
      compression: { threshold: 1 },
      concurrency: { read: 1 },
    });
    const controller = new AbortController();
    const first = http.request({ ...list, body });
    const waiting = http.request({ ...list, body, signal: controller.signal }).catch(() => "aborted");
    controller.abort();
    expect([await first, await waiting]).toEqual([{}, "aborted"]);
    expect(done).toEqual(["written", "packed"]);
    expect(server.received.map((request) => request.body)).toEqual(["x", "x"]);
  });

  test("a transport may refuse to pack", async () => {
    const { http, server } = await clientOf([{ body: {} }], {
      transport: { fetch: globalThis.fetch, compress: false },
      compression: true,
    });
    await http.request({ ...list, body: text(20_000) });
    expect(server.received[0]?.headers["content-encoding"]).toBeUndefined();
  });

  test("one that cannot be packed is an error of input", async () => {
    const compress = () => Promise.reject(new Error("no memory"));
    const { http } = await clientOf([{}], { transport: { fetch: globalThis.fetch, compress }, compression: true });
    await expect(http.request({ ...list, body: text(20_000) })).rejects.toMatchObject({
      code: "INPUT.BODY",
      message: expect.stringContaining("no memory"),
    });
  });
});

describe("a transport", () => {
  const exchanging = (more: Partial<Transport> = {}, statuses: number[] = []) => {
    const sent: Outgoing[] = [];
    const transport: Transport = {
      fetch: globalThis.fetch,
      exchange: async (outgoing) => {
        sent.push(outgoing);
        const status = statuses.shift() ?? 200;
        return { status, headers: new Headers(), text: '{"items":[]}' };
      },
      ...more,
    };
    return { sent, transport };
  };

  test("with an exchange of its own gets bodies as text, and whole answers are taken from it", async () => {
    const { sent, transport } = exchanging();
    const { http, server } = await clientOf([], { transport });
    expect(await http.request(list)).toEqual({ items: [] });
    expect(sent).toMatchObject([
      {
        method: "POST",
        url: `${server.url}/api/v1/projects/acme/models/instances/list`,
        body: '{"limit":1}',
        headers: { authorization: "Bearer planted-token-1", "content-type": "application/json" },
      },
    ]);
    const packing = exchanging({ compress: async () => new Uint8Array([1]) });
    const other = await clientOf([], { transport: packing.transport, compression: { threshold: 1 } });
    await other.http.request(list);
    expect(packing.sent[0]?.body).toEqual(new Uint8Array([1]));
  });

  test("that signs gets no token and no credentials are asked", async () => {
    const { sent, transport } = exchanging({ signsRequests: true }, [401, 200]);
    const { http } = await clientOf([], { transport, credentials: undefined });
    await expect(http.request(get)).rejects.toMatchObject({ name: "UnauthorizedError" });
    expect(sent).toHaveLength(1);
    expect(sent[0]?.headers["authorization"]).toBeUndefined();
  });

  test("that repeats is given each call once, with no refresh of the token", async () => {
    for (const status of [503, 429, 401]) {
      const { sent, transport } = exchanging({ repeatsRequests: true }, [status]);
      const { http } = await clientOf([], { transport });
      await expect(http.request(get)).rejects.toMatchObject({ status });
      expect(sent).toHaveLength(1);
    }
  });

  test("is called as the object it is", async () => {
    class Own implements Transport {
      readonly #answer = Response.json({ own: true });
      fetch(): Promise<Response> {
        return Promise.resolve(this.#answer);
      }
    }
    const { http } = await clientOf([], { transport: new Own() });
    expect(await http.request(get)).toEqual({ own: true });
  });
});

describe("close", () => {
  test("stops what is under way or waits, refuses later calls, and closes the transport once", async () => {
    let closed = 0;
    const transport: Transport = {
      fetch: globalThis.fetch,
      close: async () => {
        closed += 1;
      },
    };
    const { http, server } = await clientOf([{ delay: 10_000 }], { transport, concurrency: { schema: 1 } });
    const calls = [http.request(get), http.request(get), http.transfer({ method: "GET", url: `${server.url}/x` })];
    await expect.poll(() => server.received.length).toBe(2);
    await http.close();
    await http.close();
    const outcomes = await Promise.allSettled([...calls, http.request(get)]);
    expect(outcomes.map((outcome) => outcome.status === "rejected" && outcome.reason)).toMatchObject([
      { name: "AbortError", code: "ABORT.CLOSED", outcome: "unknown", message: "The client was closed." },
      { code: "ABORT.CLOSED", outcome: "unsent" },
      { code: "ABORT.CLOSED", outcome: "unknown" },
      { code: "ABORT.CLOSED", outcome: "unsent" },
    ]);
    expect(closed).toBe(1);
    expect(server.received).toHaveLength(2);
  });

  test("comes by itself at the end of `await using`", async () => {
    const { http } = await clientOf([]);
    await http[Symbol.asyncDispose]();
    await expect(http.request(get)).rejects.toMatchObject({ code: "ABORT.CLOSED" });
  });
});

describe("validation of answers", () => {
  const wrong = { items: [{ space: 1 }] };
  const call = { ...get, schema: spacesPage };

  test("strict fails, warn logs and passes the value on, off does not look", async () => {
    const lines: unknown[] = [];
    const note = (message: string, fields?: object) => lines.push([message, fields]);
    const logger = { debug: () => {}, info: () => {}, warn: note, error: note };
    const script = [{ body: wrong, headers: { "x-request-id": "r1" } }];
    const strict = await clientOf(script, { logger });
    await expect(strict.http.request(call)).rejects.toMatchObject({ code: "RESPONSE.SCHEMA", path: "items[0].space" });
    expect(lines).toEqual([]);
    const warning = await clientOf(script, { logger, validation: "warn" });
    expect(await warning.http.request(call)).toEqual(wrong);
    expect(lines).toMatchObject([[expect.stringContaining("at items[0].space"), { requestId: "r1" }]]);
    const off = await clientOf(script, { logger, validation: "off" });
    expect(await off.http.request(call)).toEqual(wrong);
    expect(lines).toHaveLength(1);
    const echo = await clientOf([{ body: { items: "planted-token-1" } }], { logger, validation: "warn" });
    await echo.http.request(call);
    expect(JSON.stringify(lines)).toContain("[redacted]");
    expect(JSON.stringify(lines)).not.toContain("planted");
  });
});

describe("onBody", () => {
  test("sees the text before it is read, is waited for, and sees it again when the answer was cut off", async () => {
    const { http } = await clientOf([{ body: '{"a":' }, { body: { a: 1 } }]);
    const seen: string[] = [];
    const value = await http.request({
      ...get,
      parse: (given) => {
        seen.push(`parse ${given}`);
        return JSON.parse(given);
      },
      onBody: async (given) => {
        await Promise.resolve();
        seen.push(`body ${given}`);
      },
    });
    expect(value).toEqual({ a: 1 });
    expect(seen).toEqual(['body {"a":', 'parse {"a":', 'body {"a":1}', 'parse {"a":1}']);
  });

  test("does not see refusals", async () => {
    const { http } = await clientOf([failure(400)]);
    const seen: string[] = [];
    await http.request({ ...get, onBody: (given) => void seen.push(given) }).catch(() => {});
    expect(seen).toEqual([]);
  });
});
