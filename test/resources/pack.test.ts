import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pack } from "../../src/resources/pack.js";

const things = fc.array(
  fc.record({ elements: fc.integer({ min: 0, max: 40 }), unitsEach: fc.integer({ min: 1, max: 12 }) }),
  { maxLength: 30 },
);
const limits = fc.record({
  items: fc.integer({ min: 1, max: 5 }),
  elements: fc.integer({ min: 1, max: 25 }),
  units: fc.integer({ min: 12, max: 60 }),
});

describe("packing", () => {
  it("sends every element once and in order, within the limits of a request", () => {
    fc.assert(
      fc.property(things, limits, (given, limit) => {
        const requests = pack(given, limit);
        const sent = given.map(() => 0);
        for (const slices of requests) {
          expect(slices.length).toBeGreaterThan(0);
          expect(slices.length).toBeLessThanOrEqual(limit.items);
          expect(new Set(slices.map(({ item }) => item)).size).toBe(slices.length);
          expect(slices.reduce((sum, { from, to }) => sum + to - from, 0)).toBeLessThanOrEqual(limit.elements);
          const units = slices.reduce((sum, { item, from, to }) => sum + (to - from) * given[item]!.unitsEach, 0);
          expect(units).toBeLessThanOrEqual(limit.units);
          for (const { item, from, to } of slices) {
            expect(from).toBe(sent[item]);
            expect(to).toBeGreaterThan(from);
            sent[item] = to;
          }
        }
        expect(sent).toEqual(given.map(({ elements }) => elements));
      }),
    );
  });

  it("takes as few requests as keep the order", () => {
    const counts = pack([{ elements: 3 }, { elements: 250 }, { elements: 0 }, { elements: 47 }], {
      items: 10,
      elements: 100,
    });
    expect(counts.map((slices) => slices.map(({ from, to }) => to - from))).toEqual([[3, 97], [100], [53, 47]]);
  });

  it("sends an element alone that is larger than a request may be", () => {
    const slices = pack([{ elements: 2, unitsEach: 7 }], { items: 10, elements: 10, units: 5 });
    expect(slices).toEqual([[{ item: 0, from: 0, to: 1 }], [{ item: 0, from: 1, to: 2 }]]);
  });
});
