import fc from "fast-check";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { RateLimit, TokenBucket } from "../../src/http/rate-limit.js";
import { stopClock } from "../tools/stopped-clock.js";

describe("a token bucket", () => {
  test("gives its burst at once, then one token after another, and never saves up more than the burst", () => {
    const bucket = new TokenBucket({ perSecond: 10, burst: 3 });
    expect([0, 0, 0, 0].map((now) => bucket.take(now))).toEqual([0, 0, 0, 100]);
    expect(bucket.take(60)).toBeCloseTo(40);
    expect(bucket.take(100)).toBe(0);
    expect([9_000, 9_000, 9_000].map((now) => bucket.take(now))).toEqual([0, 0, 0]);
    expect(bucket.take(9_000)).toBeCloseTo(100);
  });

  test("any rate, burst and arrivals: no window has more than the burst and the rate allow, and nobody waits in vain", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 1_000, noNaN: true }),
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 60 }),
        (perSecond, burst, gaps) => {
          const bucket = new TokenBucket({ perSecond, burst });
          const taken: number[] = [];
          let now = 0;
          for (const gap of gaps) {
            now += gap;
            const wait = bucket.take(now);
            if (wait > 0) {
              now += wait;
              expect(bucket.take(now)).toBe(0);
            }
            taken.push(now);
          }
          for (const [from, start] of taken.entries()) {
            for (const [to, end] of taken.entries()) {
              if (to < from) continue;
              expect(to - from + 1).toBeLessThanOrEqual(burst + ((end - start) / 1_000) * perSecond + 1e-3);
            }
          }
        },
      ),
    );
  });
});

describe("a rate limit", () => {
  beforeEach(() => stopClock());

  test("lets those that wait pass in their order, at the rate", async () => {
    const rate = new RateLimit({ perSecond: 100, burst: 2 });
    const passed: [number, number][] = [];
    const started = performance.now();
    for (const number of [0, 1, 2, 3, 4, 5]) {
      void rate.take().then(() => passed.push([number, performance.now() - started]));
    }
    await vi.advanceTimersByTimeAsync(1_000);
    expect(passed).toEqual([
      [0, 0],
      [1, 0],
      [2, 10],
      [3, 20],
      [4, 30],
      [5, 40],
    ]);
  });

  test("who is aborted leaves at once, takes no token, and holds up nobody", async () => {
    const rate = new RateLimit({ perSecond: 10 });
    const controller = new AbortController();
    await rate.take();
    const started = performance.now();
    const leaving = [1, 2, 3].map(() => rate.take(controller.signal));
    const staying = rate.take().then(() => performance.now() - started);
    controller.abort("enough");
    for (const gone of leaving) await expect(gone).rejects.toBe("enough");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await staying).toBe(100);
    await expect(rate.take(AbortSignal.abort("no"))).rejects.toBe("no");
  });
});
