import { describe, expect, it } from "vitest";
import {
  checkRequest,
  containersUpsertBody,
  dataModelsUpsertBody,
  type RequestSchema,
  spacesUpsertBody,
  viewsUpsertBody,
} from "../../../src/models/requests/index.js";

function verdict<T>(schema: RequestSchema<T>, body: unknown): string {
  const result = checkRequest(schema, body);
  return result.ok ? "accepted" : result.message;
}

const space = (id: unknown) => verdict(spacesUpsertBody, { items: [{ space: id }] });
const container = (parts: object, externalId = "C") =>
  verdict(containersUpsertBody, {
    items: [{ space: "s", externalId, properties: { p: { type: { type: "text" } } }, ...parts }],
  });
const property = (value: object) => container({ properties: { p: value } });
const type = (value: object) => property({ type: value });
const view = (parts: object, externalId = "V") =>
  verdict(viewsUpsertBody, { items: [{ space: "s", externalId, version: "v1", ...parts }] });
const connection = (value: object) => view({ properties: { p: value } });
const ref = { type: "view", space: "s", externalId: "V", version: "v1" };

function numbered<T>(count: number, value: T): Record<string, T> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, value]));
}

describe("contract 3.6: identifiers", () => {
  it.each(["a", "a1", "A-b_c", "x".repeat(43)])("accepts space %s", (id) => expect(space(id)).toBe("accepted"));
  it.each(["", "1a", "a b", "x".repeat(44), "a.b", 7])("refuses space %s", (id) =>
    expect(space(id)).toContain("items[0].space must"),
  );
  it.each("space cdf dms pg3 shared system node edge".split(" "))("refuses the reserved space %s", (id) =>
    expect(space(id)).toContain(`cannot be '${id}': it is one of the reserved values`),
  );

  it.each(["a", "A1", "a_b", `x${"y".repeat(254)}`])("accepts container %s", (id) =>
    expect(container({}, id)).toBe("accepted"),
  );
  it.each(["", "1a", "a-b", "a_", `x${"y".repeat(255)}`, "Ä"])("refuses container %s", (id) =>
    expect(container({}, id)).toContain("externalId must match"),
  );
  it.each(["Query", "String", "File", "TimeSeries"])("refuses the reserved container and view %s", (id) => {
    expect(container({}, id)).toContain("reserved");
    expect(view({}, id)).toContain("reserved");
  });

  it("accepts versions with dots and leading digits, and refuses others", () => {
    expect(view({ version: "1.0-a_b" })).toBe("accepted");
    for (const version of ["", ".1", "1.", "x".repeat(44), "a b"])
      expect(view({ version })).toContain("version must match");
  });

  it("accepts property ids named like members of every object, and refuses reserved and malformed ones", () => {
    const ids = (id: string) => container({ properties: { [id]: { type: { type: "text" } } } });
    for (const id of ["constructor", "toString", "1a", "a-b"]) expect(ids(id)).toBe("accepted");
    for (const id of ["space", "externalId", "extensions", "seq"]) expect(ids(id)).toContain("reserved");
    for (const id of ["-a", "a b", "", "_a"]) expect(ids(id)).toContain("must match");
    expect(container({ properties: JSON.parse('{"__proto__":{"type":{"type":"text"}}}') })).toContain(
      "__proto__ must match",
    );
  });
});

describe("contract 3.3: limits", () => {
  it("takes 1 to 100 items", () => {
    expect(verdict(spacesUpsertBody, { items: [] })).toContain("items size must be between 1 and 100");
    const items = Array.from({ length: 101 }, (_, index) => ({ space: `s${index}` }));
    expect(verdict(spacesUpsertBody, { items })).toContain("items size must be between 1 and 100");
    expect(verdict(spacesUpsertBody, { items: items.slice(1) })).toBe("accepted");
  });

  it("takes names of 255 and descriptions of 1024 characters", () => {
    expect(container({ name: "x".repeat(255), description: "x".repeat(1024) })).toBe("accepted");
    expect(container({ name: "x".repeat(256) })).toContain("name size must be between 0 and 255");
    expect(container({ description: "x".repeat(1025) })).toContain("description size must be between 0 and 1024");
  });

  it("takes 1 to 100 properties of a container, 1,000 of one for records, 300 of a view", () => {
    const text = { type: { type: "text" } };
    expect(container({ properties: {} })).toContain("properties size must be");
    expect(container({ properties: numbered(100, text) })).toBe("accepted");
    expect(container({ properties: numbered(101, text) })).toContain("properties size must be between 1 and 100");
    expect(container({ usedFor: "record", properties: numbered(1000, text) })).toBe("accepted");
    const mapped = { container: { type: "container", space: "s", externalId: "C" }, containerPropertyIdentifier: "p" };
    expect(view({ properties: numbered(300, mapped) })).toBe("accepted");
    expect(view({ properties: numbered(301, mapped) })).toContain("size must be between 0 and 300");
  });

  it("takes 10 indexes, 10 uniqueness and 25 requires constraints, over 1 to 10 properties", () => {
    const unique = { constraintType: "uniqueness", properties: ["p"] };
    const requires = { constraintType: "requires", require: { type: "container", space: "s", externalId: "B" } };
    expect(container({ indexes: numbered(10, { properties: ["p"] }) })).toBe("accepted");
    expect(container({ indexes: numbered(11, { properties: ["p"] }) })).toContain("indexes size");
    expect(container({ constraints: numbered(10, unique) })).toBe("accepted");
    expect(container({ constraints: numbered(11, unique) })).toContain("at most 10 of type uniqueness");
    expect(container({ constraints: numbered(25, requires) })).toBe("accepted");
    expect(container({ constraints: numbered(26, requires) })).toContain("at most 25 of type requires");
    expect(container({ indexes: { i: { properties: [] } } })).toContain("size must be between 1 and 10");
    expect(container({ indexes: { i: { properties: Array(11).fill("p") } } })).toContain(
      "size must be between 1 and 10",
    );
    expect(container({ indexes: { ["x".repeat(44)]: { properties: ["p"] } } })).toContain(
      "size must be between 1 and 43",
    );
  });

  it("takes 10 implemented views and 100 views of a model", () => {
    expect(view({ implements: Array(10).fill(ref) })).toBe("accepted");
    expect(view({ implements: Array(11).fill(ref) })).toContain("implements size must be between 0 and 10");
    const model = (views: unknown) =>
      verdict(dataModelsUpsertBody, { items: [{ space: "s", externalId: "M", version: "1", views }] });
    expect(model(Array(100).fill(ref))).toBe("accepted");
    expect(model(Array(101).fill(ref))).toContain("views size must be between 0 and 100");
    expect(model([{ space: "s", externalId: "V", version: "1" }])).toBe("accepted");
    expect(model([{ type: "view", space: "s", externalId: "V" }])).toContain("views[0].version must not be null");
    expect(model(["V"])).toContain("views[0] must be an object");
  });
});

describe("contract 10: property types", () => {
  it.each([
    { type: "text", maxTextSize: 10, collation: "ucs_basic" },
    { type: "int64", list: true, maxListSize: 2000 },
    { type: "float32", unit: { externalId: "pressure:bar", sourceUnit: "BAR" } },
    { type: "direct", container: { type: "container", space: "s", externalId: "C" } },
    { type: "sequence", list: false },
    { type: "enum", values: { a: { name: "A" }, b: {} }, unknownValue: "a" },
  ])("accepts %j", (value) => expect(type(value)).toBe("accepted"));

  it.each<[string, object]>([
    ["type.type must be one of [text, ", { type: "string" }],
    ["type.type must not be null", {}],
    ["maxListSize must be between 1 and 2000", { type: "text", list: true, maxListSize: 2001 }],
    ["maxTextSize must be between 1 and 128000", { type: "text", maxTextSize: 0 }],
    ["maxTextSize must be an integer", { type: "text", maxTextSize: 1.5 }],
    ["collation must be the name of a collation", { type: "text", collation: "a b" }],
    ["Unexpected field - items[0].properties.p.type.unit", { type: "int32", unit: { externalId: "x" } }],
    ["Unexpected field - items[0].properties.p.type.list", { type: "enum", list: false, values: { a: {} } }],
    ["values size must be between 1 and 32", { type: "enum", values: {} }],
    ["values size must be between 1 and 32", { type: "enum", values: numbered(33, {}) }],
    ["values.1a must match", { type: "enum", values: { "1a": {} } }],
    ["values.true cannot be 'true'", { type: "enum", values: { true: {} } }],
    ["unknownValue must be one of the values", { type: "enum", values: { a: {} }, unknownValue: "toString" }],
    ["container.type must not be null", { type: "direct", container: { space: "s", externalId: "C" } }],
  ])("%s: refuses %j", (words, value) => expect(type(value)).toContain(words));

  it("takes default values that are no lists; null is none", () => {
    for (const defaultValue of ["x", null]) {
      expect(property({ type: { type: "text" }, defaultValue })).toBe("accepted");
    }
    expect(property({ type: { type: "text" }, defaultValue: ["x"] })).toContain(
      "defaultValue must be a string, a number, a boolean or an object",
    );
  });

  it("says which kinds of constraints and indexes there are", () => {
    expect(container({ constraints: { c: { constraintType: "x", properties: ["p"] } } })).toContain(
      "must be one of [uniqueness, requires]",
    );
    expect(container({ indexes: { i: { indexType: "x", properties: ["p"] } } })).toContain(
      "must be one of [btree, inverted]",
    );
    expect(container({ indexes: { i: { indexType: "inverted", properties: ["p"], cursorable: true } } })).toContain(
      "Unexpected field",
    );
  });
});

describe("contract 6.1: properties of views", () => {
  const type = { space: "s", externalId: "t" };
  it.each([
    { type, source: ref },
    { connectionType: "single_edge_connection", type, source: ref, edgeSource: ref, direction: "inwards" },
    { connectionType: "single_reverse_direct_relation", source: ref, through: { source: ref, identifier: "p" } },
    {
      connectionType: "multi_reverse_direct_relation",
      source: ref,
      through: { source: { type: "container", space: "s", externalId: "C" }, identifier: "p" },
    },
  ])("accepts %j", (value) => expect(connection(value)).toBe("accepted"));

  it.each<[string, object]>([
    ["p.container must not be null", {}],
    [
      "p.connectionType must be one of [single_edge_connection, multi_edge_connection, single_reverse",
      { connectionType: "x", type, source: ref },
    ],
    ["p.connectionType must not be null", { source: ref, through: { source: ref, identifier: "p" } }],
    ["p.through must not be null", { connectionType: "multi_reverse_direct_relation", source: ref }],
    [
      "p.connectionType must be one of [single_reverse_direct_relation",
      { connectionType: "multi_edge_connection", source: ref, through: { source: ref, identifier: "p" } },
    ],
    ["p.type.externalId size must be between 1 and 256", { type: { space: "s", externalId: "" }, source: ref }],
    ["p.type.externalId must not hold the character NUL", { type: { space: "s", externalId: "a\0" }, source: ref }],
    [
      "Unexpected field - items[0].properties.p.nullable",
      {
        container: { type: "container", space: "s", externalId: "C" },
        containerPropertyIdentifier: "p",
        nullable: true,
      },
    ],
  ])("%s: refuses %j", (words, value) => expect(connection(value)).toContain(words));

  it("contract 6.2: refuses the filter that only answers have", () => {
    expect(view({ filter: { matchAll: {} } })).toBe("accepted");
    expect(view({ filter: { invalid: {} } })).not.toBe("accepted");
  });
});
