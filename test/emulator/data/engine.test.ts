import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aggregatesOf } from "../../../src/emulator/engine/data/aggregates.js";
import { granularityOf as granularityIn } from "../../../src/emulator/engine/data/granularity.js";
import { multiUploadLink, storeUpload, uploadLink } from "../../../src/emulator/engine/data/index.js";
import { momentOf } from "../../../src/emulator/engine/data/moments.js";
import { Points } from "../../../src/emulator/engine/data/points.js";
import { timeZoneOf } from "../../../src/emulator/engine/data/time-zone.js";
import { applyInstances } from "../../../src/emulator/engine/instances/index.js";
import { emptyState } from "../../../src/emulator/engine/state.js";
import { loadModel } from "../../../src/emulator/load.js";
import { coreModel } from "../../../src/ir/index.js";
import type { DatapointAggregate } from "../../../src/models/index.js";

const hour = 3_600_000;
const granularityOf = (text: string | undefined, zone = "UTC") => granularityIn(text, timeZoneOf(zone));

function pointsOf(...pairs: readonly (readonly [time: number, value: number])[]): Points {
  const points = new Points();
  points.insert(pairs.map(([timestamp, value]) => ({ timestamp, value, status: 0 })));
  return points;
}

describe("the points of a series", () => {
  const writes = fc.array(fc.array(fc.record({ timestamp: fc.integer({ min: -20, max: 20 }), value: fc.integer() })));
  const ranges = fc.array(fc.tuple(fc.integer({ min: -25, max: 25 }), fc.integer({ min: -25, max: 25 })));

  it("are those last written at their times, in order, less what was deleted", () => {
    fc.assert(
      fc.property(writes, ranges, writes, (first, deleted, second) => {
        const points = new Points();
        const expected = new Map<number, number>();
        const write = (batches: typeof first) => {
          for (const batch of batches) {
            points.insert(batch.map((point) => ({ ...point, status: 0 })));
            for (const { timestamp, value } of batch) expected.set(timestamp, value);
          }
        };
        write(first);
        for (const [begin, end] of deleted) {
          points.delete(begin, end);
          for (const time of [...expected.keys()]) if (time >= begin && time < end) expected.delete(time);
        }
        write(second);
        const all = Array.from({ length: points.size }, (_, place) => [points.time(place), points.value(place)]);
        expect(all).toEqual([...expected].sort(([a], [b]) => a - b));
      }),
    );
  });
});

describe("times of requests", () => {
  it("contract 11.1: are milliseconds, now, or some time ago", () => {
    expect([5, "-7", "now", "1s-ago", "2m-ago", "3h-ago", "4d-ago", "5w-ago"].map((text) => momentOf(text, 0))).toEqual(
      [5, -7, 0, -1000, -120_000, -3 * hour, -96 * hour, -840 * hour],
    );
  });

  it.each(["yesterday", "", "2d", "-2d-ago", "1y-ago", "2d-ago "])(
    "are refused when they are neither: '%s'",
    (text) => {
      expect(() => momentOf(text, 0)).toThrow("Invalid time");
    },
  );
});

describe("granularities", () => {
  it.each([undefined, "", "1", "0h", "121s", "121m", "100001d", "1w", "1.5h", "h"])("are refused: %s", (text) => {
    expect(() => granularityOf(text)).toThrow("Invalid granularity");
  });

  it("round to whole units, and count intervals from there", () => {
    const { floor, ceil, next, containing } = granularityOf("2h");
    expect([floor(hour + 1), ceil(hour + 1), ceil(hour)]).toEqual([hour, 2 * hour, hour]);
    expect(next(hour)).toBe(3 * hour);
    expect(containing(hour, 6 * hour)).toBe(5 * hour);
    expect(granularityOf("1d").floor(-1)).toBe(-24 * hour);
  });

  it("follow the calendar where they are months", () => {
    const { floor, ceil, next, containing } = granularityOf("3mo");
    const at = (text: string) => Date.parse(`${text}T00:00:00Z`);
    expect(floor(at("2026-02-17"))).toBe(at("2026-02-01"));
    expect([ceil(at("2026-02-17")), ceil(at("2026-02-01"))]).toEqual([at("2026-03-01"), at("2026-02-01")]);
    expect(next(at("2025-11-01"))).toBe(at("2026-02-01"));
    expect(containing(at("2025-11-01"), at("2026-07-31"))).toBe(at("2026-05-01"));
  });
});

describe("time zones", () => {
  const at = (text: string) => Date.parse(text);

  it("say where days, months and hours begin", () => {
    const days = granularityOf("1d", "Europe/Oslo");
    expect(days.floor(at("2026-07-01T12:00Z"))).toBe(at("2026-06-30T22:00Z"));
    // The night in which clocks go forward has 23 hours, the one in which they go back has 25.
    expect(days.next(at("2026-03-28T23:00Z"))).toBe(at("2026-03-29T22:00Z"));
    expect(days.next(at("2026-10-24T22:00Z"))).toBe(at("2026-10-25T23:00Z"));
    expect(granularityOf("1mo", "America/New_York").floor(at("2026-05-01T01:00Z"))).toBe(at("2026-04-01T04:00Z"));
    expect(granularityOf("1h", "UTC+05:30").floor(at("2026-01-01T00:10Z"))).toBe(at("2025-12-31T23:30Z"));
    expect(granularityOf("1d", "UTC-3").ceil(at("2026-01-01T00:00Z"))).toBe(at("2026-01-01T03:00Z"));
  });

  it.each(["", "Oslo", "Europe/Nowhere", "UTC+25", "UTC+1:10", "GMT"])(
    "are refused when they are none: '%s'",
    (zone) => {
      expect(() => timeZoneOf(zone)).toThrow("Invalid timeZone");
    },
  );

  it("know every local time, also in years far back", () => {
    const places = ["Europe/Oslo", "America/St_Johns", "Pacific/Apia", "Asia/Kathmandu", "Australia/Lord_Howe"];
    fc.assert(
      fc.property(
        fc.constantFrom(...places),
        fc.integer({ min: at("1990-01-01"), max: at("2080-01-01") }),
        (place, time) => {
          const { toLocal, fromLocal } = timeZoneOf(place);
          const local = toLocal(time);
          // Of the two times that clocks show the same, it gives the first.
          expect(toLocal(fromLocal(local))).toBe(local);
          expect(fromLocal(local)).toBeLessThanOrEqual(time);
        },
      ),
    );
  });
});

describe("aggregates", () => {
  const compute = (
    points: Points,
    names: readonly DatapointAggregate[],
    begin: number,
    end: number,
    isStep = false,
  ) => {
    const series = { all: points, good: points.where((status) => status < 0x4000_0000), isStep };
    return [...aggregatesOf(series, names, { begin, end, granularity: granularityOf("1s") })];
  };

  it("leave out intervals without points", () => {
    const points = pointsOf([0, 1], [500, 3], [5000, 9], [9000, 1]);
    expect(compute(points, ["average", "minDatapoint", "countGood", "countUncertain"], 0, 9000)).toEqual([
      { timestamp: 0, average: 2, minDatapoint: { timestamp: 0, value: 1 }, countGood: 2, countUncertain: 0 },
      { timestamp: 5000, average: 9, minDatapoint: { timestamp: 5000, value: 9 }, countGood: 1, countUncertain: 0 },
    ]);
  });

  it("have a value between points where they interpolate, and none beyond them", () => {
    const points = pointsOf([1500, 10], [4500, 40]);
    expect(compute(points, ["interpolation", "stepInterpolation", "count"], 0, 9000)).toEqual([
      { timestamp: 1000, count: 1 },
      { timestamp: 2000, interpolation: 15, stepInterpolation: 10 },
      { timestamp: 3000, interpolation: 25, stepInterpolation: 10 },
      { timestamp: 4000, interpolation: 35, stepInterpolation: 10, count: 1 },
    ]);
    expect(compute(points, ["interpolation"], 2000, 3000, true)).toEqual([{ timestamp: 2000, interpolation: 10 }]);
    expect(compute(pointsOf([2000, 7]), ["interpolation"], 0, 9000)).toEqual([{ timestamp: 2000, interpolation: 7 }]);
  });

  it("measure the curve: how far it goes up and down, and how it varies over time", () => {
    const points = pointsOf([0, 0], [500, 10], [1000, 0], [3000, 20]);
    const names = ["totalVariation", "continuousVariance", "discreteVariance"] as const;
    const [first, second, third] = compute(points, names, 0, 4000);
    expect(first).toEqual({
      timestamp: 0,
      totalVariation: 20,
      continuousVariance: expect.closeTo(100 / 12),
      discreteVariance: 25,
    });
    expect(second).toEqual({
      timestamp: 1000,
      totalVariation: 10,
      continuousVariance: expect.closeTo(100 / 12),
      discreteVariance: 0,
    });
    expect(third).toEqual({ timestamp: 2000, totalVariation: 10, continuousVariance: expect.closeTo(100 / 12) });
    const [steps] = compute(points, names, 0, 1000, true);
    expect(steps).toMatchObject({ totalVariation: 10, continuousVariance: 25 });
  });

  it("count points and time by status, and compute all else of the good ones", () => {
    const points = new Points();
    points.insert([
      { timestamp: 0, value: 1, status: 0 },
      { timestamp: 250, value: 100, status: 0x8000_0000 },
      { timestamp: 500, value: 3, status: 0x4000_0000 },
      { timestamp: 800, value: 5, status: 0 },
      { timestamp: 1400, value: 7, status: 0 },
    ]);
    const counts = ["countGood", "countUncertain", "countBad"] as const;
    const durations = ["durationGood", "durationUncertain", "durationBad"] as const;
    expect(compute(points, [...counts, ...durations, "sum", "max"], 0, 2000)).toEqual([
      {
        timestamp: 0,
        ...{ countGood: 2, countUncertain: 1, countBad: 1, sum: 6, max: 5 },
        ...{ durationGood: 450, durationUncertain: 300, durationBad: 250 },
      },
      {
        timestamp: 1000,
        ...{ countGood: 1, countUncertain: 0, countBad: 0, sum: 7, max: 7 },
        ...{ durationGood: 400, durationUncertain: 0, durationBad: 0 },
      },
    ]);
  });

  it("cost nothing where only bad points are far apart", () => {
    const points = new Points();
    points.insert([0, 4e12].map((timestamp) => ({ timestamp, value: 1, status: 0x8000_0000 })));
    expect(compute(points, ["interpolation"], 0, 4.1e12)).toEqual([]);
  });

  it("say the same as a count by hand, whatever the points", () => {
    const some = fc.array(fc.tuple(fc.integer({ min: -5000, max: 5000 }), fc.integer({ min: -9, max: 9 })));
    fc.assert(
      fc.property(some, fc.boolean(), (pairs, interpolate) => {
        const points = pointsOf(...pairs);
        const expected = new Map<number, number>();
        for (const [time, value] of new Map(pairs)) {
          const begin = Math.floor(time / 1000) * 1000;
          expected.set(begin, (expected.get(begin) ?? 0) + value);
        }
        const names: readonly DatapointAggregate[] = interpolate ? ["sum", "stepInterpolation"] : ["sum"];
        const sums = compute(points, names, -5000, 6000).flatMap(({ timestamp, sum }) =>
          sum === undefined ? [] : [[timestamp, sum]],
        );
        expect(sums).toEqual([...expected].sort(([a], [b]) => a - b));
      }),
    );
  });
});

describe("links that are never used", () => {
  it("are forgotten when they are no longer valid, with the parts that were sent", () => {
    let now = 0;
    const state = emptyState(() => now);
    loadModel(state, coreModel(), true);
    loadModel(state, { spaces: [{ space: "d" }] }, false);
    const source = { type: "container", space: "cdf_cdm", externalId: "CogniteFile" } as const;
    const described = { type: "container", space: "cdf_cdm", externalId: "CogniteDescribable" } as const;
    const sourced = { type: "container", space: "cdf_cdm", externalId: "CogniteSourceable" } as const;
    const sources = [source, described, sourced].map((one) => ({ source: one, properties: {} }));
    applyInstances(state, { items: [{ instanceType: "node", space: "d", externalId: "file", sources }] });
    const request = { items: [{ instanceId: { space: "d", externalId: "file" } }] };
    let keys = 0;
    const access = { newKey: () => `k${keys++}`, urlOf: (key: string) => key };
    const [upload] = multiUploadLink(state, request, 3, access).items;
    storeUpload(state, upload?.uploadUrls[0] ?? "", { chunks: [], bytes: 0, mimeType: undefined });
    expect([state.data.uploadSlots.size, state.data.pendingUploads.size]).toEqual([3, 1]);
    now += 8 * 86_400_000;
    uploadLink(state, request, access);
    expect([state.data.uploadSlots.size, state.data.pendingUploads.size]).toEqual([1, 0]);
  });
});
