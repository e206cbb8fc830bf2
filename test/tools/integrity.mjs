// A rollup plugin: writes `sri.json`, the hashes that a page can hold the files of a script tag to.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const name = "sri.json";

/** The hash of a file, in the form of the attribute `integrity`. */
export function hashOf(file) {
  return `sha384-${createHash("sha384").update(readFileSync(file)).digest("base64")}`;
}

/** The hash of every file of a folder, by name in order; maps need none. */
export function hashes(folder) {
  return Object.fromEntries(
    readdirSync(folder)
      .filter((file) => file !== name && !file.endsWith(".map"))
      .sort()
      .map((file) => [file, hashOf(path.join(folder, file))]),
  );
}

/** Writes the hashes of `folder` into it. Belongs to the last output of a build, when all files are there. */
export function integrity(folder) {
  return {
    name: "integrity",
    writeBundle() {
      writeFileSync(path.join(folder, name), `${JSON.stringify(hashes(folder), undefined, 2)}\n`);
    },
  };
}
