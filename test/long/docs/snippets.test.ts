import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../../..");
const SDK = join(ROOT, "examples/windfarm/sdk/index.js");

interface Snippet {
  readonly place: string;
  readonly code: string;
}

/** The TypeScript examples of a text: of Markdown as they stand, of comments without their stars. */
function snippetsOf(file: string): Snippet[] {
  const text = readFileSync(join(ROOT, file), "utf8");
  return [...text.matchAll(/^([ \t]*(?:\* )?)```ts\n([\s\S]*?)^[ \t]*(?:\* )?```/gm)].map((match) => {
    const line = text.slice(0, match.index).split("\n").length;
    const code = match[1]!.includes("*") ? match[2]!.replace(/^[ \t]*\* ?/gm, "") : match[2]!;
    return { place: `${file}:${line}`, code };
  });
}

const sources = ["src", "legacy"].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => `${folder}/${file}`),
);
const docs = readdirSync(join(ROOT, "docs")).filter((file) => file.endsWith(".md"));
const pages = ["README.md", "AGENTS.md", ...docs.map((file) => `docs/${file}`)].filter((file) =>
  existsSync(join(ROOT, file)),
);
const snippets = [...pages, ...sources].flatMap(snippetsOf);

/** What examples take for granted: each is declared where an example uses it without declaring it. */
const givens: Readonly<Record<string, string>> = {
  client: 'declare const client: import("pygen").PygenClient;',
  wind: `declare const wind: import("${SDK}").WindFarm<{ space: string }>;`,
  sdk: `declare const sdk: import("${SDK}").WindFarm<{ space: string }>;`,
  assets: `import type { NodeView, ViewApi } from "pygen";
    interface Asset extends NodeView<"cdf_cdm/CogniteAsset@v1"> { name: string | null }
    declare const assets: ViewApi<Asset, { space: string; views: string }>;`,
  fetchToken: "declare function fetchToken(): Promise<string>;",
  keep: "declare function keep(value: unknown): void;",
  json: "declare const json: unknown;",
  text: "declare const text: string;",
  manyTurbines: "declare const manyTurbines: { externalId: string }[];",
  emulator: 'declare const emulator: import("pygen/emulator").Emulator;',
  error: "declare const error: unknown;",
};

function asModule(code: string): string {
  const body = code.replaceAll(/"\.\/(sdk|windfarm)\/index\.js"/g, JSON.stringify(SDK));
  const declared = (name: string): boolean =>
    new RegExp(
      `(?:const|let|function|class) \\[?${name}\\b|import [^;]*\\b${name}\\b[^;]* from|catch \\(${name}\\)|\\(${name}\\) =>`,
    ).test(body);
  const used = Object.entries(givens).filter(
    ([name]) => new RegExp(`(?<![.\\w])${name}\\b(?!:)`).test(body) && !declared(name),
  );
  return `${body}\n${used.map(([, declaration]) => declaration).join("\n")}\nexport {};\n`;
}

/** Where the doors are, as the project's own files find them. */
function doorPaths(): Record<string, string[]> {
  const { config } = ts.readConfigFile(join(ROOT, "tsconfig.json"), ts.sys.readFile);
  const paths: Readonly<Record<string, readonly string[]>> = config.compilerOptions.paths;
  return Object.fromEntries(
    Object.entries(paths).map(([door, files]) => [door, files.map((file) => join(ROOT, file))]),
  );
}

/** Compiles all examples as files of one folder, beside the wind farm's SDK. */
function compile(): Map<string, string[]> {
  const folder = join(ROOT, "test/long/docs/virtual");
  const files = new Map(
    snippets.map(({ place, code }) => [
      join(folder, `${place.replace(/\W+/g, "-")}.ts`),
      { place, text: asModule(code) },
    ]),
  );
  const options: ts.CompilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    moduleDetection: ts.ModuleDetectionKind.Force,
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts", "lib.dom.asynciterable.d.ts"],
    types: ["node"],
    paths: doorPaths(),
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.readFile = (name) => files.get(name)?.text ?? readFile(name);
  host.getSourceFile = (name, version, ...rest) => {
    const file = files.get(name);
    return file ? ts.createSourceFile(name, file.text, version) : getSourceFile(name, version, ...rest);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  const errors = new Map<string, string[]>();
  for (const diagnostic of ts.getPreEmitDiagnostics(program)) {
    const place = files.get(diagnostic.file?.fileName ?? "")?.place ?? diagnostic.file?.fileName ?? "";
    const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n");
    errors.set(place, [...(errors.get(place) ?? []), message]);
  }
  return errors;
}

describe("examples in the documentation and in comments", () => {
  it("compile under strict TypeScript", () => {
    expect(snippets.length).toBeGreaterThan(20);
    expect(Object.fromEntries(compile())).toEqual({});
  }, 120_000);
});
