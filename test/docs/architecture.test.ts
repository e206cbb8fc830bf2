import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const BASE = new Set(["models", "errors"]);

/** The arrows that ARCHITECTURE.md draws, as `from --> to`. */
function drawn(): string[] {
  const text = readFileSync(join(ROOT, "ARCHITECTURE.md"), "utf8");
  const drawing = /```mermaid\n([\s\S]*?)```/.exec(text)?.[1] ?? "";
  return [...drawing.matchAll(/^\s*(\w+ --> \w+)$/gm)].map(([, arrow]) => arrow!);
}

/** The folder of the house that a file is in: one of src/, or the face of v1. */
function folderOf(file: string): string {
  const [top = "", below = ""] = relative(ROOT, file).split(sep);
  return top === "src" ? below : top;
}

/** The arrows that the imports make between folders of src/, and from the face of v1. */
function imported(): string[] {
  const arrows = new Set<string>();
  const entries = ["src", "legacy"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true }),
  );
  for (const entry of entries) {
    if (!entry.isFile() || !entry.name.endsWith(".ts")) continue;
    const file = join(entry.parentPath, entry.name);
    const from = folderOf(file);
    if (file === join(ROOT, "src", from)) continue;
    for (const [, specifier] of readFileSync(file, "utf8").matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)) {
      const to = folderOf(join(file, "..", specifier!));
      if (to !== from && !BASE.has(to)) arrows.add(`${from} --> ${to}`);
    }
  }
  return [...arrows];
}

describe("ARCHITECTURE.md", () => {
  it("draws the imports between folders, all of them and no others", () => {
    expect(drawn().sort()).toEqual(imported().sort());
  });

  it("has a row for every folder of src/", () => {
    const text = readFileSync(join(ROOT, "ARCHITECTURE.md"), "utf8");
    for (const entry of readdirSync(join(ROOT, "src"), { withFileTypes: true })) {
      if (entry.isDirectory()) expect(text).toMatch(new RegExp(`^\\| \`${entry.name}/\` +\\|`, "m"));
    }
  });
});
