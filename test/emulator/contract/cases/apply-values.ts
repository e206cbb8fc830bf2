import { expect } from "vitest";
import { type ContractCase, casesOf } from "../case.js";
import { id, node, nodes, shown, view } from "./instances-world.js";

const upsert = casesOf("POST /models/instances");

const MANY = (count: number, value: unknown): readonly unknown[] => Array.from({ length: count }, () => value);

/** Values that are taken, and what they read as. */
const taken: readonly (readonly [what: string, property: string, value: unknown, reads?: unknown])[] = [
  ["text with any characters", "name", 'Å "x" \n 🙂'],
  ["text of 128,000 bytes", "name", "x".repeat(128_000)],
  ["int32 at its ends", "size", 2 ** 31 - 1],
  ["an integer written as a fraction of zero", "size", 5.0, 5],
  ["float64", "weight", -1.5e300],
  ["float32, rounded to single precision", "heat", [0.1], [Math.fround(0.1)]],
  ["boolean", "active", false],
  ["a timestamp with Z", "seen", "2024-05-06T07:08:09Z", "2024-05-06T07:08:09.000+00:00"],
  ["a timestamp with an offset", "seen", "2024-05-06T07:08:09.12+0230", "2024-05-06T04:38:09.120+00:00"],
  ["a timestamp without a zone, as UTC", "seen", "2024-05-06T07:08:09", "2024-05-06T07:08:09.000+00:00"],
  ["a timestamp of year 1", "seen", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000+00:00"],
  ["a date", "day", "2024-02-29"],
  ["a JSON object", "info", { a: [1, { b: null }], constructor: "x" }],
  ["a direct relation", "parent", id("someone")],
  ["a list of direct relations", "friends", [id("a"), id("b")]],
  ["an empty list, which is a value", "tags", []],
  ["a list of 1,000 values", "tags", MANY(1000, "x")],
  ["an enum value", "color", "red"],
  ["a time series by external id", "series", "anything"],
];

/** Values that are refused, and words of the reason. */
const refused: readonly (readonly [what: string, property: string, value: unknown, words: string])[] = [
  ["a number for text", "name", 5, "expected text, got a number"],
  ["text with NUL", "name", "a\0", "without the character NUL"],
  ["text of more than 128,000 bytes", "name", "å".repeat(64_001), "at most 128000 bytes"],
  ["text for an integer", "size", "5", "a 32-bit integer"],
  ["a fraction for an integer", "size", 1.5, "got a fraction"],
  ["an int32 beyond its range", "size", 2 ** 31, "out of its range"],
  ["an int64 beyond its range", "big", 2 ** 63, "out of its range"],
  ["text for a number", "weight", "1", "expected a number"],
  ["a float32 beyond its range", "heat", [1e39], "out of its range"],
  ["a number for a boolean", "active", 1, "expected a boolean"],
  ["a day that is not in the calendar", "day", "2023-02-29", "a date like"],
  ["a timestamp of epoch milliseconds", "seen", 1_700_000_000_000, "a timestamp like"],
  ["a timestamp with nanoseconds", "seen", "2024-01-01T00:00:00.123456Z", "a timestamp like"],
  ["a list for JSON", "info", [], "a JSON object"],
  [
    "a JSON object of more than 256 keys",
    "info",
    Object.fromEntries(Array.from({ length: 257 }, (_, index) => [`k${index}`, 1])),
    "256 keys",
  ],
  ["a JSON key of more than 128 characters", "info", { ["k".repeat(129)]: 1 }, "128 characters"],
  ["a JSON text of more than 10,240 bytes", "info", { a: "x".repeat(10_241) }, "10240 bytes"],
  [
    "a JSON object of more than 40,960 bytes",
    "info",
    Object.fromEntries(Array.from({ length: 5 }, (_, index) => [`k${index}`, "x".repeat(10_000)])),
    "40960 bytes",
  ],
  ["text for a direct relation", "parent", "t1", "a direct relation {space, externalId}"],
  ["a direct relation with more keys", "parent", { ...id("x"), type: "node" }, "exactly these two keys"],
  ["one value for a list", "tags", "x", "expected a list"],
  ["null inside a list", "tags", ["x", null], "at position 1"],
  ["a list of more than 1,000 values", "tags", MANY(1001, "x"), "at most 1000 values"],
  [
    "more than 100 direct relations",
    "friends",
    Array.from({ length: 101 }, (_, index) => id(`f${index}`)),
    "at most 100 values",
  ],
  ["a list of text of more than 128,000 bytes", "tags", MANY(2, "x".repeat(64_001)), "128000 bytes of text in all"],
  ["an unknown enum value", "color", "blue", "one of [red, green]"],
  ["the enum value that stands for unknown ones", "color", "green", "stands for unknown values"],
];

/** Every type's values. */
export const applyValues: readonly ContractCase[] = [
  ...taken.map(([what, property, value, reads = value], index) =>
    upsert.check("items", `takes ${what}`, async (api) => {
      const name = `value_${index}`;
      await api.ok("/models/instances", { items: [node(name, { [property]: value })] });
      const sources = [{ source: view("Thing") }];
      const { items } = await api.ok("/models/instances/byids", { items: nodes(name), sources });
      expect(shown(items[0])).toEqual({ [property]: reads });
    }),
  ),
  ...refused.map(([what, property, value, words]) =>
    upsert.refuses("items", what, { items: [node("refused", { [property]: value })] }, words),
  ),
];
