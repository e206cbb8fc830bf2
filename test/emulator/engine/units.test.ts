import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { QUANTITIES, UNIT_SYSTEMS } from "../../../src/emulator/engine/units/catalog.js";
import { conversion } from "../../../src/emulator/engine/units/index.js";
import { refusal } from "../instances/project.js";

const units = [...QUANTITIES].flatMap(([name, { units: scales }]) =>
  [...scales.keys()].map((id) => [name, id] as const),
);

describe("contract 7.7: units", () => {
  it.each([
    ["temperature:deg_c", "temperature:deg_f", 10, 50],
    ["temperature:deg_f", "temperature:deg_c", 33, 0.555555555556],
    ["temperature:k", "temperature:deg_c", 0, -273.15],
    ["pressure:bar", "pressure:psi", 1, 14.503773773],
    ["length:ft", "length:m", 1, 0.3048],
    ["power:hp", "power:w", 1, 745.699871582],
    ["energy:kilow-hr", "energy:megaj", 1, 3.6],
    ["volume:bbl", "volume:gal_us", 1, 42],
    ["velocity:kn", "velocity:kilom-per-hr", 1, 1.852],
  ])("converts from %s to %s", (from, to, value, expected) => {
    expect(conversion(from, { externalId: to }).convert(value)).toBe(expected);
  });

  it("finds the unit that a unit system has for a quantity", () => {
    const of = (from: string, unitSystemName: string) => conversion(from, { unitSystemName }).unit;
    expect(UNIT_SYSTEMS.map((system) => of("pressure:psi", system))).toEqual([
      "pressure:bar",
      "pressure:pa",
      "pressure:psi",
    ]);
    expect(of("electric_current:millia", "Imperial")).toBe("electric_current:a");
  });

  it("has a unit of every system among the units of its quantity", () => {
    for (const [name, { units: scales, systems }] of QUANTITIES) {
      for (const unit of systems.values()) expect(scales.has(unit), `${name}:${unit}`).toBe(true);
    }
  });

  it("comes back to where it began", () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.constantFrom(...units), fc.nat(), value, ([name, from], pick, amount) => {
        const of = units.filter(([quantity]) => quantity === name);
        const to = of[pick % of.length]?.[1] ?? from;
        const there = conversion(`${name}:${from}`, { externalId: `${name}:${to}` });
        const back = conversion(`${name}:${to}`, { externalId: `${name}:${from}` });
        expect(Math.abs(back.convert(there.convert(amount)) - amount)).toBeLessThan(1e-3 + Math.abs(amount) * 1e-6);
      }),
      { seed: 7 },
    );
  });

  it("refuses what it does not know, and units of other quantities", () => {
    const to = (from: string, externalId: string) => refusal(() => conversion(from, { externalId }));
    expect(to("length:m", "length:parsec")).toContain("400 Unknown unit 'length:parsec'");
    expect(to("odd", "length:m")).toContain("Unknown unit 'odd'");
    expect(to("length:m", "time:sec")).toContain("they measure different quantities");
    expect(to("odd", "odd")).toBe("accepted");
    expect(refusal(() => conversion("length:m", { unitSystemName: "Metric" }))).toContain(
      "Unknown unit system 'Metric'",
    );
    expect(refusal(() => conversion("odd:x", { unitSystemName: "SI" }))).toContain("Unknown unit 'odd:x'");
  });
});
