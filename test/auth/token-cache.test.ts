import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { TokenCache, type TokenFetchRequest } from "../../src/auth/index.js";
import type { AccessToken } from "../../src/http/index.js";

const start = 1_700_000_000_000;

beforeEach(() => void vi.useFakeTimers({ now: start }));
afterEach(() => void vi.useRealTimers());

/** A source of tokens of a life, by a clock that differs from ours. */
function source(life: number | undefined, skew = 0) {
  const asked: TokenFetchRequest[] = [];
  const fetch = async (request: TokenFetchRequest): Promise<AccessToken> => {
    const count = asked.push(request);
    const token = `token-${count}`;
    return life === undefined ? { token } : { token, expiresAt: Date.now() + skew + life };
  };
  return { asked, fetch };
}

describe("TokenCache", () => {
  test("a token of any life is used for at least three quarters of it, and never after its end", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1_000, max: 86_400_000 }),
        fc.array(fc.integer({ min: 1, max: 4_000_000 }), { maxLength: 30 }),
        async (life, steps) => {
          const { asked, fetch } = source(life);
          const cache = new TokenCache(fetch);
          let madeAt = Date.now();
          let last = (await cache.getToken()).token;
          for (const step of steps) {
            vi.advanceTimersByTime(step);
            const { token, expiresAt = 0 } = await cache.getToken();
            const age = Date.now() - madeAt;
            if (token === last) expect(age).toBeLessThan(life - Math.min(60_000, life / 4));
            else expect(age).toBeGreaterThanOrEqual(life - Math.min(60_000, life / 4));
            expect(expiresAt).toBeGreaterThan(Date.now());
            if (token !== last) madeAt = Date.now();
            last = token;
          }
          expect(asked.length).toBeLessThanOrEqual(steps.length + 1);
        },
      ),
      { numRuns: 100 },
    );
  });

  test("a clock that is set, forward or back, never keeps a token beyond its life", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: -86_400_000, max: 86_400_000 }), async (jump) => {
        const { asked, fetch } = source(3_600_000);
        const cache = new TokenCache(fetch);
        await cache.getToken();
        vi.setSystemTime(Date.now() + jump);
        vi.advanceTimersByTime(3_600_000);
        await cache.getToken();
        expect(asked).toHaveLength(2);
      }),
      { numRuns: 50 },
    );
  });

  test("a token that ended already, by our clock, is used until it is refused instead of asked for at every call", async () => {
    const { asked, fetch } = source(3_600_000, -7_200_000);
    const cache = new TokenCache(fetch);
    for (let call = 0; call < 10; call += 1) await cache.getToken();
    expect(asked).toHaveLength(1);
    await cache.getToken({ forceRefresh: true });
    expect(asked).toHaveLength(2);
  });

  test("the margin is an option", async () => {
    const { asked, fetch } = source(3_600_000);
    const cache = new TokenCache(fetch, { renewBefore: 600_000 });
    await cache.getToken();
    vi.advanceTimersByTime(2_999_999);
    await cache.getToken();
    expect(asked).toHaveLength(1);
    vi.advanceTimersByTime(1);
    await cache.getToken();
    expect(asked).toHaveLength(2);
  });

  test("scopes have tokens of their own, in whatever order they are named", async () => {
    const { asked, fetch } = source(undefined);
    const cache = new TokenCache(fetch);
    const tokens = await Promise.all([
      cache.getToken({ scopes: ["a", "b"] }),
      cache.getToken({ scopes: ["b", "a"] }),
      cache.getToken({ scopes: ["__proto__"] }),
      cache.getToken(),
      cache.getToken({ scopes: [] }),
    ]);
    expect(tokens.map(({ token }) => token)).toEqual(["token-1", "token-1", "token-2", "token-3", "token-3"]);
    expect(asked.map(({ scopes }) => scopes)).toEqual([["a", "b"], ["__proto__"], undefined]);
  });

  test("a failure is for all that wait, and is not remembered", async () => {
    let fail = true;
    let asked = 0;
    const cache = new TokenCache(async () => {
      asked += 1;
      if (fail) throw new Error("down");
      return { token: "good" };
    });
    const calls = await Promise.allSettled([cache.getToken(), cache.getToken(), cache.getToken()]);
    expect(calls.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    fail = false;
    expect(await cache.getToken()).toEqual({ token: "good" });
    expect(asked).toBe(2);
  });

  describe("when calls are stopped", () => {
    const hanging = () => {
      const signals: AbortSignal[] = [];
      const answers: ((token: AccessToken) => void)[] = [];
      const fetch = ({ signal }: TokenFetchRequest): Promise<AccessToken> =>
        new Promise((resolve, reject) => {
          signals.push(signal);
          answers.push(resolve);
          signal.addEventListener("abort", () => reject(signal.reason));
        });
      return { signals, answers, fetch };
    };

    test("a request goes on while one call waits, and ends with the last", async () => {
      const { signals, fetch } = hanging();
      const cache = new TokenCache(fetch);
      const [one, two] = [new AbortController(), new AbortController()];
      const calls = [cache.getToken({ signal: one.signal }), cache.getToken({ signal: two.signal })];
      one.abort();
      await expect(calls[0]).rejects.toMatchObject({ code: "CREDENTIALS.CANCELLED" });
      expect(signals[0]?.aborted).toBe(false);
      two.abort();
      await expect(calls[1]).rejects.toMatchObject({ code: "CREDENTIALS.CANCELLED" });
      expect(signals[0]?.aborted).toBe(true);
    });

    test("who comes after begins anew", async () => {
      const { answers, fetch } = hanging();
      const cache = new TokenCache(fetch);
      const controller = new AbortController();
      const first = cache.getToken({ signal: controller.signal });
      controller.abort();
      const second = cache.getToken();
      answers[1]?.({ token: "second" });
      await expect(first).rejects.toMatchObject({ code: "CREDENTIALS.CANCELLED" });
      expect(await second).toEqual({ token: "second" });
      expect(await cache.getToken()).toEqual({ token: "second" });
    });

    test("running out of time does not end the request: the next call joins it", async () => {
      const { signals, answers, fetch } = hanging();
      const cache = new TokenCache(fetch);
      const first = cache.getToken({ signal: AbortSignal.abort(new DOMException("late", "TimeoutError")) });
      await expect(first).rejects.toMatchObject({ code: "CREDENTIALS.TIMEOUT" });
      const controller = new AbortController();
      const second = cache.getToken({ signal: controller.signal });
      controller.abort(new DOMException("late", "TimeoutError"));
      await expect(second).rejects.toMatchObject({ code: "CREDENTIALS.TIMEOUT" });
      expect(signals).toHaveLength(1);
      expect(signals[0]?.aborted).toBe(false);
      const third = cache.getToken();
      answers[0]?.({ token: "came" });
      expect(await third).toEqual({ token: "came" });
    });

    test("a signal that is aborted already gets nothing, not even what is there", async () => {
      const cache = new TokenCache(async () => ({ token: "there" }));
      await cache.getToken();
      await expect(cache.getToken({ signal: AbortSignal.abort() })).rejects.toMatchObject({
        code: "CREDENTIALS.CANCELLED",
      });
    });
  });
});
