// Builds everything that is published. Libraries are inlined, so that installing the package installs nothing else.
import { chmodSync, readFileSync, rmSync } from "node:fs";
import { builtinModules } from "node:module";
import path from "node:path";
import commonjs from "@rollup/plugin-commonjs";
import json from "@rollup/plugin-json";
import nodeResolve from "@rollup/plugin-node-resolve";
import terser from "@rollup/plugin-terser";
import { transform } from "esbuild";
import dts from "rollup-plugin-dts";
import esbuild from "rollup-plugin-esbuild";
import { integrity } from "./test/tools/integrity.mjs";
import { kyCore } from "./test/tools/ky-core.mjs";
import { pureCalls } from "./test/tools/pure-calls.mjs";
import { thirdPartyNotices } from "./test/tools/third-party-notices.mjs";

const root = import.meta.dirname;
const src = path.join(root, "src");

/** Output name of every door, as in `exports` of package.json, and its source. */
const doors = {
  index: "src/index.ts",
  "codegen/index": "src/codegen/index.ts",
  "cognite-sdk/index": "src/doors/cognite-sdk/index.ts",
  "emulator/index": "src/emulator/index.ts",
  "emulator/node": "src/emulator/node.ts",
  "node/index": "src/doors/node/index.ts",
  "tracing/index": "src/doors/tracing/index.ts",
};

const builtins = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]));
const isBuiltin = (id) => builtins.has(id) || id.startsWith("node:");

/** Packages that the application brings; which door may import which is a rule of the layers. */
const peers = new Set(["@opentelemetry/api"]);
const isOutside = (id) => isBuiltin(id) || peers.has(id);

/** A shared chunk is called after its last module; rollup's own choice depends on names like `index`. */
function chunkName(chunk) {
  const last = chunk.moduleIds.at(-1) ?? chunk.name;
  const local = last.startsWith(src)
    ? path.relative(src, last)
    : last.slice(last.lastIndexOf("node_modules") + "node_modules".length + 1);
  return local
    .replace(/(\.d)?\.[cm]?[jt]s$/, "")
    .replace(/[^\w-]+/g, "-")
    .replace(/-index$/, "");
}

/** Notes that mean a broken or badly layered bundle stop the build; the rest is printed. */
function onLog(level, log, handler) {
  const ours = log.code === "CIRCULAR_DEPENDENCY" && log.ids?.every((id) => id.startsWith(src));
  const fatal = ours || log.code === "UNRESOLVED_IMPORT" || log.code === "MISSING_EXPORT";
  if (log.code === "CIRCULAR_DEPENDENCY" && !ours) return;
  handler(fatal ? "error" : level, log);
}

/** The one library that is large and never stepped through goes in without its comments and layout. */
const slimUndici = {
  name: "slim-undici",
  async transform(code, id) {
    if (!id.includes("/node_modules/undici/")) return undefined;
    const options = { minifyWhitespace: true, minifySyntax: true, legalComments: "none", target: "es2022" };
    return { code: (await transform(code, options)).code, map: null };
  },
};

/** Maps are of our own code: that of libraries is many times as long, and nobody steps through it. */
const ownMaps = {
  name: "own-maps",
  transform: (code, id) => (id.includes("/node_modules/") ? { code, map: { mappings: "" } } : undefined),
};

const code = () => [
  slimUndici,
  ownMaps,
  kyCore(),
  nodeResolve({ extensions: [".ts", ".js"], preferBuiltins: true }),
  // Parts of undici that are not used ask for node:sqlite; Node 20 has it not, and an import at the top would fail there.
  // What undici tries to load is there in every Node, and has to be imported: modules have no require.
  commonjs({ ignore: ["node:sqlite"], ignoreTryCatch: false }),
  json(),
  esbuild({ target: "es2022", tsconfig: path.join(root, "tsconfig.json") }),
  pureCalls(src),
];

const cleanDist = {
  name: "clean-dist",
  buildStart: () => rmSync(path.join(root, "dist"), { recursive: true, force: true }),
};

/** Public types name nothing but ours and Node's: a library's types in them would have to be installed by the user. */
const onlyOwnTypes = {
  name: "only-own-types",
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) {
      const foreign = (chunk.imports ?? []).filter((id) => !(id in bundle) && !isBuiltin(id));
      if (foreign.length > 0) this.error(`${chunk.fileName} names types of ${foreign.join(", ")}`);
    }
  },
};

/** `await using` is in the types, and may not be in the library that the user's compiler is told to take. */
const namesItsLibrary = {
  name: "names-its-library",
  renderChunk: (code) =>
    code.includes("Symbol.asyncDispose") ? `/// <reference lib="esnext.disposable" />\n${code}` : null,
};

const output = (extension, more) => ({
  dir: "dist",
  entryFileNames: `[name].${extension}`,
  chunkFileNames: (chunk) => `chunks/${chunkName(chunk)}.${extension}`,
  ...more,
});

const scripts = {
  input: doors,
  external: isOutside,
  onLog,
  plugins: [cleanDist, ...code(), thirdPartyNotices(path.join(root, "dist/THIRD-PARTY-LICENSES.txt"))],
  output: [
    output("js", { format: "es", sourcemap: true }),
    // Without maps, as the command line: what is not minified reads well by itself, and one set of maps is enough.
    output("cjs", { format: "cjs", exports: "named", interop: "auto" }),
  ],
};

const types = {
  input: doors,
  external: isOutside,
  onLog,
  plugins: [
    dts({ tsconfig: path.join(root, "tsconfig.json"), compilerOptions: { paths: {} } }),
    namesItsLibrary,
    onlyOwnTypes,
    integrity(path.join(root, "dist/cdn")),
  ],
  output: [output("d.ts", { format: "es" }), output("d.cts", { format: "es" })],
};

const commandLine = {
  input: { "cli/main": "src/cli/main.ts" },
  external: isBuiltin,
  onLog,
  plugins: [
    ...code(),
    thirdPartyNotices(path.join(root, "dist/cli/THIRD-PARTY-LICENSES.txt")),
    { name: "executable", writeBundle: () => chmodSync(path.join(root, "dist/cli/main.js"), 0o755) },
  ],
  output: {
    dir: "dist",
    entryFileNames: "[name].js",
    format: "es",
    inlineDynamicImports: true,
    banner: () => (hasShebang("src/cli/main.ts") ? "" : "#!/usr/bin/env node"),
  },
};

function hasShebang(file) {
  return readFileSync(path.join(root, file), "utf8").startsWith("#!");
}

const scriptTag = {
  input: { "cdn/pygen": "src/index.ts" },
  onLog,
  // terser's `module` and `toplevel` would drop the global as unused.
  plugins: [...code(), terser({ module: false, toplevel: false, format: { comments: /@license|@preserve/ } })],
  output: {
    dir: "dist",
    entryFileNames: "[name].min.js",
    format: "iife",
    name: "Pygen",
    sourcemap: true,
    inlineDynamicImports: true,
    banner: "/*! @license pygen, Apache-2.0; the libraries inside: THIRD-PARTY-LICENSES.txt of the package */",
  },
};

export default [scripts, commandLine, scriptTag, types];
