import { describe, expect, it } from "vitest";
import type { ViewDescriptor } from "../../../src/ir/index.js";
import type { Instance } from "../../../src/models/index.js";
import { propertyReader } from "../../../src/runtime/decode/property-reader.js";
import { compileRow } from "../../../src/runtime/decode/row.js";
import { storedNames } from "../../../src/runtime/registry.js";
import { ref, viewNamed } from "../farm.js";

const turbine = viewNamed("turbine");
const facts = { space: "data", externalId: "T", version: 3, createdTime: 5, lastUpdatedTime: 6 };
const nodeWith = (values: object, more: object = {}): Instance =>
  ({ instanceType: "node", ...facts, ...more, properties: { s: { "Turbine/v1": values } } }) as Instance;
const decode = (values: object, fields = storedNames(turbine)) => compileRow("node", turbine, fields)(nodeWith(values));

describe("rows", () => {
  it("E101: absent and null values are null", () => {
    const row = decode({ name: null });
    expect(Object.keys(row)).toEqual(["space", "externalId", ...storedNames(turbine)]);
    expect(
      Object.values(row)
        .slice(2)
        .every((value) => value === null),
    ).toBe(true);
  });

  it("E12, E91, E96: names, times and JSON", () => {
    expect(
      decode(
        {
          started_at: "2024-01-01T00:00:00.123+00:00",
          times: ["2024-01-01T00:00:00.000Z"],
          day: "2024-01-01",
          status: "added later",
          meta: ref("x"),
          farm: { ...ref("F1"), more: 1 },
          similar: [ref("T2")],
          count: 2 ** 53 - 1,
          tags: [],
        },
        ["startedAt", "times", "day", "status", "meta", "farm", "similar", "count", "tags"],
      ),
    ).toEqual({
      ...ref("T"),
      startedAt: new Date("2024-01-01T00:00:00.123Z"),
      times: [new Date("2024-01-01T00:00:00.000Z")],
      day: "2024-01-01",
      status: "added later",
      meta: ref("x"),
      farm: ref("F1"),
      similar: [ref("T2")],
      count: 2 ** 53 - 1,
      tags: [],
    });
  });

  it("E91: times are the service's texts where the metadata says so", () => {
    const iso = { type: "timestamp", iso: true } as const;
    const view: ViewDescriptor = { ...turbine, properties: { at: iso, times: { ...iso, list: true } } };
    const row = compileRow("node", view, ["at", "times"]);
    const [at, times] = ["2024-01-01T00:00:00.123456+00:00", ["2024-01-01T00:00:00.000Z"]];
    expect(row(nodeWith({ at, times }))).toEqual({ ...ref("T"), at, times });
    expect(() => row(nodeWith({ at: 5 }))).toThrow("at");
  });

  it("facts come when they are selected", () => {
    const row = compileRow("node", turbine, ["$type", "$version", "$createdTime", "$lastUpdatedTime"]);
    expect(row(nodeWith({}, { type: { ...ref("t", "s"), more: 1 } }))).toEqual({
      ...ref("T"),
      $type: ref("t", "s"),
      $version: 3,
      $createdTime: new Date(5),
      $lastUpdatedTime: new Date(6),
    });
    expect(row(nodeWith({}))["$type"]).toBeNull();
  });

  it("edges always have their type and ends", () => {
    const edge: Instance = { instanceType: "edge", ...facts, type: ref("t"), startNode: ref("a"), endNode: ref("b") };
    expect(compileRow("edge", viewNamed("distance"), ["distance"])(edge)).toEqual({
      ...ref("T"),
      $type: ref("t"),
      $startNode: ref("a"),
      $endNode: ref("b"),
      distance: null,
    });
  });

  it("E2: names of every object are names like others", () => {
    const odd: ViewDescriptor = {
      space: "s",
      externalId: "V",
      version: "1",
      instanceType: "node",
      properties: { constructor_: { type: "text", id: "constructor" }, valueOf_: { type: "text", id: "valueOf" } },
    };
    const row = compileRow("node", odd, ["constructor_", "valueOf_"]);
    const read = (properties: object) => row({ instanceType: "node", ...facts, properties } as Instance);
    expect(read({ s: { "V/1": { constructor: "c" } } })).toEqual({ ...ref("T"), constructor_: "c", valueOf_: null });
    expect(read({})).toEqual({ ...ref("T"), constructor_: null, valueOf_: null });
    expect(propertyReader({ source: "constructor/V@1", property: "name" })(nodeWith({}))).toBeUndefined();
  });
});
