import { describe, expect, it } from "vitest";
import { type GenerateOptions, generate, python, readModelDocument, typescript } from "../../src/codegen/index.js";
import { direct, file, text, view } from "../ir/models.js";
import { compile } from "./compile.js";

const json = { type: { type: "json" } } as const;
const document = readModelDocument(
  file({
    Turbine: {
      properties: {
        settings: json,
        history: { type: { type: "json", list: true } },
        other: json,
        name: text,
        installed_at: { type: { type: "timestamp" }, nullable: false },
        stops: { type: { type: "timestamp", list: true } },
        farm: direct(view("Farm")),
      },
    },
    Farm: { properties: { settings: json } },
    Settings: { properties: { name: text } },
  }),
);
const jsonTypes: GenerateOptions["jsonTypes"] = {
  "Turbine.settings": { name: "Settings", from: "./own.js" },
  "Turbine.history": { name: "Change", from: "./own.js" },
  "*.settings": { name: "Change", from: "./more.js" },
};
const generated = (options: Partial<GenerateOptions> = {}) => generate({ document, jsonTypes, ...options });

describe("types of one's own for JSON properties", () => {
  it("are imported and used, under another name where theirs is taken", () => {
    const { files, diagnostics } = generated();
    expect(diagnostics).toEqual([]);
    const turbine = files.get("turbine.ts") ?? "";
    expect(turbine).toContain('import type { Change, Settings as SettingsJson } from "./own.js";\n');
    expect(turbine).toContain("  settings: SettingsJson | null;\n");
    expect(turbine).toContain("  history: Change[] | null;\n");
    expect(turbine).toContain("  other: JsonObject | null;\n");
    expect(files.get("farm.ts")).toContain('import type { Change } from "./more.js";\n');
  });

  it("are the types of fields in Python, and of nothing that conditions take", () => {
    const types = {
      "Turbine.settings": { name: "Settings", from: "app.types" },
      "Turbine.history": { name: "Change", from: "..x" },
    };
    const turbine = generated({ jsonTypes: types, target: python() }).files.get("turbine.py") ?? "";
    expect(turbine).toContain("from app.types import Settings as SettingsJson\n");
    expect(turbine).toContain("from ..x import Change\n");
    expect(turbine.match(/^ {4}settings: SettingsJson \| None( = None)?$/gm)).toHaveLength(2);
    expect(turbine).toContain("    history: ListWhere[JsonObject]\n");
  });

  it.each(["a; import os", "a.", "../a", ""])("refuses %j for a module of Python", (from) => {
    expect(() => generated({ jsonTypes: { "Turbine.settings": { name: "A", from } }, target: python() })).toThrow(
      expect.objectContaining({ code: "CONFIG.TARGET" }),
    );
  });

  it("are told where they mean no JSON property", () => {
    const types = { "Turbine.name": { name: "A", from: "a" }, "Turbin.settings": { name: "A", from: "a" } };
    const { diagnostics } = generated({ jsonTypes: types });
    expect(diagnostics.map(({ code, place }) => `${code} ${place}`)).toEqual([
      "IR.PATTERN_UNUSED Turbin.settings",
      "IR.PATTERN_UNUSED Turbine.name",
    ]);
  });

  it.each(["A; export const pwned = 1", "", "a b", "1a"])("refuses %j for a name", (name) => {
    expect(() => generated({ jsonTypes: { "Turbine.settings": { name, from: "a" } } })).toThrow(
      expect.objectContaining({ code: "CONFIG.TARGET" }),
    );
  });
});

describe("the type of timestamps", () => {
  it("is Date unless asked otherwise", () => {
    const turbine = generated().files.get("turbine.ts") ?? "";
    expect(turbine).toContain("  installedAt: Date;\n  name:");
    expect(turbine).not.toContain("iso");
  });

  it("is a text in interfaces, and marked in the metadata, where asked for", () => {
    const turbine = generated({ target: typescript({ timestamps: "string" }) }).files.get("turbine.ts") ?? "";
    expect(turbine).toContain("  installedAt: TimestampString;\n");
    expect(turbine).toContain("  stops: TimestampString[] | null;\n");
    expect(turbine).toContain('installedAt: { type: "timestamp", id: "installed_at", required: true, iso: true }');
  });
});

it("both compile, and type what is read, written, compared and sorted by", () => {
  const files = new Map(generated({ target: typescript({ timestamps: "string" }) }).files);
  files.set(
    "own.ts",
    "export interface Settings { readonly a: number; readonly b?: string }\nexport type Change = { at: string };\n",
  );
  files.set("more.ts", "export interface Change { readonly by: string }\n");
  files.set(
    "use.ts",
    `import type { PygenClient } from "pygen"; import { model } from "./index.js";
     export async function use(client: PygenClient): Promise<void> {
       const { turbine } = model(client, { space: "x" });
       const [row] = await turbine.list({
         where: { settings: { exists: true }, installedAt: { gt: new Date(0) }, $overlaps: { start: "installedAt", end: "installedAt", gte: "2024-01-01" } },
         sort: [{ installedAt: "asc" }],
         limit: 1,
       });
       const a: number | undefined = row?.settings?.a;
       const at: string | undefined = row?.installedAt;
       const change: string | undefined = row?.history?.[0]?.at;
       await turbine.upsert([{ externalId: "t", installedAt: new Date(), settings: { a: 1 }, history: [{ at: "now" }] }]);
       await turbine.upsert([{ externalId: "t", installedAt: "2024-01-01T00:00:00Z" }]);
       // @ts-expect-error: a is a number
       await turbine.upsert([{ externalId: "t", installedAt: "2024-01-01T00:00:00Z", settings: { a: "1" } }]);
       // @ts-expect-error: JSON has no order
       turbine.list({ sort: [{ settings: "asc" }] });
       void [a, at, change];
     }`,
  );
  expect(compile(files)).toEqual([]);
});
