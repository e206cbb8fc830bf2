// Bundles an application as its developers would, runs it, and tells which of the output's files it loaded, and which are
// loaded on first use of something else.
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** Stands before the application: a service that has one thing, and the files that are loaded told at the end. */
const surroundings = `
  const { Response } = globalThis;
  const item = { instanceType: "node", space: "s", externalId: "x", version: 1, createdTime: 0, lastUpdatedTime: 0,
    isGlobal: false };
  globalThis.fetch = async () => Response.json({ items: [item] });
  globalThis.loaded = new Set();
  process.on("beforeExit", () => console.log(JSON.stringify([...globalThis.loaded])));`;

const tells = "globalThis.loaded?.add(import.meta.url.split('/').at(-1));\n";

const sizeOf = (contents) => ({ minified: contents.length, gzip: gzipSync(contents, { level: 9 }).length });

const total = (sizes) =>
  sizes.reduce((sum, { minified, gzip }) => ({ minified: sum.minified + minified, gzip: sum.gzip + gzip }), {
    minified: 0,
    gzip: 0,
  });

/** The files that come with one, itself included, but those of the other set. */
function withImports(name, outputs, known = new Set()) {
  const found = new Set();
  const visit = (file) => {
    if (found.has(file) || known.has(file)) return;
    found.add(file);
    for (const { path: to, kind } of outputs[file]?.imports ?? []) if (kind === "import-statement") visit(to);
  };
  visit(name);
  return [...found];
}

/**
 * What an application loads when it runs, in bytes, and what else it may load: `{minified, gzip, later}`, where `later`
 * says for each module that an `import()` in it names what comes in addition.
 */
export async function loadedCode(code, resolveDir) {
  const folder = await mkdtemp(path.join(tmpdir(), "pygen-size-"));
  try {
    const { outputFiles, metafile } = await build({
      stdin: { contents: code, resolveDir, loader: "ts", sourcefile: "app.ts" },
      absWorkingDir: folder,
      outdir: folder,
      outExtension: { ".js": ".mjs" },
      bundle: true,
      minify: true,
      splitting: true,
      write: false,
      metafile: true,
      format: "esm",
      platform: "browser",
      logLevel: "error",
      // The project's own would lead from the package to its sources.
      tsconfigRaw: {},
    });
    const { outputs } = metafile;
    const sizes = new Map(outputFiles.map(({ path: file, contents }) => [path.basename(file), sizeOf(contents)]));
    const named = Object.fromEntries(Object.entries(outputs).map(([file, output]) => [path.basename(file), output]));
    for (const output of Object.values(named)) {
      for (const one of output.imports) one.path = path.basename(one.path);
    }
    for (const { path: file, text } of outputFiles) await writeFile(file, tells + text);
    await writeFile(path.join(folder, "surroundings.mjs"), surroundings);
    const args = ["--import", "./surroundings.mjs", "stdin.mjs"];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder });
    const loaded = new Set(JSON.parse(stdout.trim().split("\n").at(-1)));
    const sum = (files) => total(files.map((file) => sizes.get(file)));
    const parts = Object.keys(named).filter((file) => named[file].entryPoint !== undefined && !loaded.has(file));
    return {
      ...sum([...loaded]),
      later: parts.map((file) => ({
        name: path.basename(named[file].entryPoint, ".js"),
        ...sum(withImports(file, named, loaded)),
      })),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
