// Makes two classic scripts of a door: what is loaded with it, and all that its `import()`s name. Nothing is in both: the
// second takes what it needs of the first from the global, where `src/doors/script-tag` has put it.
import { createHash } from "node:crypto";
import path from "node:path";
import { rollup } from "rollup";

/** The modules that are loaded with an entry: that it imports, and they in turn, at the top. */
export function loadedWith(entry, getModuleInfo) {
  const found = new Set();
  const visit = (id) => {
    if (found.has(id)) return;
    found.add(id);
    for (const imported of getModuleInfo(id)?.importedIds ?? []) visit(imported);
  };
  visit(entry);
  return found;
}

/** The door as modules: `door.js` with its exports, `core.js`, and `more.js`, which `core.js` loads by `$loadMore()`. */
async function inChunks({ door, plugins, onLog }) {
  let first;
  const bundle = await rollup({ input: { door }, plugins, onLog, preserveEntrySignatures: "strict" });
  const { output } = await bundle.generate({
    format: "es",
    sourcemap: true,
    entryFileNames: "[name].js",
    chunkFileNames: "[name].js",
    onlyExplicitManualChunks: true,
    manualChunks: (id, { getModuleInfo }) => {
      first ??= loadedWith(door, getModuleInfo);
      return first.has(id) ? "core" : "more";
    },
    plugins: [{ name: "load-more", renderDynamicImport: () => ({ left: "$loadMore(", right: ")" }) }],
  });
  await bundle.close();
  const chunks = output.filter(({ type }) => type === "chunk").map((chunk) => [chunk.fileName, chunk]);
  const names = chunks.map(([name]) => name).sort();
  if (names.join() !== "core.js,door.js,more.js") throw new Error(`${door} does not come in two parts: ${names}`);
  return Object.fromEntries(chunks);
}

/**
 * The two parts of a door. `first` and `more` are plugins for the configurations that make the files, of an input of the
 * same name; `build` tells builds apart.
 *
 * @param options.loader - the module that has `share` and `$loadMore`
 * @param options.hash - gives the hash of the second file, which must be made before the first
 */
export function scriptTagParts({ loader, hash, ...options }) {
  let made;
  const chunks = () => {
    made ??= inChunks(options);
    return made;
  };
  const build = async () => {
    const { "core.js": core } = await chunks();
    return createHash("sha256").update(core.code).digest("base64url").slice(0, 12);
  };
  // Beside the sources, as their maps name them; the entries are in no map.
  const idOf = (name) => (name.endsWith(".js") ? path.resolve(`script-tag.${name}`) : `\0${name}`);
  const serve = (name, entry) => ({
    name: `script-tag-${name}`,
    resolveId(id) {
      if (id === "./core.js" && name === "more") return { id: "core", external: true };
      return id === name || /^\.\/(core|door|more)\.js$/.test(id) ? idOf(path.basename(id)) : null;
    },
    async load(id) {
      if (id === idOf(name)) return entry();
      const chunk = Object.values(await chunks()).find(({ fileName }) => id === idOf(fileName));
      return chunk && { code: chunk.code, map: chunk.map };
    },
    // At the end, where it moves no line of the map.
    transform: (code, id) =>
      id === idOf("core.js")
        ? { code: `${code}\nimport { $loadMore } from ${JSON.stringify(loader)};\n`, map: null }
        : null,
  });
  return {
    build,
    first: serve(
      "first",
      async () => `import * as core from "./core.js";
        import { share } from ${JSON.stringify(loader)};
        export * from "./door.js";
        export const $parts = share({ build: ${JSON.stringify(await build())}, core }, ${JSON.stringify(hash())});`,
    ),
    more: serve("more", () => 'export * from "./more.js";'),
  };
}
