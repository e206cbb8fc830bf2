import { describe, expect, it } from "vitest";
import { PygenClient, token } from "../../../src/index.js";
import type { PropertyDescriptor, ViewDescriptor } from "../../../src/ir/index.js";
import type { Instance } from "../../../src/models/index.js";
import { bindViews } from "../../../src/runtime/bind.js";
import { compileRow } from "../../../src/runtime/decode/row.js";
import { defaultLimits } from "../../../src/runtime/plan/scope.js";
import { ref, viewNamed } from "../farm.js";

const viewOf = (property: PropertyDescriptor): ViewDescriptor => ({
  space: "s",
  externalId: "V",
  version: "v1",
  instanceType: "node",
  properties: { p: property },
});
const nodeWith = (value: unknown): Instance =>
  ({
    instanceType: "node",
    space: "data",
    externalId: "T",
    version: 1,
    createdTime: 0,
    lastUpdatedTime: 0,
    properties: { s: { "V/v1": { p: value } } },
  }) as unknown as Instance;
const decode = (property: PropertyDescriptor, value: unknown) =>
  compileRow("node", viewOf(property), ["p"])(nodeWith(value))["p"];

const wrong: readonly (readonly [PropertyDescriptor, string, readonly unknown[]])[] = [
  [{ type: "text" }, "a string", [5, true, {}, ["a"]]],
  [{ type: "enum", values: ["a"] }, "a string", [1]],
  [{ type: "timeseries" }, "a string", [{}]],
  [{ type: "boolean" }, "a boolean", ["true", 0]],
  [{ type: "float64" }, "a finite number", ["1", Number.POSITIVE_INFINITY, Number.NaN]],
  [{ type: "float32" }, "a finite number", [{}, ["1"]]],
  [{ type: "int32" }, "a whole number", [1.5, "1"]],
  [{ type: "int64" }, "a whole number", [1.5, "1"]],
  [{ type: "int64", bigint: true }, "a whole number", [1.5, "1"]],
  [{ type: "timestamp" }, "a time in ISO format", ["yesterday", 5, "2024-13-01T00:00:00.000Z", {}]],
  [{ type: "date" }, "a date in ISO format", ["yesterday", "2024/01/01", 5]],
  [{ type: "direct" }, "{ space, externalId }", ["F1", { space: "s" }, { space: 1, externalId: "a" }, [ref("a")]]],
  [{ type: "text", list: true }, "an array", ["a", {}]],
  [
    { type: "text", list: true },
    "a string",
    [
      ["a", 5],
      ["a", null],
    ],
  ],
  [{ type: "timestamp", list: true }, "a time in ISO format", [["2024-01-01T00:00:00.000Z", "no"]]],
  [{ type: "direct", list: true }, "{ space, externalId }", [[ref("a"), "b"]]],
];

describe("values that are not as the view says", () => {
  it.each(wrong.flatMap(([property, expected, values]) => values.map((value) => ({ property, expected, value }))))(
    "RESPONSE.VALUE: $property.type refuses $value",
    ({ property, expected, value }) => {
      expect(() => decode(property, value)).toThrow(
        expect.objectContaining({
          code: "RESPONSE.VALUE",
          message: expect.stringMatching(
            new RegExp(`'p(\\[\\d\\])?' of instance 'T' in space 'data' must be ${expected}`),
          ),
        }),
      );
    },
  );

  it("says which kind of value it met, and not the value", () => {
    expect(() => decode({ type: "float64" }, "hunter2")).toThrow(/got another text\.|got a string\./);
    expect(() => decode({ type: "float64" }, "hunter2")).not.toThrow(/hunter2/);
  });

  it("names the place in a list", () => {
    const numbers = { type: "float64", list: true } as const;
    expect(() => decode(numbers, [1, 2, "3"])).toThrow("'p[2]' of instance 'T' in space 'data' must be");
    expect(() => decode({ type: "direct", list: true }, [ref("a"), "b"])).toThrow("'p[1]' of instance 'T'");
    expect(() => decode({ type: "int64", list: true }, [2 ** 60])).toThrow("'p[0]' of instance 'T'");
  });

  it("names an instance without an identity, and facts that are no numbers or ids", () => {
    const row = compileRow("node", viewNamed("turbine"), ["$version", "$createdTime", "$type"]);
    for (const instance of [null, 5, {}, { space: "s" }]) {
      expect(() => row(instance as never)).toThrow(expect.objectContaining({ code: "RESPONSE.VALUE" }));
    }
    const node = nodeWith(1);
    expect(() => row({ ...node, version: "1" as never })).toThrow("'$version' of instance 'T'");
    expect(() => row({ ...node, createdTime: null as never })).toThrow("'$createdTime' of instance 'T'");
    expect(() => row({ ...node, type: "t" as never } as Instance)).toThrow("'$type' of instance 'T'");
    const edge = compileRow("edge", viewNamed("distance"), ["distance"]);
    expect(() => edge({ ...node, type: ref("t"), startNode: ref("a") } as never)).toThrow("'$endNode' of instance 'T'");
  });
});

describe("values that are as the view says", () => {
  it("pass or are converted", () => {
    expect(decode({ type: "float64" }, 5n)).toBe(5);
    expect(decode({ type: "int64", bigint: true }, 5)).toBe(5n);
    expect(decode({ type: "int64", bigint: true }, 2n ** 60n)).toBe(2n ** 60n);
    expect(decode({ type: "json" }, [{ a: null }])).toEqual([{ a: null }]);
    expect(decode({ type: "json" }, 5)).toBe(5);
    expect(decode({ type: "text", list: true }, [])).toEqual([]);
    expect(decode({ type: "int64", list: true, bigint: true }, [1, 2n ** 60n])).toEqual([1n, 2n ** 60n]);
    expect(() => decode({ type: "int64" }, 2n ** 60n)).toThrow(
      expect.objectContaining({ code: "RESPONSE.UNSAFE_INTEGER" }),
    );
  });

  it("are found in any order, among others, and where some are missing", () => {
    const turbine = viewNamed("turbine");
    const row = compileRow("node", turbine, ["name", "capacity", "startedAt"]);
    const read = (values: object) =>
      row({ ...nodeWith(1), properties: { s: { "Turbine/v1": values as never } } } as Instance);
    const time = "2024-01-01T00:00:00.000Z";
    const all = { ...ref("T"), name: "a", capacity: 1, startedAt: new Date(time) };
    expect(read({ name: "a", capacity: 1, started_at: time })).toEqual(all);
    expect(read({ started_at: time, other: 5, capacity: 1, name: "a" })).toEqual(all);
    expect(read({ capacity: 1 })).toEqual({ ...all, name: null, startedAt: null });
    expect(read({ name: "a", capacity: 1, started_at: time })).toEqual(all);
    expect(Object.keys(read({ capacity: 1 }))).toEqual(["space", "externalId", "name", "capacity", "startedAt"]);
  });

  it("rows of many views at once keep apart", () => {
    const views = Array.from({ length: 30 }, (_, index) => ({
      ...viewOf({ type: "float64" }),
      properties: { [`p${index}`]: { type: "float64" as const, id: "p" }, same: { type: "text" as const } },
    }));
    const rows = views.map((view) => compileRow("node", view, Object.keys(view.properties))(nodeWith(7)));
    expect(rows).toEqual(views.map((_, index) => ({ ...ref("T"), [`p${index}`]: 7, same: null })));
    const [first, second] = [rows[0], compileRow("node", views[0], ["p0"])(nodeWith(8))];
    expect([first?.["p0"], second["p0"]]).toEqual([7, 8]);
  });
});

describe("the option validation", () => {
  const lines: string[] = [];
  const logger = { debug() {}, info() {}, warn: (message: string) => lines.push(message), error() {} };
  const answer = { items: [nodeWith("no number"), nodeWith("nor this")] };

  function rowsWith(validation: "strict" | "warn" | "off", items: readonly Instance[] = answer.items) {
    lines.length = 0;
    const client = new PygenClient({
      baseUrl: "http://service",
      project: "p",
      application: "tests",
      credentials: token("t"),
      fetch: async () => Response.json({ items }),
      logger,
      validation,
    });
    const { v } = bindViews(client, { v: viewOf({ type: "float64" }) }, {}, defaultLimits);
    return v?.list() ?? Promise.reject(new Error("no view"));
  }

  it("strict: ends the list, and tells instances and paths of all that is wrong with a page", async () => {
    await expect(rowsWith("strict")).rejects.toMatchObject({
      code: "RESPONSE.VALUE",
      message: [
        "2 values are not as their views say:",
        "'p' of instance 'T' in space 'data' must be a finite number, got another text.",
        "'p' of instance 'T' in space 'data' must be a finite number, got another text.",
      ].join("\n"),
      hint: expect.stringContaining("generate it anew"),
      mismatched: [
        { ...ref("T"), path: "p" },
        { ...ref("T"), path: "p" },
      ],
    });
  });

  it("strict: tells the first 20, and how many there are", async () => {
    const many = Array.from({ length: 30 }, (_, index) => ({ ...nodeWith("x"), externalId: `T${index}` }));
    const error = await Promise.resolve(rowsWith("strict", many)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ message: expect.stringMatching(/^30 values.*and 10 more\.$/s) });
    expect((error as { mismatched: unknown[] }).mismatched).toHaveLength(20);
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({ mismatched: expect.any(Array) });
  });

  it("strict: tells one by itself, with the rows that are right beside it", async () => {
    const error = expect.objectContaining({ message: expect.stringMatching(/^'p' of instance 'T'/) });
    await expect(rowsWith("strict", [nodeWith(1), nodeWith("x"), nodeWith(2)])).rejects.toEqual(error);
  });

  it("warn: passes values on, and logs those of a page as one, once for each property", async () => {
    expect(await rowsWith("warn")).toMatchObject([{ p: "no number" }, { p: "nor this" }]);
    const told = "'p' of instance 'T' in space 'data' must be a finite number";
    expect(lines).toEqual([expect.stringMatching(new RegExp(`^2 values.*${told}.*${told}`, "s"))]);
  });

  it("off: passes values on", async () => {
    expect(await rowsWith("off")).toMatchObject([{ p: "no number" }, { p: "nor this" }]);
    expect(lines).toEqual([]);
  });
});
