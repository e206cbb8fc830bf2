// Which packages ended up in the output of a build.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** The folder of the package a module belongs to, or undefined for our own modules and virtual ones. */
function packageFolder(id) {
  const clean = id.replace(/^\0/, "").replace(/\?.*$/, "");
  if (!clean.includes(`${path.sep}node_modules${path.sep}`)) return undefined;
  let folder = path.dirname(clean);
  while (path.basename(path.dirname(folder)) !== "node_modules") {
    const file = path.join(folder, "package.json");
    if (existsSync(file) && JSON.parse(readFileSync(file, "utf8")).version) return folder;
    folder = path.dirname(folder);
    if (folder === path.dirname(folder)) return undefined;
  }
  return path.basename(folder).startsWith("@") ? undefined : folder;
}

/** Folders of the packages of which a bundle of rollup has code. */
export function packageFoldersOf(bundle) {
  const folders = Object.values(bundle).flatMap((chunk) =>
    Object.entries(chunk.modules ?? {}).flatMap(([id, module]) =>
      module.renderedLength > 0 ? (packageFolder(id) ?? []) : [],
    ),
  );
  return new Set(folders);
}
