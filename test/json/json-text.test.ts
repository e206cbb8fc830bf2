import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exactInteger, parseJson, writeJson } from "../../src/models/index.js";

const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });

/** JSON values with integers of any size, in the form that reading gives: small ones are numbers. */
const exactJson = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 6 },
    int64.map(exactInteger),
    fc.bigInt().map(exactInteger),
    fc.jsonValue({ maxDepth: 0 }),
    fc.array(tie("value")),
    fc.dictionary(fc.oneof(fc.string(), fc.constant("__proto__")), tie("value"), { noNullPrototype: true }),
  ),
})).value;

describe("E104: JSON with integers that numbers cannot hold", () => {
  it("reads those beyond 2^53 as bigint and all others as numbers", () => {
    expect(
      parseJson(
        "[8238506972502594227, -9223372036854775808, 9007199254740992, 9007199254740991, -9007199254740991, 3]",
      ),
    ).toEqual([
      8238506972502594227n,
      -9223372036854775808n,
      9007199254740992n,
      Number.MAX_SAFE_INTEGER,
      Number.MIN_SAFE_INTEGER,
      3,
    ]);
  });

  it.each(["8238506972502594227", " 8238506972502594227\n", "-8238506972502594227"])("reads %j alone", (text) => {
    expect(parseJson(text)).toBe(BigInt(text.trim()));
  });

  it("leaves fractions and exponents to numbers, and digits in texts alone", () => {
    const text =
      '[12345678901234567.5, 0.12345678901234567, 12345678901234567e2, 1e-12345678901234567, "12345678901234567", ": 12345678901234567 "]';
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });

  it("keeps the last of repeated keys, and __proto__ as a key like any other", () => {
    const read = parseJson('{"a": 1, "a": 2, "__proto__": 8238506972502594227, "constructor": 1}') as object;
    expect(Object.entries(read)).toEqual([
      ["a", 2],
      ["__proto__", 8238506972502594227n],
      ["constructor", 1],
    ]);
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
  });

  it.each(["", "[8238506972502594227", "{8238506972502594227: 1}", "08238506972502594227", "[1,]"])(
    "refuses %j, which is not JSON",
    (text) => expect(() => parseJson(text)).toThrow(SyntaxError),
  );

  it("ends with an ordinary error for what is nested too deeply to be read exactly", () => {
    const nested = (inner: string): string => "[".repeat(100_000) + inner + "]".repeat(100_000);
    expect(() => parseJson(nested("8238506972502594227"))).toThrow(RangeError);
    expect(parseJson("[1]")).toEqual([1]);
  });

  it("reads back whatever it wrote", () => {
    fc.assert(
      fc.property(exactJson, (value) => {
        expect(parseJson(writeJson(value))).toEqual(normal(value));
      }),
    );
  });

  it("reads as JSON.parse does what has no such integers, whichever way it goes", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        const expected: unknown = JSON.parse(text);
        expect(parseJson(text)).toEqual(integersExact(expected));
        expect(parseJson(`[8238506972502594227, ${text}]`)).toEqual([8238506972502594227n, integersExact(expected)]);
      }),
    );
  });

  it("writes as JSON.stringify does what has no bigint", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(writeJson(value)).toBe(JSON.stringify(value));
        expect(writeJson([1n, value])).toBe(`[1,${JSON.stringify(value)}]`);
      }),
    );
    const date = new Date(0);
    expect(writeJson({ n: 5n, gone: undefined, date, nan: Number.NaN })).toBe(
      '{"n":5,"date":"1970-01-01T00:00:00.000Z","nan":null}',
    );
  });

  it("refuses cycles, with and without a bigint", () => {
    const cycle: Record<string, unknown> = {};
    cycle["self"] = cycle;
    expect(() => writeJson(cycle)).toThrow(TypeError);
    expect(() => writeJson({ n: 1n, cycle })).toThrow(TypeError);
  });

  it("writes digits where a program taught bigint to write itself as text", () => {
    Object.defineProperty(BigInt.prototype, "toJSON", { configurable: true, value: () => "text" });
    try {
      expect(writeJson({ n: 5n })).toBe('{"n":5}');
    } finally {
      Reflect.deleteProperty(BigInt.prototype, "toJSON");
    }
  });
});

describe("the one form of an integer", () => {
  it("is a number where that is exact, else a bigint", () => {
    expect([exactInteger(5n), exactInteger(2n ** 53n), exactInteger(2 ** 53), exactInteger(-5)]).toEqual([
      5,
      2n ** 53n,
      2n ** 53n,
      -5,
    ]);
    expect([exactInteger(0.5), exactInteger("5"), exactInteger(null)]).toEqual([0.5, "5", null]);
  });
});

/** Minus zero has no JSON of its own. */
function normal(value: unknown): unknown {
  return mapped(value, (leaf) => (leaf === 0 ? 0 : integerExact(leaf)));
}

/** Integers beyond 2^53 as their text says them. */
function integersExact(value: unknown): unknown {
  return mapped(value, integerExact);
}

function integerExact(leaf: unknown): unknown {
  return typeof leaf === "number" && /^-?\d+$/.test(String(leaf)) && Math.abs(leaf) > Number.MAX_SAFE_INTEGER
    ? BigInt(String(leaf))
    : leaf;
}

function mapped(value: unknown, change: (leaf: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((inner) => mapped(inner, change));
  if (typeof value !== "object" || value === null) return change(value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapped(inner, change)]));
}
