import { readFileSync } from "node:fs";
import path from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { parseIr, readModelDocument, resolveModels } from "../../src/codegen/index.js";
import { isModelError } from "../../src/errors/index.js";
import { parseJson, writeJson } from "../../src/models/index.js";
import { direct, edges, file, reverse, text, view } from "../ir/models.js";
import { irSchemaText } from "../tools/docs/ir-page.js";

const plant = file({
  Pump: {
    filter: { equals: { property: ["node", "type"], value: { space: "s", externalId: "T" } } },
    properties: {
      name: { ...text, name: "Name", description: "What it is called" },
      size: { type: { type: "float64", unit: { externalId: "length:m" }, list: true } },
      big: { type: { type: "int64" }, defaultValue: 9007199254740993n },
      state: { type: { type: "enum", values: { on: { name: "On" }, off: {} } }, nullable: false },
      site: direct(view("Site")),
      links: edges(view("Pump"), { edgeSource: view("Link"), direction: "inwards" }),
    },
  },
  Site: { properties: { pumps: reverse(view("Pump"), "site") } },
  Link: { usedFor: "edge", properties: { w: text } },
});
const [built] = resolveModels({ document: readModelDocument(plant) });
const ir = built?.model;
const schemaFile = path.resolve(import.meta.dirname, "../../docs/ir.schema.json");

describe("the intermediate representation", () => {
  it("cannot be changed, to any depth", () => {
    const [pump] = ir?.views.filter(({ id }) => id.externalId === "Pump") ?? [];
    expect(() => Object.assign(pump?.properties[0] ?? {}, { id: "other" })).toThrow(TypeError);
    expect(Object.isFrozen(pump?.properties)).toBe(true);
  });

  it("is read again from what was written, integers digit for digit", () => {
    expect(parseIr(parseJson(writeJson(ir)))).toEqual(ir);
  });

  it("has the format that docs/ir.schema.json says, which is what `npm run docs` writes", () => {
    const schema = JSON.parse(readFileSync(schemaFile, "utf8"));
    expect(schema).toEqual(JSON.parse(irSchemaText()));
    const validate = new Ajv2020({ strict: false }).compile(schema);
    const plain = JSON.parse(writeJson(ir));
    expect([validate(plain), validate.errors]).toEqual([true, null]);
    plain.views[0].usedFor = "record";
    expect(validate(plain)).toBe(false);
  });

  it.each([
    [{ irVersion: 2 }, "irVersion"],
    [{ views: [{ ...ir?.views[0], usedFor: "record" }] }, "views.0.usedFor"],
    [{ extra: 1 }, "extra"],
  ])("refuses %j with its place", (change, place) => {
    try {
      parseIr({ ...ir, ...change });
      expect.unreachable();
    } catch (error) {
      expect(isModelError(error) && error.diagnostics.map((each) => each.place)).toContain(place);
    }
  });
});
