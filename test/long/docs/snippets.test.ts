import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../../..");
const SDK = join(ROOT, "examples/windfarm/sdk/index.js");

interface Snippet {
  readonly place: string;
  readonly ending: ".ts" | ".js" | ".cjs";
  readonly code: string;
}

/** The examples of a text in TypeScript and JavaScript: of Markdown as they stand, of comments without their stars. */
function snippetsOf(file: string): Snippet[] {
  const text = readFileSync(join(ROOT, file), "utf8");
  return [...text.matchAll(/^([ \t]*(?:\* )?)```([tj]s)\n([\s\S]*?)^[ \t]*(?:\* )?```/gm)].map((match) => {
    const [, start = "", language, body = ""] = match;
    const line = text.slice(0, match.index).split("\n").length;
    const code = start.includes("*") ? body.replace(/^[ \t]*\* ?/gm, "") : body;
    const ending = language === "ts" ? ".ts" : /\brequire\(/.test(code) ? ".cjs" : ".js";
    return { place: `${file}:${line}`, ending, code };
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

/** What examples take for granted; what one declares itself stands in its place there. */
const givens = `
import type { NodeView, PygenClient, ViewApi } from "pygen";
import type { Emulator } from "pygen/emulator";
import type { WindFarm } from "${SDK}";

interface Asset extends NodeView<"cdf_cdm/CogniteAsset@v1"> { name: string | null }
/** Of the files for script tags. */
type Script = typeof import("pygen") & typeof import("pygen/auth/browser");

declare global {
  const client: PygenClient;
  const wind: WindFarm<{ space: string }>;
  const sdk: typeof wind;
  const assets: ViewApi<Asset, { space: string; views: string }>;
  const fetchToken: () => Promise<string>;
  const keep: (value: unknown) => void;
  const json: unknown;
  const text: string;
  const manyTurbines: { externalId: string }[];
  const emulator: Emulator;
  const error: unknown;
  /** Its own types cannot be resolved by Node's rules. */
  const cogniteClient: any;
  const Pygen: Script;
  interface Window { readonly Pygen: Script }
}
`;

/** That something may be null or undefined: what JavaScript that checks nothing leaves to chance. */
const strictness: ReadonlySet<number> = new Set([2531, 2532, 18_047, 18_048]);

function asModule({ code, ending }: Snippet): string {
  const body = code.replaceAll(/"\.\/(sdk|windfarm)\/index\.js"/g, JSON.stringify(SDK));
  return ending === ".cjs" ? body : `${body}\nexport {};\n`;
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
  const files = new Map([
    [join(folder, "givens.ts"), { place: "givens", text: givens }],
    ...snippets.map((snippet) => {
      const { place, ending } = snippet;
      return [join(folder, `${place.replace(/\W+/g, "-")}${ending}`), { place, text: asModule(snippet) }] as const;
    }),
  ]);
  const options: ts.CompilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    checkJs: true,
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
    const name = diagnostic.file?.fileName ?? "";
    if (/js$/.test(name) && strictness.has(diagnostic.code)) continue;
    const place = files.get(name)?.place ?? name;
    const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n");
    errors.set(place, [...(errors.get(place) ?? []), message]);
  }
  return errors;
}

describe("examples in the documentation and in comments", () => {
  it("compile under strict TypeScript, those in JavaScript but for what may be null", () => {
    for (const ending of [".ts", ".js", ".cjs"]) expect(snippets.some((each) => each.ending === ending)).toBe(true);
    expect(Object.fromEntries(compile())).toEqual({});
  });
});
