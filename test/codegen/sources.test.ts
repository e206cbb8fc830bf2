import { describe, expect, it } from "vitest";
import { generate, readModelFiles, type SourceFile, type SourceOptions } from "../../src/codegen/index.js";
import { isModelError } from "../../src/errors/index.js";
import type { ModelDocument } from "../../src/ir/index.js";
import { formatVersionedId } from "../../src/models/index.js";

const viewYaml = `
space: {{ space }}
externalId: Pump
version: {{ version }}
implements:
  - {type: view, space: cdf_cdm, externalId: CogniteDescribable, version: v1}
properties:
  pressure:
    container: {type: container, space: "{{ space }}", externalId: Pump}
    containerPropertyIdentifier: pressure
`;
const containerYaml = `
- space: {{space}}
  externalId: Pump
  usedFor: node
  properties:
    pressure: {type: {type: int64}, defaultValue: 8238506972502594227}
`;
const modelYaml = `
space: {{ space }}
externalId: Pumps
version: 1
views:
  - {space: '{{ space }}', externalId: Pump, version: {{ version }}}
`;
const toolkit: readonly SourceFile[] = [
  { path: "modules/plant/data_models/Pump.view.yaml", text: viewYaml },
  { path: "modules/plant/data_models/Pump.Container.yaml", text: containerYaml },
  { path: "modules/plant/data_models/Pumps.datamodel.yml", text: modelYaml },
];

const idsOf = ({ views, dataModels }: ModelDocument): readonly string[] =>
  [...dataModels, ...views].map(formatVersionedId);

async function problemsOf(files: readonly SourceFile[], options?: SourceOptions): Promise<readonly string[]> {
  try {
    await readModelFiles(files, options);
    return [];
  } catch (error) {
    if (!isModelError(error)) throw error;
    return error.diagnostics.map(({ code, place }) => `${code} ${place}`);
  }
}

describe("readModelFiles", () => {
  it("reads toolkit files with the variables of their module, and what they build on from the system models", async () => {
    const config = {
      path: "config.dev.yaml",
      text: `
environment: {name: dev}
variables:
  space: elsewhere
  modules:
    plant: {space: sp_plant, version: 2}
    other: {space: sp_other}
`,
    };
    const document = await readModelFiles(toolkit, { variableFiles: [config] });
    expect(idsOf(document)).toEqual(["sp_plant/Pumps@1", "sp_plant/Pump@2"]);
    expect(document.containers[0]?.properties["pressure"]?.defaultValue).toBe(8238506972502594227n);
    const { files, diagnostics } = generate({ document });
    expect(diagnostics).toEqual([]);
    expect(files.get("pump.ts")).toContain("aliases: string[] | null;");
  });

  it("takes the values of a folder's default.config.yaml, and given ones before all", async () => {
    const defaults = { path: "modules/default.config.yaml", text: "space: sp_default\nversion: v7\n" };
    expect(idsOf(await readModelFiles([...toolkit, defaults]))).toEqual(["sp_default/Pumps@1", "sp_default/Pump@v7"]);
    expect(idsOf(await readModelFiles([...toolkit, defaults], { variables: { space: "mine" } }))).toEqual([
      "mine/Pumps@1",
      "mine/Pump@v7",
    ]);
  });

  it("tells every placeholder without a value, with its line", async () => {
    expect(await problemsOf(toolkit, { variables: { version: "v1" } })).toEqual([
      "SOURCE.VARIABLE_MISSING modules/plant/data_models/Pump.view.yaml:2",
      "SOURCE.VARIABLE_MISSING modules/plant/data_models/Pump.view.yaml:9",
      "SOURCE.VARIABLE_MISSING modules/plant/data_models/Pump.Container.yaml:2",
      "SOURCE.VARIABLE_MISSING modules/plant/data_models/Pumps.datamodel.yml:2",
      "SOURCE.VARIABLE_MISSING modules/plant/data_models/Pumps.datamodel.yml:6",
    ]);
  });

  it("keeps ids texts, and puts a value within a text as it is", async () => {
    const text = "space: 10\nexternalId: V\nversion: 010\nname: 'Pump {{ n }}: {{ n }}'\nproperties: {}\n";
    const { views } = await readModelFiles([{ path: "V.view.yaml", text }], { variables: { n: 3 } });
    expect(views).toEqual([{ space: "10", externalId: "V", version: "010", name: "Pump 3: 3", properties: {} }]);
  });

  it("tells every file that cannot be read, and where", async () => {
    const problems = await problemsOf(
      [
        { path: "a.json", text: "{" },
        { path: "b.yaml", text: "spaces: [\n" },
        { path: "c.graphql", text: "type A {\n  b String\n}" },
        { path: "d.view.yaml", text: "space: s\nexternalId: V\n" },
        { path: "e.json", text: "{}" },
      ],
      { dataModel: "s/M@v1" },
    );
    expect(problems).toEqual([
      "SOURCE.SYNTAX a.json:1",
      "SOURCE.SYNTAX b.yaml:2",
      "SOURCE.SYNTAX c.graphql:2",
      "MODEL.INVALID d.view.yaml: views[0].version",
      "SOURCE.NOT_A_MODEL e.json",
    ]);
  });

  it("skips what is nothing of a model in a folder, and tells two things of one id", async () => {
    const others = [
      { path: "package.json", text: `{"name":"x","version":"1"}` },
      { path: "pump.timeseries.yaml", text: "externalId: ts\n" },
      { path: "items.json", text: `{"items":[{"externalId":"a"}]}` },
    ];
    const first = {
      path: "a.json",
      text: `{"spaces":[{"space":"s"}],"views":[{"space":"s","externalId":"V","version":"1"}]}`,
    };
    expect(idsOf(await readModelFiles([...others, first], { skipOthers: true }))).toEqual(["s/V@1"]);
    const second = { path: "b.json", text: `{"views":[{"space":"s","externalId":"V","version":"1","name":"other"}]}` };
    expect(await problemsOf([first, second])).toEqual(["MODEL.DUPLICATE s/V@1"]);
  });

  it.each([
    ["json", `{"views":[{"space":"s","externalId":"V","version":"1"}]}`],
    ["yaml", "views:\n  - {space: s, externalId: V, version: 1}\n"],
    ["graphql", `type V @view(version: "1") { a: Int }`],
  ])("reads %s that comes without an ending", async (_format, text) => {
    expect(idsOf(await readModelFiles([{ path: "stdin", text }], { dataModel: "s/M@v1" }))).toContain("s/V@1");
  });

  it("keeps __proto__ as the name of a property, from YAML as from JSON", async () => {
    const text = "space: s\nexternalId: C\nproperties:\n  __proto__: {type: {type: text}}\n  b: {type: {type: text}}\n";
    const { containers } = await readModelFiles([{ path: "C.container.yaml", text }]);
    expect(Object.keys(containers[0]?.properties ?? {})).toEqual(["__proto__", "b"]);
  });
});

describe("readModelFiles of GraphQL", () => {
  const dml = `
"The assets"
interface Asset implements CogniteDescribable {
  name: String
  """
  @name Serial number
  given by the maker
  """
  serial: String! @mapping(container: "Things", property: "serial_no")
}
interface CogniteDescribable @import @view(space: "cdf_cdm", version: "v1") { name: String }
type Pump implements Asset & CogniteDescribable @view(version: "v2", rawFilter: {hasData: [{type: "container", space: "s", externalId: "Pump"}]}) {
  name: String
  serial: String!
  status: Status
  flow: Float @default(value: 1.5)
  big: Int64 @default(value: 9007199254740993)
  readings: [TimeSeries]
  site: Site
  neighbours: [Pump] @directRelation
  parts: [Part]
  main: Part @relation(type: {space: "s", externalId: "Pump.parts"}, edgeSource: "Fit")
}
enum Status { ON "Not running" OFF }
type Site { pumps: [Pump] @reverseDirectRelation(throughProperty: "site") }
type Part { pumps: [Pump] @relation(type: {space: "s", externalId: "Pump.parts"}, direction: INWARDS) }
type Fit @edge { tightness: Float32 @unit(externalId: "torque:n-m") }
`;

  it("makes the views and containers that the service makes of it", async () => {
    const document = await readModelFiles([{ path: "m.graphql", text: dml }], { dataModel: "s/M@v1" });
    const { files, diagnostics } = generate({ document, dataModel: "s/M@v1" });
    expect(diagnostics.filter(({ severity }) => severity !== "info")).toEqual([]);
    const pump = files.get("pump.ts") ?? "";
    for (const line of [
      'extends NodeView<"s/Pump@v2">',
      "  serial: string;",
      '  status: Enum<"OFF" | "ON"> | null;',
      "  big: number | null;",
      "  readings: TimeSeriesReference[] | null;",
      "  site: Direct<Site> | null;",
      "  neighbours: Direct<Pump>[] | null;",
      "  parts: Edge<Part>[];",
      "  main: Edge<Part, Fit> | null;",
      '"Pump.parts"',
      "Default: 9007199254740993.",
    ]) {
      expect(pump).toContain(line);
    }
    expect(files.get("asset.ts")).toContain("given by the maker");
    expect(files.get("site.ts")).toContain("pumps: Reverse<Pump>[];");
    expect(files.get("part.ts")).toContain('direction: "inwards"');
    expect(files.get("fit.ts")).toContain("extends EdgeView");
    expect(document.containers.find(({ externalId }) => externalId === "Things")?.properties).toHaveProperty(
      "serial_no",
    );
  });

  it("takes the data model from the toolkit file that names the schema", async () => {
    const schema = { path: "x/M.GraphQLSchema.yaml", text: "space: s\nexternalId: M\nversion: 3\ndml: ./m.graphql\n" };
    const document = await readModelFiles([schema, { path: "x/m.graphql", text: "type A { a: Int }" }]);
    expect(idsOf(document)).toEqual(["s/M@3", "s/A@3"]);
  });

  it("tells what it lacks", async () => {
    const text = `type A implements Gone {\n  b: Lost\n  c: [A] @reverseDirectRelation\n  d: A @relation(edgeSource: "No")\n}`;
    expect(await problemsOf([{ path: "m.graphql", text }])).toEqual(["SOURCE.DML_MODEL m.graphql"]);
    expect(await problemsOf([{ path: "m.graphql", text }], { dataModel: "s/M@v1" })).toEqual([
      "SOURCE.DML_TYPE m.graphql:1",
      "SOURCE.DML_TYPE m.graphql:2",
      "SOURCE.DML_DIRECTIVE m.graphql:3",
      "SOURCE.DML_TYPE m.graphql:4",
    ]);
  });

  it("takes neither of two types, nor of two fields, of one name", async () => {
    const text = "type A {\n  a: Int\n  a: String\n}\ninterface A { b: Int }\nenum A { x }\n";
    expect(await problemsOf([{ path: "m.graphql", text }], { dataModel: "s/M@v1" })).toEqual([
      "SOURCE.DML_TYPE m.graphql:3",
      "SOURCE.DML_TYPE m.graphql:5",
      "SOURCE.DML_TYPE m.graphql:6",
    ]);
  });
});
