import { describe, expect, it } from "vitest";
import { type GenerateOptions, generate, python, readModelDocument, typescript } from "../../src/codegen/index.js";
import { direct, edges, file, reverse, text, view } from "../ir/models.js";
import { compile } from "./compile.js";

const plant = file({
  Pump: {
    properties: {
      name: text,
      wind_speed: text,
      site: direct(view("Site")),
      links: edges(view("Pump"), { edgeSource: view("Link") }),
    },
  },
  Site: { properties: { name: text, pumps: reverse(view("Pump"), "site") } },
  Link: { usedFor: "edge", properties: { weight: text } },
  Tank: { space: "other", properties: { name: text } },
});

const generated = (options: Partial<GenerateOptions>) => {
  const { files, diagnostics } = generate({ document: readModelDocument(plant), ...options });
  return { files, told: diagnostics.map(({ code, place, severity }) => `${severity} ${code} ${place}`) };
};
const pump = (options: Partial<GenerateOptions>): string => generated(options).files.get("pump.ts") ?? "";

describe("exclude", () => {
  it("E54: leaves out views and the properties that lead to them, and says nothing of them", () => {
    const { files, told } = generated({ exclude: { views: ["Site", "s/Link@v1"] } });
    expect([...files.keys()]).toEqual(["index.ts", "pump.ts", "tank.ts"]);
    expect(files.get("pump.ts")).not.toMatch(/site|links/);
    expect(told).toEqual([]);
    expect(compile(files)).toEqual([]);
  });

  it("leaves out spaces and properties", () => {
    const { files } = generated({ exclude: { spaces: ["other"], properties: ["*.name", "s/Pump.site"] } });
    expect([...files.keys()]).toEqual(["index.ts", "link.ts", "pump.ts", "site.ts"]);
    expect(files.get("pump.ts")).not.toMatch(/\bname\b|site:/);
    expect(files.get("site.ts")).toContain("pumps: Reverse<Pump>[];");
  });

  it("E134: is an error where nothing is left", () => {
    expect(generated({ exclude: { spaces: ["s", "other"] } }).told).toEqual(["error IR.NO_VIEWS s/Model@v1"]);
  });

  it("tells of patterns that mean nothing, as errors where that is asked for", () => {
    const options = {
      exclude: { views: ["Pmup"], spaces: ["x"], properties: ["Pump.nmae"] },
      rename: { views: { Gone: "A" }, properties: { "*.gone": "b" } },
    };
    const patterns = ["*.gone", "Gone", "Pmup", "Pump.nmae", "x"];
    expect(generated(options).told).toEqual(patterns.map((pattern) => `warning IR.PATTERN_UNUSED ${pattern}`));
    expect(generated({ ...options, strict: true }).told).toEqual(
      patterns.map((pattern) => `error IR.PATTERN_UNUSED ${pattern}`),
    );
  });
});

describe("rename and naming", () => {
  it("gives views, properties and the model the names that were chosen, and the wire its ids", () => {
    const { files, told } = generated({
      rename: { views: { "s/Pump": "Water pump" }, properties: { "Pump.wind_speed": "speed" }, model: "My plant" },
    });
    const text = files.get("water-pump.ts") ?? "";
    expect(text).toContain('export interface WaterPump extends NodeView<"s/Pump@v1">');
    expect(text).toContain('speed: { type: "text", id: "wind_speed" }');
    expect(files.get("site.ts")).toContain("pumps: Reverse<WaterPump>[];");
    expect(files.get("index.ts")).toContain("export function myPlant<");
    expect(told).toEqual([]);
    expect(compile(files)).toEqual([]);
  });

  it("changes chosen names that are reserved or taken as it changes others", () => {
    const { files, told } = generated({
      rename: { views: { Pump: "Date", Tank: "Site" }, properties: { "Pump.name": "windSpeed" } },
    });
    expect([...files.keys()]).toContain("date.ts");
    expect(files.get("date.ts")).toContain("export interface Date_ ");
    expect(files.get("date.ts")).toContain("windSpeed_2");
    expect(told.every((each) => /NAME_(CLASH|ESCAPED)/.test(each))).toBe(true);
    expect(compile(files)).toEqual([]);
  });

  it("N1 to N4, N9: writes names in the case that is asked for, and keeps from more words", () => {
    const naming = { properties: "snake", handles: "pascal", files: "snake", reserved: ["site"] } as const;
    const { files } = generated({ naming, rename: { views: { Pump: "WaterPump" } } });
    const text = files.get("water_pump.ts") ?? "";
    expect(text).toContain("  wind_speed: string | null;");
    expect(text).toContain("  site_: Direct<Site> | null;");
    expect(files.get("index.ts")).toContain("readonly WaterPump: ViewOf<WaterPump>;");
    expect(compile(files)).toEqual([]);
  });
});

describe("names in other cases", () => {
  const odd = file({
    Index: { properties: { "3d-field": text, _private: text, höjd: text, wind_speed: text } },
    "Water pump": { properties: { name: text } },
  });
  const namesIn = (options: Partial<GenerateOptions>) =>
    generate({ document: readModelDocument(odd), ...options }).files;

  it("E21: do not name a file as one of the SDK's, in capitals either", () => {
    const files = namesIn({ naming: { files: "pascal" } });
    expect([...files.keys()]).toEqual(["index.ts", "Index_.ts", "WaterPump.ts"]);
  });

  it("E8, E16, N1 to N4: are names that Python takes", () => {
    const files = namesIn({ target: python(), naming: { properties: "camel", handles: "pascal", files: "kebab" } });
    expect([...files.keys()]).toContain("water_pump.py");
    const module = files.get("index.py") ?? "";
    expect([...module.matchAll(/^ {8}"(\w+)": Scalar/gm)].map(([, name]) => name).sort()).toEqual([
      "hojd",
      "no_3dField",
      "private",
      "windSpeed",
    ]);
    expect(files.get("client.py")).toContain("    waterPump: ViewAPI[");
  });
});

describe("targets of one's own", () => {
  const target = (...paths: readonly string[]) => ({
    ...typescript(),
    render: () => new Map(paths.map((path) => [path, ""])),
  });

  it.each([
    "../a.ts",
    "/a.ts",
    "a//b.ts",
    "a/../b.ts",
    ".git/config",
    "a\\b.ts",
    "C:a.ts",
    "",
    "a/aux.ts",
    "NUL.tar.gz",
    "Com1",
    "a.",
  ])("cannot write to %j", (path) => {
    expect(() => pump({ target: target(path) })).toThrow("is not a safe path");
  });

  it("E21: cannot write files that differ in case alone", () => {
    expect(() => pump({ target: target("A.ts", "a.ts") })).toThrow(
      "files A.ts and a.ts, which are one on some systems",
    );
  });
});
