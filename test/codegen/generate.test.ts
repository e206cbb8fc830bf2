import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import {
  type GenerateOptions,
  generate,
  readModelDocument,
  type Target,
  typescript,
  VERSION,
} from "../../src/codegen/index.js";
import { isModelError } from "../../src/errors/index.js";
import { direct, edges, file, reverse, text, view } from "../ir/models.js";
import { compile } from "./compile.js";

const generated = (json: object, options: Omit<GenerateOptions, "document"> = {}) =>
  generate({ document: readModelDocument(json), ...options });
const textOf = (json: object, name: string, options: Omit<GenerateOptions, "document"> = {}): string =>
  generated(json, options).files.get(name) ?? "";

const plant = file({
  Turbine: {
    description: "A wind turbine.",
    properties: {
      name: { ...text, nullable: false },
      capacity: { type: { type: "float64", unit: { externalId: "power:megaw" } }, description: "Rated capacity" },
      tags: { type: { type: "text", list: true } },
      isActive: { type: { type: "boolean" }, nullable: false, defaultValue: true },
      installed_at: { type: { type: "timestamp" }, immutable: true },
      serviceDate: { type: { type: "date" } },
      status: { type: { type: "enum", values: { running: {}, stopped: {} } } },
      metadata: { type: { type: "json" } },
      output: { type: { type: "timeseries" } },
      manual: { type: { type: "file" } },
      log: { type: { type: "sequence", list: true } },
      farm: direct(view("Farm")),
      similar: direct(view("Turbine"), true),
      anything: direct(),
      metmasts: edges(view("Farm"), { edgeSource: view("Distance") }),
      gateway: edges(view("Gone"), { connectionType: "single_edge_connection" }),
      loose: edges(view("Gone"), { edgeSource: view("Distance") }),
    },
  },
  Farm: {
    properties: {
      name: text,
      turbines: reverse(view("Turbine"), "farm"),
      best: reverse(view("Turbine"), "farm", view("Turbine"), "single_reverse_direct_relation"),
    },
  },
  Distance: { usedFor: "edge", properties: { distance: { type: { type: "float32" } } } },
});

describe("generate", () => {
  it("writes one file per view and an index", () => {
    expect([...generated(plant).files.keys()]).toEqual(["index.ts", "distance.ts", "farm.ts", "turbine.ts"]);
  });

  it("tells of views whose nodes are time series or files", () => {
    const mapped = (externalId: string, containerPropertyIdentifier: string) => ({
      raw: { container: { type: "container", space: "cdf_cdm", externalId }, containerPropertyIdentifier },
    });
    const model = file({
      Signal: { properties: { isStep: mapped("CogniteTimeSeries", "isStep") } },
      Manual: { properties: { mimeType: mapped("CogniteFile", "mimeType") } },
    });
    expect(textOf(model, "signal.ts")).toContain(
      'NodeView<"s/Signal@v1", { optional: "isStep"; resource: "timeseries" }>',
    );
    expect(textOf(model, "signal.ts")).toContain('  resource: "timeseries",\n');
    expect(textOf(model, "manual.ts")).toContain('NodeView<"s/Manual@v1", { resource: "file" }>');
  });

  it("design decision 1: writes an interface that people can read", () => {
    const [, body = ""] = /(\/\*\* A wind turbine[\s\S]*?\n\})/.exec(textOf(plant, "turbine.ts")) ?? [];
    expect(body).toBe(`/** A wind turbine. */
export interface Turbine
  extends NodeView<"s/Turbine@v1", { optional: "isActive"; units: { capacity: "power:megaw" } }> {
  anything: Direct | null;
  /**
   * Rated capacity
   *
   * Unit: power:megaw.
   */
  capacity: number | null;
  farm: Direct<Farm> | null;
  gateway: Edge | null;
  /** In CDF: installed_at. Cannot be changed once set. */
  installedAt: Date | null;
  /** Default: true. */
  isActive: boolean;
  log: SequenceReference[] | null;
  loose: Edge<unknown, Distance>[];
  manual: FileReference | null;
  metadata: JsonObject | null;
  metmasts: Edge<Farm, Distance>[];
  name: string;
  output: TimeSeriesReference | null;
  serviceDate: DateString | null;
  similar: Direct<Turbine>[] | null;
  status: Enum<"running" | "stopped"> | null;
  tags: string[] | null;
}`);
  });

  it("writes the metadata with related views by id, and imports only types of them", () => {
    const turbine = textOf(plant, "turbine.ts");
    expect(turbine).toContain('    farm: { type: "direct", source: "s/Farm@v1" },\n');
    expect(turbine).toContain('    installedAt: { type: "timestamp", id: "installed_at", immutable: true },\n');
    expect(turbine).toContain(
      'import type { Distance } from "./distance.js";\nimport type { Farm } from "./farm.js";\n',
    );
    expect(turbine).not.toMatch(/^import (?!type)/m);
  });

  it("E68: a view that points at itself does not import itself", () => {
    expect(textOf(plant, "turbine.ts")).not.toContain('"./turbine.js"');
  });

  it("writes reverse relations, many and single", () => {
    expect(textOf(plant, "farm.ts")).toContain("  turbines: Reverse<Turbine>[];\n");
    expect(textOf(plant, "farm.ts")).toContain("  best: Reverse<Turbine> | null;\n");
  });

  it("writes the index with every view, the types and the function", () => {
    const index = textOf(plant, "index.ts");
    expect(index).toContain('export { Turbine } from "./turbine.js";\n');
    expect(index).toContain("  readonly turbine: ViewOf<Turbine>;\n");
    expect(index).toContain("export function model<const Options extends BindOptions");
    expect(index).toContain("    distance: Distance,\n    farm: Farm,\n    turbine: Turbine,\n");
  });

  it("E43: writes nodes and edges of a view for both into its one file", () => {
    const both = textOf(file({ X: { usedFor: "all", properties: { name: text, to: direct(view("X")) } } }), "x.ts");
    expect(both).toContain('export interface X extends NodeView<"s/X@v1">');
    expect(both).toContain('export interface XEdge extends EdgeView<"s/X@v1">');
    expect(both).toContain("  to: Direct<X> | null;\n");
  });

  it("E135: writes the asked for endings and runtime", () => {
    expect(textOf(plant, "turbine.ts", { target: typescript({ importExtension: ".ts" }) })).toContain(
      'from "./farm.ts";',
    );
    expect(textOf(plant, "turbine.ts", { target: typescript({ importExtension: "" }) })).toContain('from "./farm";');
    expect(textOf(plant, "index.ts", { target: typescript({ runtimeImport: "npm:pygen" }) })).toContain(
      '} from "npm:pygen";',
    );
  });

  it("begins every file with its origin and a version that is the package's, and has no time in it", () => {
    const { version } = JSON.parse(readFileSync(path.resolve(import.meta.dirname, "../../package.json"), "utf8"));
    expect(VERSION).toBe(version);
    for (const content of generated(plant).files.values()) {
      expect(content.split("\n")[0]?.replace(/\b[0-9a-f]{16}\b/, "HASH")).toBe(
        `// Generated by pygen ${version} from s/Model@v1, content HASH. Do not edit: regenerate instead.`,
      );
      expect(content).not.toMatch(/20\d\d-\d\d/);
    }
  });

  it("stays within 120 columns and ends every file with one line end", () => {
    const long = "x".repeat(40);
    const wide = file({
      [`A${long}`]: {
        description: "word ".repeat(60),
        properties: {
          [`p${long}`]: direct(view(`A${long}`)),
          [`q${long}`]: text,
          ...Object.fromEntries(
            [..."efgh"].map((letter) => [letter.repeat(30), { ...text, nullable: false, defaultValue: "x" }]),
          ),
          state: {
            type: { type: "enum", values: Object.fromEntries([..."abcd"].map((letter) => [letter.repeat(24), {}])) },
          },
        },
      },
    });
    for (const content of generated(wide).files.values()) {
      expect(content).toMatch(/[^\n]\n$/);
      expect(content.split("\n").filter((line) => line.length > 120)).toEqual([]);
    }
  });

  it("tells what is odd and still generates the rest", () => {
    const { files, diagnostics } = generated(file({ A: { implements: [view("Gone")], properties: { a: text } } }));
    expect(diagnostics.map(({ code }) => code)).toEqual(["IR.PARENT_MISSING"]);
    expect(files.get("a.ts")).toContain("a: string | null;");
  });

  it("finds parents and containers in the dependencies", () => {
    const base = file({ P: { properties: { p: text } } });
    const child = file({ A: { implements: [view("P")], properties: { a: text } } });
    const { files, diagnostics } = generated(child, { dependencies: [readModelDocument(base)] });
    expect(diagnostics).toEqual([]);
    expect(files.get("a.ts")).toContain("  /** Inherited from P. */\n  p: string | null;\n");
  });
});

describe("several data models", () => {
  const two = (first: object, second: object): object => {
    const json = file({ A: { properties: { a: text } } }) as { dataModels: object[] };
    const [model = {}] = json.dataModels;
    return {
      ...json,
      dataModels: [
        { ...model, ...first },
        { ...model, ...second },
      ],
    };
  };
  const folders = (json: object): readonly string[] => [
    ...new Set([...generated(json, { target: apart() }).files.keys()].map((name) => name.split("/")[0] ?? "")),
  ];

  /** A target that renders data models one by one. */
  const apart = (): Target => {
    const { renderSeveral: _together, ...target } = typescript();
    return target;
  };

  it("E33: are one SDK, in which a view that both hold is there once", () => {
    const { files } = generated(two({ externalId: "Plant" }, { externalId: "WindFarm" }));
    expect([...files.keys()]).toEqual(["index.ts", "models/plant.ts", "models/wind-farm.ts", "a.ts"]);
    expect(compile(files)).toEqual([]);
  });

  it("E34, E36: tell versions of a view apart, and each gives its own", () => {
    const json = file({
      "A@v1": { properties: { a: text } },
      "A@v2": { properties: { b: direct(view("B")) } },
      B: {},
    }) as {
      dataModels: { views: object[] }[];
    };
    const [model] = json.dataModels;
    const [first, second, other] = model?.views ?? [];
    const dataModels = [
      { ...model, externalId: "Old", views: [first] },
      { ...model, externalId: "New", views: [second, other] },
    ];
    const { files, diagnostics } = generated({ ...json, dataModels });
    expect(diagnostics.map(({ code, place }) => `${code} ${place}`)).toEqual([
      "IR.NAME_CLASH s/A@v1",
      "IR.NAME_CLASH s/A@v2",
    ]);
    expect(files.get("models/old.ts")).toContain("  const views: OldViews = {\n    av1: Av1,\n  };");
    expect(files.get("models/new.ts")).toContain("  const views: NewViews = {\n    av2: Av2,\n    b: B,\n  };");
    expect(compile(files)).toEqual([]);
  });

  it("E35: functions of data models with one external id are told apart", () => {
    const { files } = generated(two({ version: "1" }, { version: "2" }));
    expect(files.get("models/model-1.ts")).toContain("export function model<");
    expect(files.get("models/model-2.ts")).toContain("export function modelModel<");
    expect(compile(files)).toEqual([]);
  });

  it("E133: each goes to a folder of its own where a target knows no better", () => {
    const { files } = generated(two({ externalId: "Plant" }, { externalId: "WindFarm" }), { target: apart() });
    expect([...files.keys()]).toEqual(["plant/index.ts", "plant/a.ts", "wind-farm/index.ts", "wind-farm/a.ts"]);
  });

  it("E35: folders of data models with one external id are told apart", () => {
    expect(folders(two({ version: "1" }, { version: "2" }))).toEqual(["model-1", "model-2"]);
    expect(folders(two({ space: "s" }, { space: "t" }))).toEqual(["s-model-v1", "t-model-v1"]);
    expect(folders(two({ space: "s" }, { space: "S" }))).toHaveLength(2);
  });

  it("E37: folders are safe whatever the id is", () => {
    expect(folders(two({ externalId: "../../etc" }, { externalId: "a\\b:c*?" }))).toEqual(["etc", "a-bc"]);
    expect(folders(two({ externalId: "..." }, { externalId: "CON" }))).toEqual(["model", "con_"]);
  });

  it.each(["WindFarm", "s/WindFarm", "WindFarm@v1", "s/WindFarm@v1"])(
    "generates the one that is called %s",
    (dataModel) => {
      const { files } = generated(two({ externalId: "Plant" }, { externalId: "WindFarm" }), { dataModel });
      expect([...files.keys()]).toEqual(["index.ts", "a.ts"]);
    },
  );

  it.each([
    ["Gone", "MODEL.NOT_FOUND"],
    ["Model", "MODEL.AMBIGUOUS"],
  ])("refuses %s with %s and tells what there is", (dataModel, code) => {
    try {
      generated(two({ version: "1" }, { version: "2" }), { dataModel });
      expect.unreachable();
    } catch (error) {
      expect(isModelError(error) && [error.code, `${error.message} ${error.hint}`]).toEqual([
        code,
        expect.stringContaining("s/Model@1, s/Model@2"),
      ]);
    }
  });

  it("refuses a file without any", () => {
    expect(() => generated({ spaces: [] })).toThrow("no data model and no views");
  });
});
