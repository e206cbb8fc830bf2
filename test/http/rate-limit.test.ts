import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RateLimit, TokenBucket } from "../../src/http/rate-limit.js";

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
  test("lets those that wait pass in their order, at the rate", async () => {
    const rate = new RateLimit({ perSecond: 100, burst: 2 });
    const order: number[] = [];
    const started = performance.now();
    await Promise.all([0, 1, 2, 3, 4, 5].map((number) => rate.take().then(() => order.push(number))));
    expect(order).toEqual([0, 1, 2, 3, 4, 5]);
    // Timers may fire a little early.
    expect(performance.now() - started).toBeGreaterThan(38);
  });

  test("who is aborted leaves at once, takes no token, and holds up nobody", async () => {
    const rate = new RateLimit({ perSecond: 10 });
    const controller = new AbortController();
    await rate.take();
    const started = performance.now();
    const leaving = [1, 2, 3].map(() => rate.take(controller.signal));
    const staying = rate.take();
    controller.abort("enough");
    for (const gone of leaving) await expect(gone).rejects.toBe("enough");
    expect(performance.now() - started).toBeLessThan(80);
    await staying;
    expect(performance.now() - started).toBeLessThan(190);
    await expect(rate.take(AbortSignal.abort("no"))).rejects.toBe("no");
  });
});
