import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aggregatesOf } from "../../../src/emulator/engine/data/aggregates.js";
import { multiUploadLink, storeUpload, uploadLink } from "../../../src/emulator/engine/data/index.js";
import { granularityOf, momentOf } from "../../../src/emulator/engine/data/moments.js";
import { Points } from "../../../src/emulator/engine/data/points.js";
import { applyInstances } from "../../../src/emulator/engine/instances/index.js";
import { emptyState } from "../../../src/emulator/engine/state.js";
import { loadModel } from "../../../src/emulator/load.js";
import { coreModel } from "../../../src/ir/index.js";
import type { DatapointAggregate } from "../../../src/models/index.js";

const hour = 3_600_000;

function pointsOf(...pairs: readonly (readonly [time: number, value: number])[]): Points {
  const points = new Points();
  points.insert(pairs.map(([timestamp, value]) => ({ timestamp, value })));
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
            points.insert(batch);
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

describe("aggregates", () => {
  const compute = (
    points: Points,
    names: readonly DatapointAggregate[],
    begin: number,
    end: number,
    isStep = false,
  ) => [...aggregatesOf(points, names, { begin, end, granularity: granularityOf("1s"), isStep })];

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
