// A rollup plugin: collects the licence texts of the packages whose code ended up in the output.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { packageFoldersOf } from "./bundled-packages.mjs";

const separator = `\n\n${"-".repeat(78)}\n\n`;

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
      for (const folder of packageFoldersOf(bundle)) folders.add(folder);
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
