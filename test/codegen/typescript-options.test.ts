import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import * as v from "valibot";
import { describe, expect, it, onTestFinished } from "vitest";
import { generate, readModelDocument, type TypescriptOptions, typescript } from "../../src/codegen/index.js";
import { direct, edges, file, reverse, text, view } from "../ir/models.js";
import { compile } from "./compile.js";

const plant = file({
  Pump: {
    properties: {
      name: { ...text, nullable: false },
      class: { ...text, nullable: false, defaultValue: "A" },
      count: { type: { type: "int32" } },
      serial: { type: { type: "int64" } },
      started: { type: { type: "timestamp", list: true } },
      day: { type: { type: "date" } },
      extra: { type: { type: "json" } },
      state: { type: { type: "enum", values: { on: {}, off: {} } } },
      __proto__x: text,
      site: direct(view("Site")),
      links: edges(view("Pump"), { edgeSource: view("Link") }),
    },
  },
  Site: { properties: { pumps: reverse(view("Pump"), "site") } },
  Link: { usedFor: "edge", properties: { weight: { type: { type: "float32" } } } },
});

const filesOf = (options: TypescriptOptions): ReadonlyMap<string, string> =>
  generate({ document: readModelDocument(plant), target: typescript(options) }).files;

/** Loads generated schemas as an application does. */
async function schemasOf(options: TypescriptOptions): Promise<Readonly<Record<string, v.GenericSchema>>> {
  const folder = await mkdtemp(path.join(tmpdir(), "pygen-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await symlink(path.resolve(import.meta.dirname, "../../node_modules"), path.join(folder, "node_modules"));
  await writeFile(path.join(folder, "package.json"), `{"type":"module"}`);
  await mkdir(path.join(folder, "schemas"));
  for (const [name, content] of filesOf({ ...options, schemas: true })) {
    if (!name.startsWith("schemas/")) continue;
    const { outputText } = ts.transpileModule(content, {
      compilerOptions: { module: ts.ModuleKind.ESNext, target: 9 },
    });
    await writeFile(path.join(folder, name.replace(/\.ts$/, ".js")), outputText);
  }
  const load = (name: string) => import(pathToFileURL(path.join(folder, "schemas", name)).href);
  return { ...(await load("pump.js")), ...(await load("link.js")) };
}

describe("--schemas", () => {
  it.each(["number", "bigint"] as const)("writes schemas whose values can be written, with int64 as %s", (int64) => {
    const files = new Map(filesOf({ schemas: true, int64 }));
    expect([...files.keys()].filter((name) => name.startsWith("schemas/"))).toEqual([
      "schemas/_values.ts",
      "schemas/link.ts",
      "schemas/pump.ts",
      "schemas/site.ts",
    ]);
    files.set(
      "use.ts",
      `import type { InferOutput } from "valibot";
       import type { Write } from "pygen";
       import type { Pump } from "./index.js";
       import type { PumpSchema } from "./schemas/pump.js";
       type Values = Omit<InferOutput<typeof PumpSchema>, "site" | "links" | "space" | "class">;
       export const one = (value: Values): Omit<Write<Pump, { space: string; views: string }>, "site" | "links" | "class"> => value;`,
    );
    expect(compile(files, "nodenext", { isolatedDeclarations: false })).toEqual([]);
  });

  it("take what the service takes, and refuse the rest with its place", async () => {
    const { PumpSchema, LinkSchema } = await schemasOf({});
    if (!PumpSchema || !LinkSchema) throw new Error("there are no schemas");
    const good = {
      externalId: "p1",
      name: "Pump",
      count: 3,
      serial: null,
      started: [new Date(0), "2026-01-01T00:00:00.000Z"],
      day: "2026-01-01",
      extra: { a: [1] },
      state: "on",
      site: "s1",
      links: ["p2", { node: "p3", edge: { weight: 1 } }],
    };
    expect(v.safeParse(PumpSchema, good).issues).toBeUndefined();
    const bad = { ...good, externalId: "", name: null, count: 2 ** 31, started: ["soon"], state: "broken", site: 3 };
    const places = v.safeParse(PumpSchema, bad).issues?.map((issue) => v.getDotPath(issue));
    expect(places?.sort()).toEqual(["count", "externalId", "name", "site", "started.0", "state"]);
    const link = { externalId: "l", $type: { space: "s", externalId: "t" }, $startNode: "a", $endNode: "b", weight: 1 };
    expect(v.safeParse(LinkSchema, link).issues).toBeUndefined();
    expect(v.safeParse(LinkSchema, { ...link, $endNode: undefined }).success).toBe(false);
  });

  it("E104: take int64 values as they are represented", async () => {
    const { PumpSchema } = await schemasOf({ int64: "bigint" });
    const pump = (serial: unknown): boolean =>
      PumpSchema !== undefined && v.safeParse(PumpSchema, { externalId: "p", name: "P", serial }).success;
    expect([2n ** 63n - 1n, 2n ** 63n, 1].map(pump)).toEqual([true, false, false]);
  });
});

describe("--types-only", () => {
  it("writes nothing that runs", () => {
    const files = filesOf({ typesOnly: true });
    expect(compile(files)).toEqual([]);
    for (const content of files.values()) {
      const { outputText } = ts.transpileModule(content, { compilerOptions: { removeComments: true } });
      expect(outputText.replace(/export \{\};|"use strict";|Object\.defineProperty\(exports.*\n/g, "").trim()).toBe("");
    }
    expect(files.get("index.ts")).toContain("export interface ModelViews {\n  readonly link: Link;\n");
  });

  it("does so for several data models too", () => {
    const { dataModels, ...rest } = plant as { dataModels: object[] };
    const [model] = dataModels;
    const document = readModelDocument({ ...rest, dataModels: [model, { ...model, externalId: "Other" }] });
    const { files } = generate({ document, target: typescript({ typesOnly: true }) });
    expect(compile(files)).toEqual([]);
    expect(files.get("index.ts")).toContain('export type { OtherViews } from "./models/other.js";');
  });
});

it.each([".js", ".ts", ""] as const)("E135: relative imports end in %j, everywhere", (importExtension) => {
  const files = filesOf({ importExtension, schemas: true });
  const imports = [...files.values()].flatMap((content) =>
    [...content.matchAll(/from "(\.[^"]*)"/g)].map(([, from]) => from),
  );
  expect(imports.length).toBeGreaterThan(5);
  expect(imports.every((from) => from?.replace(/^.*\//, "").replace(/^[^.]*/, "") === importExtension)).toBe(true);
  const resolution = importExtension === "" ? "bundler" : "nodenext";
  expect(compile(files, resolution, { isolatedDeclarations: false })).toEqual([]);
});
