import { inspect } from "node:util";
import { afterEach, describe, expect, test, vi } from "vitest";
import { token, tokenProvider } from "../../src/auth/index.js";
import { CredentialsError } from "../../src/errors/index.js";
import type { AccessToken, TokenRequest } from "../../src/http/index.js";
import { stopClock } from "../tools/stopped-clock.js";
import { clientOf } from "../tools/with-server.js";

const get = { method: "GET", path: "/models/spaces" } as const;
const unauthorized = { status: 401, body: { error: { code: 401, message: "Unauthorized" } } };

afterEach(() => vi.useRealTimers());

describe("token", () => {
  test("gives the token it was given", async () => {
    expect(await token("abc").getToken()).toEqual({ token: "abc" });
  });

  test("needs one", () => {
    expect(() => token("")).toThrow(expect.objectContaining({ code: "CREDENTIALS.MISSING" }));
  });

  test("a static token that is refused is final: there is no other", async () => {
    const { http, server } = await clientOf([unauthorized], { credentials: token("planted-token-1") });
    await expect(http.request(get)).rejects.toMatchObject({ code: "API.UNAUTHORIZED" });
    expect(server.received).toHaveLength(1);
  });

  test.each(["with space", "line\nend", "ümlaut"])(
    "a token that cannot stand in a header is refused and not shown: %j",
    async (bad) => {
      const { http } = await clientOf([{}], { credentials: token(bad) });
      const error: unknown = await http.request(get).catch((caught: unknown) => caught);
      expect(error).toMatchObject({ code: "CREDENTIALS.INVALID" });
      expect(inspect(error)).not.toContain(bad);
    },
  );
});

describe("tokenProvider", () => {
  const counting = (make: (count: number, request: TokenRequest) => string | AccessToken) => {
    const calls: TokenRequest[] = [];
    const source = async (request: TokenRequest) => {
      const count = calls.push(request);
      await Promise.resolve();
      return make(count, request);
    };
    return { calls, source };
  };

  test("is asked once for all that wait, and remembers", async () => {
    const { calls, source } = counting((count) => `token-${count}`);
    const provider = tokenProvider(source);
    const tokens = await Promise.all([provider.getToken(), provider.getToken(), provider.getToken({})]);
    expect(tokens.map(({ token: text }) => text)).toEqual(["token-1", "token-1", "token-1"]);
    expect((await provider.getToken()).token).toBe("token-1");
    expect(calls).toEqual([{ forceRefresh: false }]);
  });

  test("is asked again shortly before the end of a token", async () => {
    vi.useFakeTimers({ now: 1_000_000 });
    const { calls, source } = counting((count) => ({ token: `token-${count}`, expiresAt: Date.now() + 100_000 }));
    const provider = tokenProvider(source, { renewBefore: 10_000 });
    await provider.getToken();
    vi.setSystemTime(1_089_999);
    expect((await provider.getToken()).token).toBe("token-1");
    vi.setSystemTime(1_090_000);
    expect((await provider.getToken()).token).toBe("token-2");
    expect(calls).toHaveLength(2);
  });

  test("forced, it asks again, once for all that force, and not content with what was begun without force", async () => {
    const { calls, source } = counting((count, { forceRefresh }) => `${forceRefresh ? "new" : "old"}-${count}`);
    const provider = tokenProvider(source);
    const tokens = await Promise.all([
      provider.getToken(),
      provider.getToken({ forceRefresh: true }),
      provider.getToken({ forceRefresh: true }),
      provider.getToken(),
    ]);
    expect(tokens.map(({ token: text }) => text)).toEqual(["old-1", "new-2", "new-2", "new-2"]);
    expect(calls).toHaveLength(2);
    expect((await provider.getToken()).token).toBe("new-2");
  });

  test("a source that has not answered for a minute is given up by those who come then", async () => {
    vi.useFakeTimers({ now: 1_000_000 });
    let answer = (_token: string) => {};
    const hung = new Promise<string>((resolve) => {
      answer = resolve;
    });
    const { calls, source } = counting((count) => `token-${count}`);
    const provider = tokenProvider(async (request) =>
      calls.length === 0 ? source(request).then(() => hung) : source(request),
    );
    const first = provider.getToken();
    vi.setSystemTime(1_059_999);
    const second = provider.getToken();
    vi.setSystemTime(1_060_000);
    expect((await provider.getToken()).token).toBe("token-2");
    answer("late");
    expect((await Promise.all([first, second])).map(({ token: text }) => text)).toEqual(["late", "late"]);
    expect((await provider.getToken()).token).toBe("token-2");
    expect(calls).toHaveLength(2);
  });

  test("a failure keeps what the provider says, without secrets, and is not remembered", async () => {
    const planted = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2ln";
    let fail = true;
    const provider = tokenProvider(() => {
      if (fail) throw Object.assign(new Error(`tenant unknown, Bearer ${planted}`), { request: planted });
      return "good";
    });
    const error: unknown = await provider.getToken().catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: "CREDENTIALS.FAILED", message: expect.stringContaining("tenant unknown") });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(planted);
    fail = false;
    expect((await provider.getToken()).token).toBe("good");
  });

  test("what is thrown need not be an error; one of ours stays as it is", async () => {
    const mine = new CredentialsError("CREDENTIALS.FAILED", "mine");
    await expect(tokenProvider(() => Promise.reject("offline")).getToken()).rejects.toMatchObject({
      message: "The token provider failed: offline",
    });
    await expect(tokenProvider(() => Promise.reject(mine)).getToken()).rejects.toBe(mine);
  });

  test.each([[""], [{ token: "" }], [undefined], [{}]])("%j is no token", async (given) => {
    const provider = tokenProvider(() => given as string);
    await expect(provider.getToken()).rejects.toMatchObject({ code: "CREDENTIALS.MISSING" });
  });
});

describe("in the transport", () => {
  test("contract 2.2: after a 401 the token is refreshed and the call sent again, once", async () => {
    let count = 0;
    const credentials = tokenProvider(() => `planted-token-${++count}`);
    const { http, server } = await clientOf([unauthorized, { body: { ok: 1 } }], { credentials });
    expect(await http.request(get)).toEqual({ ok: 1 });
    expect(server.received.map(({ headers }) => headers.authorization)).toEqual([
      "Bearer planted-token-1",
      "Bearer planted-token-2",
    ]);
    const stubborn = await clientOf([unauthorized], { credentials });
    await expect(stubborn.http.request(get)).rejects.toMatchObject({ code: "API.UNAUTHORIZED" });
    expect(stubborn.server.received).toHaveLength(2);
  });

  test("an expired token under 200 parallel calls is refreshed once", async () => {
    const forced: TokenRequest[] = [];
    let current = "planted-old";
    const credentials = {
      getToken: async (request: TokenRequest = {}) => {
        if (request.forceRefresh) {
          forced.push(request);
          await new Promise((resolve) => setTimeout(resolve, 30));
          current = "planted-new";
        }
        return { token: current };
      },
    };
    const { http } = await clientOf(
      ({ headers }) => (headers.authorization === "Bearer planted-new" ? { body: { ok: 1 } } : unauthorized),
      { credentials, concurrency: { schema: 20 } },
    );
    const answers = await Promise.all(Array.from({ length: 200 }, () => http.request(get)));
    expect(answers).toHaveLength(200);
    expect(forced).toHaveLength(1);
  });

  test("a 401 that comes late uses the token that was fetched meanwhile", async () => {
    let count = 0;
    const credentials = tokenProvider(() => `planted-token-${++count}`);
    const { http } = await clientOf(
      ({ headers, url }) =>
        headers.authorization === "Bearer planted-token-1"
          ? { ...unauthorized, delay: url.includes("slow") ? 100 : 0 }
          : { body: { ok: 1 } },
      { credentials },
    );
    await Promise.all([http.request(get), http.request({ ...get, query: { slow: true } })]);
    expect(count).toBe(2);
  });

  test("a refresh that fails is the error; one that is aborted ends the call", async () => {
    const failing = {
      getToken: async (request?: TokenRequest) => {
        if (request?.forceRefresh) throw new Error("signed out");
        return { token: "planted-token-1" };
      },
    };
    const { http } = await clientOf([unauthorized], { credentials: failing });
    await expect(http.request(get)).rejects.toMatchObject({
      code: "CREDENTIALS.FAILED",
      message: expect.stringContaining("signed out"),
    });
    const hanging = {
      getToken: (request?: TokenRequest) =>
        request?.forceRefresh ? new Promise<never>(() => {}) : Promise.resolve({ token: "planted-token-1" }),
    };
    const slow = await clientOf([unauthorized], { credentials: hanging });
    const controller = new AbortController();
    setTimeout(() => controller.abort("enough"), 100);
    await expect(slow.http.request({ ...get, signal: controller.signal })).rejects.toMatchObject({
      code: "ABORT.SIGNAL",
      reason: "enough",
    });
    await expect(slow.http.request({ ...get, timeout: 100 })).rejects.toMatchObject({ code: "TIMEOUT.TOTAL" });
  });

  test("a refresh that hangs is given up with the last call that waits for it, so that later ones are not lost", async () => {
    let forced = 0;
    let current = "planted-old";
    const credentials = {
      getToken: async (request?: TokenRequest) => {
        if (request?.forceRefresh) {
          forced += 1;
          if (forced === 1) return new Promise<never>(() => {});
          current = "planted-new";
        }
        return { token: current };
      },
    };
    const fetch = async ({ headers }: Request) =>
      headers.get("authorization") === "Bearer planted-new"
        ? Response.json({ ok: 1 })
        : Response.json(unauthorized.body, { status: unauthorized.status });
    const { http } = await clientOf([], { credentials, fetch });
    stopClock();
    const calls = Promise.allSettled([1, 2].map(() => http.request({ ...get, timeout: 200 })));
    await vi.advanceTimersByTimeAsync(200);
    const hung = await calls;
    expect(hung).toMatchObject(Array(2).fill({ reason: { code: "TIMEOUT.TOTAL" } }));
    expect(forced).toBe(1);
    expect(await http.request(get)).toEqual({ ok: 1 });
    expect(forced).toBe(2);
  });

  test("credentials of one's own that fail or give nothing are named as the cause", async () => {
    const give = (getToken: () => Promise<never>) => clientOf([{}], { credentials: { getToken } });
    const rude = await give(() => Promise.reject("offline"));
    await expect(rude.http.request(get)).rejects.toMatchObject({ message: "The credentials gave no token: offline" });
    const empty = await give(async () => ({ token: "" }) as never);
    await expect(empty.http.request(get)).rejects.toMatchObject({ code: "CREDENTIALS.MISSING" });
  });
});
