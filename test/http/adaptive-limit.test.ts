import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AdaptiveLimit } from "../../src/http/adaptive-limit.js";
import { backoffDelay, defaultRetry } from "../../src/http/backoff.js";

const rounds = (limit: AdaptiveLimit, count: number) => {
  for (let left = count * limit.limit(0); left > 0; left--) limit.succeeded(0);
};

describe("the limit that a lane learns", () => {
  test("a refusal lowers it to those that are still under way, at least 1 and at most one less", () => {
    const limit = new AdaptiveLimit(16);
    limit.throttled(12, 0);
    expect(limit.limit(0)).toBe(12);
    limit.throttled(12, 0);
    expect(limit.limit(0)).toBe(11);
    limit.throttled(0, 0);
    expect(limit.limit(0)).toBe(1);
    limit.throttled(0, 0);
    expect(limit.limit(0)).toBe(1);
  });

  test("it tries one more after 8 rounds, then after 16, when that is refused", () => {
    const limit = new AdaptiveLimit(16);
    limit.throttled(2, 0);
    for (const wait of [8, 16, 32, 64, 128, 128]) {
      rounds(limit, wait - 1);
      expect(limit.limit(0)).toBe(2);
      rounds(limit, 1);
      expect(limit.limit(0)).toBe(3);
      limit.throttled(2, 0);
    }
  });

  test("when one more holds it grows every round, up to what was configured and no further", () => {
    const limit = new AdaptiveLimit(5);
    limit.throttled(1, 0);
    rounds(limit, 8);
    expect(limit.limit(0)).toBe(2);
    const seen = Array.from({ length: 8 }, () => {
      rounds(limit, 1);
      return limit.limit(0);
    });
    expect(seen).toEqual([3, 4, 5, 5, 5, 5, 5, 5]);
  });

  test("a lane that nobody used for a minute forgets", () => {
    const limit = new AdaptiveLimit(8);
    limit.throttled(1, 1_000);
    expect(limit.limit(61_000)).toBe(1);
    expect(limit.limit(61_001)).toBe(8);
  });
});

/** A server that works on `admits` requests at once, and a lane in front of it; time is counted, not waited for. */
function simulate(plan: {
  admits: number;
  lane: number;
  service: number;
  requests: number;
  workers: number;
  seed: number;
}) {
  const { admits, lane, service, requests, workers } = plan;
  const random = seeded(plan.seed);
  const limit = new AdaptiveLimit(lane);
  const events: { readonly at: number; readonly run: () => void }[] = [];
  const after = (wait: number, run: () => void) => events.push({ at: now + wait, run });
  let now = 0;
  let sent = 0;
  let done = 0;
  let started = 0;
  let busy = 0;
  let peak = 0;
  let atServer = 0;
  const urgent: number[] = [];
  const fresh: number[] = [];
  const attempt = (number: number) => {
    sent += 1;
    busy += 1;
    peak = Math.max(peak, busy);
    const travel = random();
    after(travel, () => {
      if (atServer >= admits) {
        after(random(), () => {
          limit.throttled(busy - 1, now);
          const held = busy > 1;
          busy -= 1;
          const wait = backoffDelay(number, defaultRetry, random()) * (held ? 0.1 : 1);
          after(wait, () => {
            urgent.push(number + 1);
            fill();
          });
          fill();
        });
        return;
      }
      atServer += 1;
      after(service, () => {
        atServer -= 1;
        after(random(), () => {
          limit.succeeded(now);
          busy -= 1;
          done += 1;
          next();
          fill();
        });
      });
    });
  };
  const fill = () => {
    while (busy < limit.limit(now)) {
      const number = urgent.shift() ?? fresh.shift();
      if (number === undefined) return;
      attempt(number);
    }
  };
  const next = () => {
    if (started < requests) {
      started += 1;
      fresh.push(1);
    }
  };
  for (let worker = 0; worker < workers; worker++) next();
  fill();
  while (events.length > 0) {
    const first = events.reduce((a, b) => (b.at < a.at ? b : a));
    events.splice(events.indexOf(first), 1);
    now = first.at;
    first.run();
  }
  return { sent, done, time: now, peak };
}

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe("a server that works on some requests at once and answers 429 to more", () => {
  test.each([2, 4, 8].flatMap((admits) => [1, 2, 3, 4, 5].map((seed) => [admits, seed] as const)))(
    "admits %d, lane 16, 100 requests (seed %d): at most 120 requests and 1.3 times the ideal time",
    (admits, seed) => {
      const result = simulate({ admits, lane: 16, service: 100, requests: 100, workers: 16, seed });
      expect(result).toMatchObject({ done: 100, peak: 16 });
      expect(result.sent).toBeLessThanOrEqual(120);
      expect(result.time).toBeLessThanOrEqual(1.3 * Math.ceil(100 / admits) * 100);
    },
  );

  test("any limit, lane, service time and number: nothing lost, the lane never exceeded, few requests more, little time lost", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 16 }),
        fc.integer({ min: 1, max: 16 }),
        fc.integer({ min: 50, max: 5_000 }),
        fc.integer({ min: 100, max: 400 }),
        fc.integer(),
        (admits, lane, service, requests, seed) => {
          const result = simulate({ admits, lane, service, requests, workers: lane, seed });
          const fits = Math.min(admits, lane);
          expect(result.done).toBe(requests);
          expect(result.peak).toBeLessThanOrEqual(lane);
          expect(result.sent).toBeLessThanOrEqual(requests + (lane - fits) + requests / (8 * fits) + 2);
          expect(result.time).toBeLessThanOrEqual(1.3 * Math.ceil(requests / fits) * (service + 3) + 500);
        },
      ),
      { numRuns: 200 },
    );
  });
});
