import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalise, isMismatch } from "../../../src/emulator/engine/instances/index.js";
import type { JsonValue, PropertyType } from "../../../src/models/index.js";

const accepts = (type: PropertyType, value: JsonValue): JsonValue | string => {
  const result = canonicalise(type, value);
  return isMismatch(result) ? `refused: expected ${result.expected}` : result;
};
const refused = (type: PropertyType, value: JsonValue): string => {
  const result = canonicalise(type, value);
  return isMismatch(result) ? result.expected : "accepted";
};

describe("contract 10: timestamps", () => {
  it.each([
    ["2021-01-01T00:00:00Z", "2021-01-01T00:00:00.000+00:00"],
    ["2021-01-01T00:00:00.1", "2021-01-01T00:00:00.100+00:00"],
    ["2021-01-01T00:00:00.12+02:00", "2020-12-31T22:00:00.120+00:00"],
    ["2021-01-01T00:00:00.123-0130", "2021-01-01T01:30:00.123+00:00"],
    ["2021-01-01T00:00:00+05", "2020-12-31T19:00:00.000+00:00"],
    ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000+00:00"],
    ["2024-02-29T23:59:59.999Z", "2024-02-29T23:59:59.999+00:00"],
    ["2000-02-29T00:00:00Z", "2000-02-29T00:00:00.000+00:00"],
  ])("reads %s as %s", (given, canonical) => expect(accepts({ type: "timestamp" }, given)).toBe(canonical));

  it.each([
    "2023-02-29T00:00:00Z",
    "1900-02-29T00:00:00Z",
    "2021-04-31T00:00:00Z",
    "2021-13-01T00:00:00Z",
    "2021-00-10T00:00:00Z",
    "2021-01-01T24:00:00Z",
    "2021-01-01T00:60:00Z",
    "2021-01-01T00:00:60Z",
    "2021-01-01T00:00:00.1234Z",
    "2021-01-01T00:00:00+19:00",
    "2021-01-01T00:00:00+01:60",
    "0000-01-01T00:00:00Z",
    "0001-01-01T00:00:00+01:00",
    "2021-01-01 00:00:00",
    "2021-01-01",
    1609459200000,
  ])("refuses %s", (given) => expect(refused({ type: "timestamp" }, given)).toMatch(/^a timestamp like/));
});

describe("contract 3.5 and 10: scalars", () => {
  it("takes integral numbers of the type's range", () => {
    expect(accepts({ type: "int32" }, 2 ** 31 - 1)).toBe(2 ** 31 - 1);
    expect(Object.is(accepts({ type: "int32" }, -0), 0)).toBe(true);
    expect(refused({ type: "int32" }, 2 ** 31)).toBe("a 32-bit integer, got one out of its range");
    expect(refused({ type: "int32" }, 1.5)).toBe("a 32-bit integer, got a fraction");
    expect(refused({ type: "int64" }, 2 ** 63)).toMatch("out of its range");
    expect(refused({ type: "int64" }, "1")).toBe("a 64-bit integer, got text");
  });

  it("rounds float32 to single precision and refuses what has none", () => {
    expect(accepts({ type: "float32" }, 0.1)).toBe(Math.fround(0.1));
    expect(refused({ type: "float32" }, 1e300)).toMatch("out of its range");
    expect(refused({ type: "float64" }, "5")).toBe("a number, got text");
  });

  it("measures text in bytes of UTF-8", () => {
    expect(accepts({ type: "text", maxTextSize: 4 }, "\u{1F600}")).toBe("\u{1F600}");
    expect(refused({ type: "text", maxTextSize: 4 }, "ééé")).toBe("text of at most 4 bytes, got 6");
    expect(refused({ type: "text" }, "x".repeat(128_001))).toMatch("at most 128000 bytes");
    expect(refused({ type: "text" }, "a\0b")).toMatch("NUL");
    expect(refused({ type: "timeseries" }, 4)).toBe("text, got a number");
    expect(accepts({ type: "boolean" }, false)).toBe(false);
    expect(refused({ type: "boolean" }, "false")).toBe("a boolean, got text");
  });

  it("takes days of the calendar only", () => {
    expect(accepts({ type: "date" }, "2024-02-29")).toBe("2024-02-29");
    expect(refused({ type: "date" }, "2023-02-29")).toMatch("a date like");
    expect(refused({ type: "date" }, "0000-01-01")).toMatch("a date like");
  });

  it("takes direct relations with exactly two keys", () => {
    expect(accepts({ type: "direct" }, { space: "d", externalId: "a b" })).toEqual({ space: "d", externalId: "a b" });
    for (const value of [
      { space: "d" },
      { space: "d", externalId: "x", type: "node" },
      { space: 1, externalId: "x" },
    ]) {
      expect(refused({ type: "direct" }, value)).toMatch("exactly these two keys");
    }
    expect(refused({ type: "direct" }, { space: "1d", externalId: "x" })).toMatch("id of a space");
    expect(refused({ type: "direct" }, { space: "d", externalId: "" })).toMatch("1 to 256");
    expect(refused({ type: "direct" }, ["d", "x"])).toMatch("got a list");
  });

  it("E92: takes the values of an enum, and not the one that stands for unknown ones", () => {
    const type: PropertyType = { type: "enum", values: { a: {}, other: {} }, unknownValue: "other" };
    expect(accepts(type, "a")).toBe("a");
    expect(refused(type, "A")).toBe("one of [a, other]");
    expect(refused(type, "toString")).toBe("one of [a, other]");
    expect(refused(type, "other")).toMatch("unknown values");
    expect(refused(type, 1)).toBe("text, got a number");
  });

  it("E96: takes JSON objects within the limits, however their keys are called", () => {
    const hostile = JSON.parse('{"__proto__":{"space":"a","externalId":"b"},"constructor":[1]}');
    expect(accepts({ type: "json" }, hostile)).toBe(hostile);
    expect(refused({ type: "json" }, [1])).toBe("a JSON object, got a list");
    expect(refused({ type: "json" }, Object.fromEntries(Array.from({ length: 257 }, (_, i) => [`k${i}`, 1])))).toMatch(
      "256 keys",
    );
    expect(refused({ type: "json" }, { ["k".repeat(129)]: 1 })).toMatch("128 characters");
    expect(refused({ type: "json" }, { a: "x".repeat(10_241) })).toMatch("10240 bytes");
    expect(refused({ type: "json" }, { a: Array.from({ length: 5 }, () => "x".repeat(10_000)) })).toMatch(
      "40960 bytes",
    );
    expect(refused({ type: "json" }, JSON.parse(`{"a":${"[".repeat(5000)}${"]".repeat(5000)}}`))).toMatch(
      "levels of nesting",
    );
  });
});

describe("contract 3.5: lists", () => {
  it("takes 1,000 values, 100 relations, or maxListSize", () => {
    const many = (length: number): JsonValue => Array.from({ length }, () => 1);
    const links = (length: number): JsonValue => Array.from({ length }, () => ({ space: "d", externalId: "x" }));
    expect(accepts({ type: "int32", list: true }, [])).toEqual([]);
    expect(accepts({ type: "int32", list: true }, many(1000))).toEqual(many(1000));
    expect(refused({ type: "int32", list: true }, many(1001))).toBe("at most 1000 values, got 1001");
    expect(refused({ type: "direct", list: true }, links(101))).toBe("at most 100 values, got 101");
    expect(accepts({ type: "direct", list: true, maxListSize: 1200 }, links(101))).toEqual(links(101));
  });

  it("names the wrong element, null among them", () => {
    expect(refused({ type: "text", list: true }, ["a", null])).toBe("text, got null at position 1");
    expect(refused({ type: "text", list: true }, "a")).toBe("a list, got text");
  });

  it("bounds the bytes of all texts, and of all JSON, together", () => {
    expect(refused({ type: "text", list: true }, ["x".repeat(70_000), "x".repeat(70_000)])).toMatch("in all");
    const large = { a: "x".repeat(10_000) };
    expect(refused({ type: "json", list: true }, [large, large, large, large, large])).toMatch("in all");
  });
});

describe("canonical values", () => {
  const cases: readonly (readonly [PropertyType, fc.Arbitrary<JsonValue>])[] = [
    [{ type: "text" }, fc.string()],
    [{ type: "float32" }, fc.double({ noNaN: true, noDefaultInfinity: true })],
    [{ type: "int64", list: true }, fc.array(fc.integer())],
    [{ type: "json" }, fc.dictionary(fc.string(), fc.jsonValue()) as fc.Arbitrary<JsonValue>],
    [
      { type: "timestamp" },
      fc.date({ min: new Date(0), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 23)),
    ],
  ];
  it.each(cases)("are their own canonical form: %o", (type, values) => {
    fc.assert(
      fc.property(values, (value) => {
        const once = canonicalise(type, value);
        if (isMismatch(once)) return;
        expect(canonicalise(type, once)).toEqual(once);
      }),
    );
  });
});
