// A rollup plugin: collects the licence texts of the packages whose code ended up in the output.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const separator = `\n\n${"-".repeat(78)}\n\n`;

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

function notice(folder) {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  const text = file ? readFileSync(path.join(folder, file), "utf8").trim() : `Licence: ${license}`;
  return `${name} ${version} (${license})\n\n${text}`;
}

/** Writes `target` next to the bundle: one notice per package inlined, in order of package name. */
export function thirdPartyNotices(target) {
  const folders = new Set();
  return {
    name: "third-party-notices",
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        for (const [id, module] of Object.entries(chunk.modules ?? {})) {
          const folder = module.renderedLength > 0 ? packageFolder(id) : undefined;
          if (folder) folders.add(folder);
        }
      }
    },
    writeBundle() {
      const texts = [...folders].map(notice).sort();
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(
        target,
        `This package contains code of the following packages.${separator}${texts.join(separator)}\n`,
      );
    },
  };
}
