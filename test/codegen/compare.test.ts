import { describe, expect, it } from "vitest";
import {
  buildIr,
  compareModels,
  dataModelsOf,
  type IrModel,
  readModelDocument,
  schemaOf,
} from "../../src/codegen/index.js";
import { direct, edges, file, reverse, text, type ViewDraft, view } from "../ir/models.js";

function modelsOf(json: unknown): readonly IrModel[] {
  const document = readModelDocument(json);
  return dataModelsOf(document).map((model) => buildIr(model, schemaOf(document)).model);
}

type Views = Readonly<Record<string, ViewDraft>>;
const changes = (before: Views, after: Views): readonly string[] =>
  compareModels(modelsOf(file(before)), modelsOf(file(after))).map(
    ({ breaking, code, place }) => `${breaking ? "BREAKING" : "ok"} ${code} ${place}`,
  );
const pump = (properties: ViewDraft["properties"], more: ViewDraft = {}): Views => ({
  Pump: { ...more, properties: { name: text, ...properties } },
  Site: { properties: { name: text } },
});
const enumOf = (...values: readonly string[]) => ({
  type: { type: "enum" as const, values: Object.fromEntries(values.map((value) => [value, {}])) },
});
const required = { ...text, nullable: false };

describe("compareModels", () => {
  it("finds nothing where only texts and order changed", () => {
    const after = {
      Site: { properties: { name: { ...text, description: "new" } } },
      Pump: { properties: { name: text } },
    };
    expect(changes(pump({}), after)).toEqual([]);
  });

  it.each([
    [
      "a view that is gone",
      { ...pump({}), Old: { properties: { a: text } } },
      pump({}),
      "BREAKING VIEW.REMOVED s/Old@v1",
    ],
    ["a new view", pump({}), { ...pump({}), New: { properties: { a: text } } }, "ok VIEW.ADDED s/New@v1"],
    ["a property that is gone", pump({ a: text }), pump({}), "BREAKING PROPERTY.REMOVED s/Pump@v1.a"],
    ["a new property", pump({}), pump({ a: text }), "ok PROPERTY.ADDED s/Pump@v1.a"],
    ["a new required property", pump({}), pump({ a: required }), "BREAKING PROPERTY.ADDED_REQUIRED s/Pump@v1.a"],
    [
      "a new required property with a default",
      pump({}),
      pump({ a: { ...required, defaultValue: "x" } }),
      "ok PROPERTY.ADDED s/Pump@v1.a",
    ],
    ["another type", pump({ a: text }), pump({ a: { type: { type: "int32" } } }), "BREAKING PROPERTY.TYPE s/Pump@v1.a"],
    [
      "a list",
      pump({ a: text }),
      pump({ a: { type: { type: "text", list: true } } }),
      "BREAKING PROPERTY.TYPE s/Pump@v1.a",
    ],
    ["null no longer", pump({ a: text }), pump({ a: required }), "BREAKING PROPERTY.REQUIRED s/Pump@v1.a"],
    ["null now", pump({ a: required }), pump({ a: text }), "BREAKING PROPERTY.NULLABLE s/Pump@v1.a"],
    [
      "a default that is gone",
      pump({ a: { ...required, defaultValue: "x" } }),
      pump({ a: required }),
      "BREAKING PROPERTY.DEFAULT_REMOVED s/Pump@v1.a",
    ],
    [
      "another default",
      pump({ a: { ...text, defaultValue: "x" } }),
      pump({ a: { ...text, defaultValue: "y" } }),
      "ok PROPERTY.DEFAULT s/Pump@v1.a",
    ],
    [
      "immutable now",
      pump({ a: text }),
      pump({ a: { ...text, immutable: true } }),
      "BREAKING PROPERTY.IMMUTABLE s/Pump@v1.a",
    ],
    ["mutable now", pump({ a: { ...text, immutable: true } }), pump({ a: text }), "ok PROPERTY.MUTABLE s/Pump@v1.a"],
    [
      "an enum value that is gone",
      pump({ a: enumOf("x", "y") }),
      pump({ a: enumOf("x") }),
      "BREAKING PROPERTY.ENUM_VALUE_REMOVED s/Pump@v1.a",
    ],
    [
      "a new enum value",
      pump({ a: enumOf("x") }),
      pump({ a: enumOf("x", "y") }),
      "ok PROPERTY.ENUM_VALUE_ADDED s/Pump@v1.a",
    ],
    [
      "a unit",
      pump({ a: { type: { type: "float64" } } }),
      pump({ a: { type: { type: "float64", unit: { externalId: "length:m" } } } }),
      "BREAKING PROPERTY.UNIT s/Pump@v1.a",
    ],
    [
      "another target",
      pump({ a: direct(view("Site")) }),
      pump({ a: direct(view("Pump")) }),
      "BREAKING PROPERTY.TARGET s/Pump@v1.a",
    ],
    [
      "a target that is known now",
      pump({ a: direct() }),
      pump({ a: direct(view("Pump")) }),
      "ok PROPERTY.TARGET s/Pump@v1.a",
    ],
    [
      "edges the other way",
      pump({ a: edges(view("Site")) }),
      pump({ a: edges(view("Site"), { direction: "inwards" }) }),
      "BREAKING PROPERTY.EDGE s/Pump@v1.a",
    ],
    [
      "a relation through another",
      pump({ a: direct(view("Pump")), b: direct(view("Pump")), c: reverse(view("Pump"), "a") }),
      pump({ a: direct(view("Pump")), b: direct(view("Pump")), c: reverse(view("Pump"), "b") }),
      "ok PROPERTY.THROUGH s/Pump@v1.c",
    ],
    [
      "another filter",
      pump({}),
      pump({}, { filter: { exists: { property: ["node", "type"] } } }),
      "ok VIEW.FILTER s/Pump@v1",
    ],
    ["use for edges too", pump({}), pump({}, { usedFor: "all" }), "ok VIEW.USED_FOR s/Pump@v1"],
    ["use for edges only", pump({}), pump({}, { usedFor: "edge" }), "BREAKING VIEW.USED_FOR s/Pump@v1"],
  ] satisfies readonly (readonly [string, Views, Views, string])[])("tells of %s", (_name, before, after, expected) => {
    expect(changes(before, after)).toEqual([expected]);
  });

  it("takes a view of a new version for the same, and relations to it", () => {
    const before = { "Pump@v1": { properties: { next: direct(view("Pump")), old: text } } };
    const after = { "Pump@v2": { properties: { next: direct(view("Pump", "v2")), fresh: text } } };
    expect(changes(before, after)).toEqual([
      "ok VIEW.VERSION s/Pump@v2",
      "ok PROPERTY.ADDED s/Pump@v2.fresh",
      "BREAKING PROPERTY.REMOVED s/Pump@v2.old",
    ]);
  });

  it("tells of data models that came, went or have a new version", () => {
    const [model] = modelsOf(file(pump({})));
    const as = (id: Partial<IrModel["id"]>): readonly IrModel[] =>
      model ? [{ ...model, id: { ...model.id, ...id } }] : [];
    const codes = (before: readonly IrModel[], after: readonly IrModel[]): readonly string[] =>
      compareModels(before, after).map(({ breaking, code }) => `${code} ${breaking}`);
    expect(codes(as({}), [])).toEqual(["MODEL.REMOVED true"]);
    expect(codes([], as({}))).toEqual(["MODEL.ADDED false"]);
    expect(codes(as({}), as({ version: "v2" }))).toEqual(["MODEL.VERSION false"]);
  });
});
