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
import { hashOf, integrity } from "./test/tools/integrity.mjs";
import { kyCore } from "./test/tools/ky-core.mjs";
import { msalCore } from "./test/tools/msal-core.mjs";
import { pureCalls } from "./test/tools/pure-calls.mjs";
import { sbom } from "./test/tools/sbom.mjs";
import { loadedWith, scriptTagParts } from "./test/tools/script-tag.mjs";
import { thirdPartyNotices } from "./test/tools/third-party-notices.mjs";

const root = import.meta.dirname;
const src = path.join(root, "src");
const legacy = path.join(root, "legacy");

/** Whether a module is of this project. */
const isOwn = (id) => id.startsWith(src) || id.startsWith(legacy);

/** Output name of every door, as in `exports` of package.json, and its source. */
const doors = {
  index: "src/index.ts",
  "auth/browser/index": "src/auth/browser/index.ts",
  "auth/node/index": "src/auth/node/index.ts",
  "auth/redirect/index": "src/auth/redirect/index.ts",
  "codegen/index": "src/codegen/index.ts",
  "cognite-sdk/index": "src/doors/cognite-sdk/index.ts",
  "emulator/index": "src/emulator/index.ts",
  "emulator/node": "src/emulator/node.ts",
  "legacy/index": "legacy/index.ts",
  "node/index": "src/doors/node/index.ts",
  "react/index": "src/doors/react/index.ts",
  "service/index": "src/service/index.ts",
  "service/node/index": "src/service/node/index.ts",
  "testing/index": "src/mock/index.ts",
  "tracing/index": "src/doors/tracing/index.ts",
};

const builtins = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]));
const isBuiltin = (id) => builtins.has(id) || id.startsWith("node:");

/** Packages that the application brings; which door may import which is a rule of the layers. */
const peers = new Set([
  "@azure/msal-browser",
  "@azure/msal-browser/redirect-bridge",
  "@azure/msal-node",
  "@opentelemetry/api",
  "@tanstack/react-query",
]);

/** What a library inside would use if it were there, and does without. */
const unneeded = new Set(["@node-rs/xxhash"]);

/** Libraries inside that know of a peer have it inside too: they work without the application's. */
const isOutside = (id, importer = src) =>
  isBuiltin(id) || unneeded.has(id) || (peers.has(id) && !importer.includes("/node_modules/"));

/** A shared chunk is called after its last module; rollup's own choice depends on names like `index`. */
function chunkName(chunk) {
  const last = chunk.moduleIds.at(-1) ?? chunk.name;
  const local = isOwn(last)
    ? path.relative(last.startsWith(src) ? src : root, last)
    : last.slice(last.lastIndexOf("node_modules") + "node_modules".length + 1);
  return local
    .replace(/(\.d)?\.[cm]?[jt]s$/, "")
    .replace(/[^\w-]+/g, "-")
    .replace(/-index$/, "");
}

/** Notes that mean a broken or badly layered bundle stop the build; the rest is printed. */
function onLog(level, log, handler) {
  const ours = log.code === "CIRCULAR_DEPENDENCY" && log.ids?.every(isOwn);
  const fatal = ours || log.code === "UNRESOLVED_IMPORT" || log.code === "MISSING_EXPORT";
  if (log.code === "CIRCULAR_DEPENDENCY" && !ours) return;
  handler(fatal ? "error" : level, log);
}

/**
 * Libraries that are large and never stepped through go in without their comments and layout. Not those of browsers: the
 * marks of what is pure go as well, by which they are shaken.
 */
const large =
  /\/node_modules\/(@redis\/client|prom-client|pino|@opentelemetry\/api|undici|graphql|yaml|commander|jsonwebtoken|semver|lodash\.\w+|@azure\/msal-(node|common))\//;
const slimLibraries = {
  name: "slim-libraries",
  transform: (code, id) => (large.test(id) && /\.[cm]?js$/.test(id) ? slim(code) : undefined),
};

/** Nor does anybody step through the command line's file. Names stay, for the stacks of faults. */
const slimFile = { name: "slim-file", renderChunk: (code) => slim(code, { lineLimit: 120 }) };

async function slim(code, more = {}) {
  const options = { minifyWhitespace: true, minifySyntax: true, legalComments: "none", target: "es2022", ...more };
  return { code: (await transform(code, options)).code, map: null };
}

/** Maps are of our own code: that of libraries is many times as long, and nobody steps through it. */
const ownMaps = {
  name: "own-maps",
  transform: (code, id) => (id.includes("/node_modules/") ? { code, map: { mappings: "" } } : undefined),
};

/** Libraries that ask whether they are in production are: reading the environment needs leave in some runtimes. */
const inProduction = {
  name: "in-production",
  transform: (code, id) =>
    id.includes("/node_modules/")
      ? { code: code.replaceAll("process.env.NODE_ENV", '"production"'), map: null }
      : undefined,
};

const code = () => [
  slimLibraries,
  inProduction,
  ownMaps,
  kyCore(),
  nodeResolve({ extensions: [".ts", ".js"], preferBuiltins: true }),
  // Parts of undici that are not used ask for node:sqlite; Node 20 has it not, and an import at the top would fail there.
  // What undici tries to load is there in every Node, and has to be imported: modules have no require.
  commonjs({ ignore: ["node:sqlite"], ignoreTryCatch: false }),
  json(),
  esbuild({ target: "es2022", tsconfig: path.join(root, "tsconfig.json") }),
  pureCalls(src),
  pureCalls(legacy),
  bill.collect,
];

const cleanDist = {
  name: "clean-dist",
  buildStart: () => rmSync(path.join(root, "dist"), { recursive: true, force: true }),
};

/** Doors that are of no use without their peer may name its types. */
const typesOfPeers = { "react/": "@tanstack/react-query" };

/** What is inside, of all builds together. */
const bill = sbom(root, path.join(root, "dist/sbom.cdx.json"));

/** Public types name nothing but ours and Node's: a library's types in them would have to be installed by the user. */
const onlyOwnTypes = {
  name: "only-own-types",
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) {
      const peer = Object.entries(typesOfPeers).find(([folder]) => chunk.fileName.startsWith(folder))?.[1];
      const foreign = (chunk.imports ?? []).filter((id) => !(id in bundle) && !isBuiltin(id) && id !== peer);
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
  // Imports of what is imported elsewhere too would only be warned of: nothing here has side effects.
  hoistTransitiveImports: false,
  entryFileNames: `[name].${extension}`,
  chunkFileNames: (chunk) => `chunks/${chunkName(chunk)}.${extension}`,
  ...more,
});

/**
 * Handles stand in a chunk of their own, and so does the client. Some bundlers make files of all that an `import()` names,
 * even of one that the application never comes to; what those files share with the door would else be loaded by every
 * application, in many small files.
 */
const chunks = {
  onlyExplicitManualChunks: true,
  manualChunks: (id, { getModuleInfo }) => {
    own ??= [
      ["runtime", loadedOf("runtime/index.ts", /^runtime\//, getModuleInfo)],
      [
        "client",
        loadedOf(
          "client/index.ts",
          /^(client|http|resources|models\/responses)\/(?!datapoint|file|pack|sequence)/,
          getModuleInfo,
        ),
      ],
    ];
    return own.find(([, ids]) => ids.has(id))?.[0] ?? null;
  },
};

let own;

/** The modules of some folders that are loaded with a door of a folder. */
function loadedOf(door, folders, getModuleInfo) {
  const loaded = [...loadedWith(path.join(src, door), getModuleInfo)];
  return new Set(loaded.filter((id) => folders.test(path.relative(src, id))));
}

/** What the service starts threads with. */
const threads = { "service/node/worker": "src/service/node/worker.ts" };

const scripts = {
  input: { ...doors, ...threads },
  external: isOutside,
  onLog,
  plugins: [cleanDist, ...code(), thirdPartyNotices(path.join(root, "dist/THIRD-PARTY-LICENSES.txt"))],
  output: [
    output("js", { format: "es", sourcemap: true, ...chunks }),
    // Without maps, as the command line: what is not minified reads well by itself, and one set of maps is enough.
    output("cjs", { format: "cjs", exports: "named", interop: "auto", ...chunks }),
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
    bill.write,
  ],
  output: [output("d.ts", { format: "es" }), output("d.cts", { format: "es" })],
};

/** The service is not part of the file of the command line: its libraries would be read by every command. */
const serviceApart = {
  name: "service-apart",
  resolveId: (source) => (source.endsWith("/service/node/index.js") ? { id: "service", external: true } : null),
};

const commandLine = {
  input: { "cli/main": "src/cli/main.ts" },
  external: isBuiltin,
  onLog,
  plugins: [
    serviceApart,
    ...code(),
    thirdPartyNotices(path.join(root, "dist/cli/THIRD-PARTY-LICENSES.txt")),
    slimFile,
    { name: "executable", writeBundle: () => chmodSync(path.join(root, "dist/cli/main.js"), 0o755) },
  ],
  output: {
    dir: "dist",
    entryFileNames: "[name].js",
    format: "es",
    inlineDynamicImports: true,
    paths: { service: "../service/node/index.js" },
    banner: () => (hasShebang("src/cli/main.ts") ? "" : "#!/usr/bin/env node"),
  },
};

function hasShebang(file) {
  return readFileSync(path.join(root, file), "utf8").startsWith("#!");
}

// terser's `module` and `toplevel` would drop the global as unused.
const minified = () =>
  terser({
    module: false,
    toplevel: false,
    ecma: 2022,
    compress: { passes: 3 },
    format: { comments: /@license|@preserve/ },
  });

const forScriptTags = (notices) => ({
  dir: "dist",
  entryFileNames: "[name].min.js",
  format: "iife",
  sourcemap: true,
  inlineDynamicImports: true,
  banner: `/*! @license pygen, Apache-2.0; the libraries inside: ${notices} of the package */`,
});

const loader = path.join(src, "doors/script-tag/index.ts");

/** The door `pygen` in two files: the first loads the second where something needs it. */
const parts = scriptTagParts({
  door: path.join(root, "src/index.ts"),
  loader,
  plugins: code(),
  onLog,
  hash: () => hashOf(path.join(root, "dist/cdn/pygen.more.min.js")),
});

const compile = () => esbuild({ target: "es2022", tsconfig: path.join(root, "tsconfig.json") });

const moreScriptTag = {
  input: { "cdn/pygen.more": "more" },
  onLog,
  plugins: [parts.more, minified()],
  output: {
    ...forScriptTags("THIRD-PARTY-LICENSES.txt"),
    name: "Pygen.$parts.more",
    globals: { core: "Pygen.$parts.core" },
    intro: async () => `if (Pygen.$parts.build !== "${await parts.build()}")
      throw new Error("pygen.more.min.js needs pygen.min.js of the same build: load that first.");`,
  },
};

const scriptTag = {
  input: { "cdn/pygen": "first" },
  onLog,
  plugins: [parts.first, compile(), minified()],
  output: {
    ...forScriptTags("THIRD-PARTY-LICENSES.txt"),
    name: "Pygen",
    // The exports stand before it. What the files share is for nobody else.
    outro: 'Object.defineProperty(exports, "$parts", { enumerable: false });',
  },
};

/** What a file that has everything inside imports on first use is imported at its top: only then is the rest of it left out. */
const staticImports = {
  name: "static-imports",
  transform(code, id) {
    const found = id.startsWith(src) && /const (\{ \w+ \}) = await import\(("[^"]+")\);/.exec(code);
    if (!found) return undefined;
    const [line, names, from] = found;
    return { code: `import ${names} from ${from};\n${code.replace(line, "")}`, map: null };
  },
};

const authNotices = "THIRD-PARTY-LICENSES-AUTH.txt";
const authCode = () => [
  staticImports,
  msalCore(),
  ...code(),
  thirdPartyNotices(path.join(root, "dist", authNotices)),
  minified(),
];

/** What the file that is loaded before has inside. */
const core = path.join(src, "errors/index.ts");

const authScriptTag = {
  input: { "cdn/pygen.auth": "src/auth/browser/index.ts" },
  external: (id) => id === core,
  onLog,
  plugins: authCode(),
  output: {
    ...forScriptTags(authNotices),
    name: "Pygen",
    extend: true,
    globals: { [core]: "Pygen" },
    intro: 'if (!exports.PygenClient) throw new Error("pygen.auth.min.js needs pygen.min.js: load that first.");',
  },
};

const redirectPage = {
  name: "redirect-page",
  generateBundle() {
    const source = readFileSync(path.join(src, "auth/redirect/redirect.html"));
    this.emitFile({ type: "asset", fileName: "cdn/redirect.html", source });
  },
};

const redirectScriptTag = {
  input: { "cdn/pygen.redirect": "src/auth/redirect/script.ts" },
  onLog,
  plugins: [staticImports, ...code(), minified(), redirectPage],
  output: forScriptTags(authNotices),
};

export default [scripts, commandLine, moreScriptTag, scriptTag, authScriptTag, redirectScriptTag, types];
