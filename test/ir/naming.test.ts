import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type TypescriptRole, typescriptNaming } from "../../src/codegen/targets/typescript/naming.js";
import {
  camelCase,
  describeViews,
  type IrModel,
  type IrView,
  kebabCase,
  type ModelNames,
  nameModel,
} from "../../src/ir/index.js";
import { pascalCase } from "../../src/ir/naming/casing.js";
import { told } from "./models.js";

const id = (externalId: string, version = "v1", space = "s") => ({ space, externalId, version });

function irView(
  externalId: string,
  options: { version?: string; space?: string; usedFor?: IrView["usedFor"]; properties?: readonly string[] } = {},
): IrView {
  const identity = id(externalId, options.version, options.space);
  return {
    id: identity,
    usedFor: options.usedFor ?? "node",
    writable: true,
    implements: [],
    properties: (options.properties ?? []).map((property) => ({
      kind: "scalar",
      type: "text",
      id: property,
      declaredBy: identity,
      list: false,
      nullable: true,
      immutable: false,
      hasDefault: false,
      readOnly: false,
    })),
  };
}

const irModel = (views: readonly IrView[], externalId = "WindFarm"): IrModel => ({
  irVersion: 1,
  id: id(externalId),
  views,
});
const typescriptNames = (model: IrModel): ModelNames<TypescriptRole> => nameModel(model, typescriptNaming);
const named = (...views: readonly IrView[]): ModelNames<TypescriptRole> => typescriptNames(irModel(views));
const own = (names: ModelNames<TypescriptRole>, key: string) => names.views.get(key)?.own;
const properties = (...ids: readonly string[]): Record<string, string> =>
  Object.fromEntries(named(irView("A", { properties: ids })).views.get("s/A@v1")?.properties ?? []);

describe("casing", () => {
  it.each([
    ["wind_speed", "windSpeed"],
    ["name-tag", "nameTag"],
    ["with blank", "withBlank"],
    ["3d-field", "_3dField"],
    ["object3D", "object3D"],
    ["Cognite3DModel", "cognite3DModel"],
    ["HTTP200", "http200"],
    ["HTTPServer", "httpServer"],
    ["APM_Activity", "apmActivity"],
    ["ScenarioInstance_priceForecast", "scenarioInstancePriceForecast"],
    ["pygen_model-power", "pygenModelPower"],
    ["CFIHOS_00000001", "cfihos00000001"],
    ["Pump2", "pump2"],
    ["XMin", "xMin"],
    ["x", "x"],
    ["_x", "x"],
    ["x_", "x"],
    ["år", "år"],
    ["___", "_"],
    ["", "_"],
  ])("E8, E16, E24, E26, E27: %j becomes %s", (text, expected) => {
    expect(camelCase(text)).toBe(expected);
  });

  it.each([
    ["APM_Activity", "APMActivity", "apm-activity"],
    ["CFIHOS_00000001", "CFIHOS00000001", "cfihos00000001"],
    ["Cognite360ImageModel", "Cognite360ImageModel", "cognite360-image-model"],
    ["Pump2Station", "Pump2Station", "pump2-station"],
    ["wind turbine", "WindTurbine", "wind-turbine"],
    ["år", "R", "r"],
    ["3d", "_3d", "_3d"],
  ])("E23, E26: view %j becomes %s in %s", (text, interfaceName, file) => {
    expect(pascalCase(text)).toBe(interfaceName);
    expect(kebabCase(camelCase(interfaceName))).toBe(file);
  });
});

describe("names of properties", () => {
  it.each(["class", "yield", "default", "await", "true"])("E1: escapes the keyword %s, and says so once", (keyword) => {
    expect(properties(keyword)).toEqual({ [keyword]: `${keyword}_` });
    expect(told(named(irView("A", { properties: [keyword] })).diagnostics)).toEqual([
      `IR.NAME_ESCAPED s/A@v1.${keyword}`,
    ]);
  });

  it("E2: escapes what every object has", () => {
    expect(properties("constructor", "then", "toJSON", "length", "Date", "Object")).toEqual({
      constructor: "constructor_",
      // biome-ignore lint/suspicious/noThenProperty: the name is what is tested
      then: "then_",
      toJSON: "toJSON_",
      length: "length_",
      Date: "date",
      Object: "object",
    });
    const proto = named(irView("A", { properties: ["__proto__"] }))
      .views.get("s/A@v1")
      ?.properties.get("__proto__");
    expect(proto).toBe("proto_");
  });

  it("E3, E4, E5, E6: escapes space and externalId only; type, version, properties, query, limit are free", () => {
    expect(properties("external_id", "type", "version", "properties", "query", "limit", "filter")).toEqual({
      external_id: "externalId_",
      type: "type",
      version: "version",
      properties: "properties",
      query: "query",
      limit: "limit",
      filter: "filter",
    });
  });

  it("E13: of ids with one name the one that is its own name keeps it, the others are numbered by id", () => {
    expect(properties("foo_bar", "fooBar", "foo-bar")).toEqual({
      fooBar: "fooBar",
      "foo-bar": "fooBar_2",
      foo_bar: "fooBar_3",
    });
    expect(properties("foo-bar", "foo_bar", "fooBar")).toEqual(properties("foo_bar", "fooBar", "foo-bar"));
    expect(told(named(irView("A", { properties: ["fooBar", "foo_bar"] })).diagnostics)).toEqual([
      "IR.NAME_CLASH s/A@v1.foo_bar",
    ]);
  });

  it("E16: keeps what cannot be cased", () => {
    expect(properties("x", "_x")).toEqual({ x: "x", _x: "x_2" });
    expect(properties("år")).toEqual({ år: "år" });
  });
});

describe("names of views", () => {
  it("are its own where nothing else wants them", () => {
    const names = named(irView("Turbine"));
    expect(names.views.get("s/Turbine@v1")).toMatchObject({
      file: "turbine",
      own: { type: "Turbine", handle: "turbine" },
    });
    expect(names).toMatchObject({
      model: { function: "windFarm", type: "WindFarm", viewsType: "WindFarmViews" },
      diagnostics: [],
    });
  });

  it("E20, E22: escapes what generated files import, and globals", () => {
    const names = named(irView("Edge"), irView("Date"), irView("Map"), irView("Field"), irView("Record"));
    const interfaces = ["Edge", "Date", "Map", "Field", "Record"].map((name) => own(names, `s/${name}@v1`)?.type);
    expect(interfaces).toEqual(["Edge_", "Date_", "Map_", "Field", "Record_"]);
    expect(own(names, "s/Date@v1")?.handle).toBe("date");
  });

  it("E21: escapes file names of the SDK and of Windows devices", () => {
    const names = named(irView("Index"), irView("Con"), irView("COM0"), irView("Core"));
    expect([...names.views.values()].map(({ file }) => file)).toEqual(["index_", "con_", "com0_", "core"]);
  });

  it("escapes handles that are members of the SDK or keywords", () => {
    const names = named(irView("Delete"), irView("Upsert"), irView("Class"), irView("Constructor"));
    expect([...names.views.values()].map((view) => view.own.handle)).toEqual([
      "delete_",
      "upsert_",
      "class_",
      "constructor_",
    ]);
  });

  it("E21: cuts file names that no file system takes, and tells them apart", () => {
    const long = "a".repeat(254);
    const names = named(irView(`${long}b`), irView(`${long}c`));
    const [first, second] = [...names.views.values()].map(({ file }) => file);
    expect([first, second]).toEqual(["a".repeat(120), `${"a".repeat(120)}_2`]);
  });

  it("E25: tells apart names that differ in their digits", () => {
    const names = named(irView("CFIHOS_00000001"), irView("CFIHOS_00000002"));
    expect(new Set([...names.views.values()].map(({ file }) => file)).size).toBe(2);
  });

  it("E28, E29, E30: takes names from external ids alone, never inflected", () => {
    const names = typescriptNames(
      irModel([
        { ...irView("Series"), name: "Serie" },
        { ...irView("Activitys"), name: "Serie" },
      ]),
    );
    expect([...names.views.values()].map((view) => view.own.handle)).toEqual(["series", "activitys"]);
  });

  it("E31: two ids that are one name after casing are both told and told apart", () => {
    const names = named(irView("Wind_Mill", { version: "v1" }), irView("WindMill", { version: "v2" }));
    expect(own(names, "s/Wind_Mill@v1")).toEqual({ type: "WindMillv1", handle: "windMillv1" });
    expect(own(names, "s/WindMill@v2")).toEqual({ type: "WindMillv2", handle: "windMillv2" });
    expect(told(names.diagnostics)).toEqual(["IR.NAME_CLASH s/WindMill@v2", "IR.NAME_CLASH s/Wind_Mill@v1"]);
  });

  it("E31: names that differ only in case clash too", () => {
    const names = named(irView("Pump"), irView("PUMP"), irView("pump"));
    const files = [...names.views.values()].map(({ file }) => file.toLowerCase());
    expect(new Set(files).size).toBe(3);
    expect(new Set([...names.views.values()].map((view) => view.own.type)).size).toBe(3);
  });

  it.each([
    [
      "version",
      [irView("Implementation1", { version: "v1" }), irView("Implementation1", { version: "v2" })],
      ["Implementation1v1", "Implementation1v2"],
    ],
    [
      "a version that is a number",
      [irView("Pump2", { version: "1" }), irView("Pump2", { version: "2" })],
      ["Pump2v1", "Pump2v2"],
    ],
    ["space", [irView("A", { space: "my_space" }), irView("A", { space: "other" })], ["AMySpace", "AOther"]],
    [
      "space and version",
      [irView("A"), irView("A", { version: "v2" }), irView("A", { space: "t" })],
      ["ASv1", "ASv2", "ATv1"],
    ],
  ])("E34: tells one external id apart by %s", (_name, views, expected) => {
    expect([...named(...views).views.values()].map((view) => view.own.type)).toEqual(expected);
  });

  it("E34: numbers what is still one", () => {
    const names = named(irView("A", { space: "x_y" }), irView("A", { space: "x-y" }), irView("A", { space: "xY" }));
    expect([...names.views.values()].map((view) => view.own.type).sort()).toEqual(["AXYv1", "AXYv1_2", "AXYv1_3"]);
  });

  it("E43: a view for both has a second name for its edges, which gives way to a view of that name", () => {
    const names = named(irView("A", { usedFor: "all" }), irView("AEdge"));
    expect(names.views.get("s/A@v1")).toMatchObject({
      own: { type: "A" },
      edges: { type: "AEdge_2", handle: "aEdge_2" },
    });
    expect(own(names, "s/AEdge@v1")).toEqual({ type: "AEdge", handle: "aEdge" });
  });

  it.each([
    ["Turbine", "turbine", "TurbineModel"],
    ["delete", "delete_", "Delete"],
    ["bind", "bind_", "Bind"],
    ["my model", "myModel", "MyModel"],
  ])("E37: a model called %s", (externalId, functionName, type) => {
    expect(typescriptNames(irModel([irView("Turbine")], externalId))).toMatchObject({
      model: { function: functionName, type },
    });
  });
});

describe("no name occurs twice", () => {
  const word = fc.oneof(
    fc.constantFrom(
      "a",
      "A",
      "fooBar",
      "foo_bar",
      "FooBar",
      "foo-bar",
      "edge",
      "Edge",
      "AEdge",
      "a_2",
      "A_2",
      "class",
      "index",
    ),
    fc.string({ maxLength: 6 }),
    fc.string({ unit: "grapheme", maxLength: 4 }),
  );
  const version = fc.constantFrom("v1", "v2", "1", "2", "1_0", "1.0");
  const views = fc.uniqueArray(
    fc.record({
      externalId: word,
      version,
      space: fc.constantFrom("s", "S", "s_", "s1"),
      usedFor: fc.constantFrom<IrView["usedFor"]>("node", "edge", "all"),
      properties: fc.uniqueArray(word, { maxLength: 8 }),
    }),
    { maxLength: 10, selector: (view) => `${view.space}/${view.externalId}@${view.version}` },
  );
  const distinct = (names: readonly string[]): void => expect([...names].sort()).toEqual([...new Set(names)].sort());

  it("E13, E21, E31: whatever the ids are", () => {
    fc.assert(
      fc.property(views, word, (drafts, modelId) => {
        const model = irModel(
          drafts.map(({ externalId, ...rest }) => irView(externalId, rest)),
          modelId,
        );
        const names = typescriptNames(model);
        const described = describeViews(model, names);
        distinct([...described.map((view) => view.type), ...Object.values(names.model)]);
        distinct(described.map(({ handle }) => handle));
        distinct([...names.views.values()].map(({ file }) => file.toLowerCase()));
        for (const { type: name, handle, file } of described) {
          for (const identifier of [name, handle]) expect(identifier).toMatch(/^[A-Za-z_$][\w$]*$/);
          expect(file).toMatch(/^[a-z0-9_-]+$/);
        }
        for (const { properties: ofView } of names.views.values()) distinct([...ofView.values()]);
      }),
      { numRuns: 400 },
    );
  });

  it("E131: names do not depend on the order of views and properties", () => {
    fc.assert(
      fc.property(views, fc.array(fc.nat(1000), { minLength: 20, maxLength: 20 }), (drafts, keys) => {
        const mixed = <T>(items: readonly T[]): T[] =>
          items
            .map((item, index) => ({ item, key: keys[index] ?? 0 }))
            .sort((a, b) => a.key - b.key)
            .map(({ item }) => item);
        const model = (list: typeof drafts, change: <T>(items: readonly T[]) => readonly T[]): IrModel =>
          irModel(
            list.map(({ externalId, ...rest }) => irView(externalId, { ...rest, properties: change(rest.properties) })),
          );
        const flat = (names: ModelNames<TypescriptRole>): unknown => [
          names.model,
          names.diagnostics,
          [...names.views]
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, view]) => [key, view.own, view.edges, view.file, [...view.properties].sort()]),
        ];
        expect(flat(typescriptNames(model(mixed(drafts), mixed)))).toEqual(
          flat(typescriptNames(model(drafts, (items) => items))),
        );
      }),
      { numRuns: 200 },
    );
  });
});
