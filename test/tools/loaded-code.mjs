// Bundles an application as its developers would, with Vite, runs it, and tells which of the files that come out it loaded,
// and which are loaded on first use of something else.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "vite";

/** Stands before the application: a service that has one thing, and the files that are loaded told at the end. */
const surroundings = `
  const { Response } = globalThis;
  const item = { instanceType: "node", space: "s", externalId: "x", version: 1, createdTime: 0, lastUpdatedTime: 0,
    isGlobal: false };
  globalThis.fetch = async () => Response.json({ items: [item] });
  globalThis.loaded = new Set();
  process.on("beforeExit", () => console.log(JSON.stringify([...globalThis.loaded])));`;

/** Stands in each file. */
const tells = "globalThis.loaded.add(import.meta.url.split('/').at(-1));\n";

function sizeOf(codes) {
  const sizes = codes.map((code) => [code.length, gzipSync(code, { level: 9 }).length]);
  const sum = (place) => sizes.reduce((total, size) => total + size[place], 0);
  return { minified: sum(0), gzip: sum(1) };
}

/** The files that come with one, itself included, but those that are known. */
function withImports(name, chunks, known) {
  const found = new Set();
  const visit = (file) => {
    if (found.has(file) || known.has(file)) return;
    found.add(file);
    for (const imported of chunks.get(file).imports) visit(imported);
  };
  visit(name);
  return [...found];
}

/** What Vite makes of an application, as chunks by name. */
async function bundled(folder) {
  const { output } = await build({
    root: folder,
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      modulePreload: false,
      target: "es2022",
      rolldownOptions: {
        input: path.join(folder, "app.ts"),
        output: { entryFileNames: "[name].js", chunkFileNames: "[name].js" },
      },
    },
  });
  return new Map(output.map((chunk) => [chunk.fileName, chunk]));
}

/** Runs an application, and tells the names of the files that it loaded. */
async function run(chunks, folder) {
  for (const [name, { code }] of chunks) await writeFile(path.join(folder, name), tells + code);
  await writeFile(path.join(folder, "surroundings.js"), surroundings);
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "./surroundings.js", "app.js"], {
    cwd: folder,
  });
  return new Set(JSON.parse(stdout.trim().split("\n").at(-1)));
}

/**
 * What an application loads when it runs, in bytes, and what else it may load: `{minified, gzip, later}`, where `later`
 * says for each `import()` in it what comes in addition.
 *
 * @param root - the package that the application has, with the packages installed for it
 */
export async function loadedCode(code, root) {
  const folder = await mkdtemp(path.join(tmpdir(), "pygen-size-"));
  try {
    await mkdir(path.join(folder, "node_modules/@cognite"), { recursive: true });
    await symlink(root, path.join(folder, "node_modules/pygen"));
    await symlink(path.join(root, "node_modules/@cognite/sdk"), path.join(folder, "node_modules/@cognite/sdk"));
    await writeFile(path.join(folder, "package.json"), '{ "type": "module" }');
    await writeFile(path.join(folder, "app.ts"), code);
    const chunks = await bundled(folder);
    const loaded = await run(chunks, folder);
    const sum = (names) => sizeOf(names.map((name) => chunks.get(name).code));
    const parts = [...chunks.values()].filter(
      ({ isDynamicEntry, fileName }) => isDynamicEntry && !loaded.has(fileName),
    );
    return {
      ...sum([...loaded]),
      later: parts.map(({ name, fileName }) => ({ name, ...sum(withImports(fileName, chunks, loaded)) })),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
