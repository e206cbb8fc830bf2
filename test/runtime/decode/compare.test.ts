import { describe, expect, it } from "vitest";
import type { Instance, JsonValue, SortKey } from "../../../src/models/index.js";
import { compileCompare } from "../../../src/runtime/decode/compare.js";
import { ref } from "../farm.js";

const of = (externalId: string, value?: JsonValue): Instance => ({
  instanceType: "node",
  ...ref(externalId),
  version: 1,
  createdTime: externalId.length,
  lastUpdatedTime: 0,
  properties: { s: { "V/1": value === undefined ? {} : { p: value } } },
});
const order = (values: readonly (JsonValue | undefined)[], key: Partial<SortKey> = {}): unknown[] => {
  const compare = compileCompare([{ property: ["s", "V/1", "p"], ...key }]);
  return values
    .map((value, index) => ({ value, instance: of(`${index}`, value) }))
    .sort((a, b) => compare(a.instance, b.instance))
    .map(({ value }) => value);
};

describe("the order of rows from several answers", () => {
  it.each<[string, JsonValue[], JsonValue[]]>([
    ["numbers", [10, 9, -1], [-1, 9, 10]],
    ["texts by code units", ["b", "B", "a", "ab"], ["B", "a", "ab", "b"]],
    ["booleans", [true, false], [false, true]],
    [
      "relations by space and external id",
      [ref("b"), ref("a"), ref("c", "aaa")],
      [ref("c", "aaa"), ref("a"), ref("b")],
    ],
  ])("%s, either way", (_name, values, sorted) => {
    expect(order(values)).toEqual(sorted);
    expect(order(values, { direction: "descending" })).toEqual([...sorted].reverse());
  });

  it("contract 9.3: nulls last in both directions, or first where asked", () => {
    const values = [2, undefined, 1];
    expect(order(values)).toEqual([1, 2, undefined]);
    expect(order(values, { direction: "descending" })).toEqual([2, 1, undefined]);
    expect(order(values, { nullsFirst: true })).toEqual([undefined, 1, 2]);
    expect(order(values, { nullsFirst: true, direction: "descending" })).toEqual([undefined, 2, 1]);
    expect(order([undefined, undefined])).toEqual([undefined, undefined]);
  });

  it("goes on to the next key where values are the same, facts of the instance among them", () => {
    const compare = compileCompare([
      { property: ["s", "V/1", "p"] },
      { property: ["node", "createdTime"], direction: "descending" },
    ]);
    expect(compare(of("a", 1), of("bbb", 1))).toBeGreaterThan(0);
    expect(compare(of("a", 1), of("b", 1))).toBe(0);
  });
});
