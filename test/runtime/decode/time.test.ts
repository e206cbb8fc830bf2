import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseTime } from "../../../src/runtime/decode/time.js";

const date = fc.date({
  min: new Date("0001-01-01T00:00:00Z"),
  max: new Date("9999-12-31T23:59:59.999Z"),
  noInvalidDate: true,
});

describe("E91: times", () => {
  it("are read as Date.parse reads them, in the forms of the service", () => {
    fc.assert(
      fc.property(date, (time) => {
        const text = time.toISOString();
        expect(parseTime(text)).toBe(time.getTime());
        expect(parseTime(text.replace("Z", "+00:00"))).toBe(time.getTime());
      }),
      { numRuns: 2_000 },
    );
  });

  it("are read as Date.parse reads them, in other forms too", () => {
    const digits = fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: 2, maxLength: 2 });
    const any = fc.tuple(digits, digits, digits, digits, digits, digits, fc.constantFrom("Z", "+00:00", "+02:00", ""));
    fc.assert(
      fc.property(any, ([year, month, day, hour, minute, second, zone]) => {
        for (const fraction of ["", ".1", ".123", ".123456"]) {
          const text = `20${year}-${month}-${day}T${hour}:${minute}:${second}${fraction}${zone}`;
          expect(parseTime(text)).toBe(Date.parse(text));
        }
      }),
      { numRuns: 500 },
    );
  });

  it("with one character changed are what Date.parse says, or nothing", () => {
    const whole = "2024-02-29T23:59:59.999+00:00";
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, char) => {
        const text = whole.slice(0, at) + char + whole.slice(at + 1);
        expect(parseTime(text)).toBe(Date.parse(text));
      }),
      { numRuns: 2_000 },
    );
  });
});
