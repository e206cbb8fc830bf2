import fc from "fast-check";
import { parse } from "lossless-json";
import { describe, expect, it, vi } from "vitest";
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

  it("finds them wherever in the text they stand, of any length", () => {
    for (let offset = 0; offset < 40; offset++) {
      for (const digits of ["9007199254740993", "8238506972502594227", "1".repeat(40)]) {
        const text = `[1.5,${" ".repeat(offset)}${digits}]`;
        expect(parseJson(text), text).toEqual([1.5, BigInt(digits)]);
      }
    }
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

  it("agrees with lossless-json, whatever stands between the integers", () => {
    const piece = fc.oneof(
      fc.constantFrom('"', "\\", '\\"', ",", ":", "[", "]", "{", "}", " ", "-", ".5", "e3", "null", "1234567890123456"),
      int64.map(String),
      fc.string({ maxLength: 4 }),
    );
    const pieces = fc.array(piece, { maxLength: 12 }).map((texts) => texts.join(""));
    const text = fc.oneof(
      pieces,
      exactJson.map(writeJson),
      fc.tuple(pieces, int64).map(([key, n]) => `[${JSON.stringify(key)},${n}]`),
    );
    fc.assert(
      fc.property(text, (json) => {
        expect(outcomeOf(() => parseJson(json))).toEqual(outcomeOf(() => losslessJson(json)));
      }),
      { numRuns: 2_000 },
    );
  });

  it("reads millions of escapes beside such an integer", () => {
    const escapes = "\\n".repeat(3_000_000);
    expect(parseJson(`["${escapes}", 8238506972502594227]`)).toEqual(["\n".repeat(3_000_000), 8238506972502594227n]);
  });

  it("keeps texts that look like whatever stands for an integer", () => {
    const draws = [0.5, 0.25];
    const random = vi.spyOn(Math, "random").mockImplementation(() => draws.shift() ?? 0.75);
    try {
      expect(parseJson('["0.5n1", "0.25n8238506972502594227", 8238506972502594227]')).toEqual([
        "0.5n1",
        "0.25n8238506972502594227",
        8238506972502594227n,
      ]);
    } finally {
      random.mockRestore();
    }
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

  it("writes bigints among texts that look like whatever stands for them", () => {
    // What stands for a bigint is drawn anew until no text of the value holds it: here texts hold the first draws.
    const draws = [0.5, 0.25, 0.125];
    const random = vi.spyOn(Math, "random").mockImplementation(() => draws.shift() ?? 0.75);
    const marks = ["0.5n1", '"0.5n', '\\"0.25n12', '0.125n"', '","0.25n'];
    const value = { n: 5n, texts: marks, nested: Object.fromEntries(marks.map((mark) => [mark, [mark, -7n]])) };
    try {
      expect(parseJson(writeJson(value))).toEqual({
        n: 5,
        texts: marks,
        nested: Object.fromEntries(marks.map((mark) => [mark, [mark, -7]])),
      });
      expect(draws.length).toBeLessThan(3);
    } finally {
      random.mockRestore();
    }
  });

  it("writes as JSON.stringify does whatever surrounds a bigint, hostile texts and keys included", () => {
    const hostile = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom('"', "\\", '"0.1n5"', "__proto__", "toJSON", "constructor", "\u2028"),
      fc.string().map((text) => `"${text}n1"`),
    );
    const tree = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        hostile,
        fc.double(),
        fc.array(tie("value")),
        fc.dictionary(
          hostile.filter((key) => key !== "toJSON"),
          tie("value"),
        ),
      ),
    })).value;
    fc.assert(
      fc.property(tree, fc.bigInt(), hostile, (value, n, key) => {
        const written = writeJson([value, n, Object.fromEntries([[`k${key}`, n]])]);
        expect(written).toBe(`[${JSON.stringify(value)},${n},{${JSON.stringify(`k${key}`)}:${n}}]`);
      }),
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
      expect(writeJson({ n: 5n, list: [-6n, "text"], date: new Date(0) })).toBe(
        '{"n":5,"list":[-6,"text"],"date":"1970-01-01T00:00:00.000Z"}',
      );
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

/** The same reading by a library that looks at every character. */
function losslessJson(text: string): unknown {
  const parseNumber = (digits: string): number | bigint =>
    /^-?\d+$/.test(digits) && !Number.isSafeInteger(Number(digits)) ? BigInt(digits) : Number(digits);
  return parse(text, null, { parseNumber, onDuplicateKey: ({ newValue }) => newValue });
}

/** The value, or that it is no JSON. */
function outcomeOf(read: () => unknown): unknown {
  try {
    return { value: read() };
  } catch (error) {
    return error instanceof SyntaxError ? "no JSON" : error;
  }
}

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
