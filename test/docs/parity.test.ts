import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../..");

/** Ids from a number to a number. */
const ids = (letter: string, from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `${letter}${from + index}`);

/** What must have a row. */
const features = [
  ...ids("G", 1, 15),
  ...ids("C", 1, 6),
  ...ids("S", 1, 2),
  ...ids("N", 1, 9),
  ...ids("K", 1, 8),
  ...ids("A", 1, 10),
  ...ids("D", 1, 11),
  ...ids("L", 1, 2),
  ...ids("O", 1, 6),
  ...ids("Q", 1, 6),
  ...ids("X", 1, 8),
  ...ids("U", 1, 9),
  ...ids("W", 1, 28),
  ...ids("P", 0, 10).filter((id) => id !== "P1"),
  ...ids("P1.", 1, 6),
];
/** What must have a row, or a test with the id in its name. */
const edgeCases = [...ids("E", 60, 82), ...ids("E", 90, 104), ...ids("E", 110, 126)];

interface Row {
  readonly id: string;
  readonly here: string;
  readonly files: readonly string[];
}

const rows: readonly Row[] = readFileSync(join(ROOT, "docs/parity.md"), "utf8")
  .split("\n")
  .filter((line) => /^\| [A-Z]\d/.test(line))
  .map((line) => {
    const [id = "", here = "", shown = ""] = line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim());
    return { id, here, files: [...shown.matchAll(/`([^`]+)`/g)].map(([, file = ""]) => file) };
  });

/** Ids in the names of tests: texts that begin with ids, as `E66: ...` or `E12, E91: ...`. */
function idsOfTests(): Set<string> {
  const files = readdirSync(join(ROOT, "test"), { recursive: true, encoding: "utf8" }).filter((file) =>
    /\.test(-d)?\.ts$/.test(file),
  );
  const texts = files.flatMap((file) =>
    [
      ...readFileSync(join(ROOT, "test", file), "utf8").matchAll(
        /["`]((?:[A-Z]\d+|contract [\d.]+)(?:, (?:[A-Z]\d+|contract [\d.]+))*):/g,
      ),
    ].map(([, text = ""]) => text),
  );
  return new Set(texts.flatMap((text) => text.split(", ")));
}

describe("docs/parity.md", () => {
  it("has one row for each feature, with what is here and the tests that show it", () => {
    const told = rows.map(({ id }) => id);
    expect(features.filter((id) => !told.includes(id))).toEqual([]);
    expect(told.filter((id, at) => told.indexOf(id) !== at)).toEqual([]);
    for (const { id, here, files } of rows) {
      expect(here.length, id).toBeGreaterThan(10);
      expect(files.length, id).toBeGreaterThan(0);
    }
  });

  const list = join(ROOT, "../shared/spec/features.md");
  it.skipIf(!existsSync(list))("leaves out no feature of the list that it is held against, where that is there", () => {
    const text = readFileSync(list, "utf8");
    const known = [...text.matchAll(/^\| ?([A-Z][\d.]+)\b/gm)].map(([, id = ""]) => id);
    // Fixes of earlier generators are tests by their names.
    const wanted = known.filter((id) => !id.startsWith("B"));
    expect(wanted.length).toBeGreaterThan(100);
    expect(wanted.filter((id) => !features.includes(id))).toEqual([]);
  });

  it("names only files that are there", () => {
    expect(rows.flatMap(({ files }) => files).filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });

  it("leaves no case at the edge without a test of its name or a row", () => {
    const known = new Set([...idsOfTests(), ...rows.map(({ id }) => id)]);
    expect(edgeCases.filter((id) => !known.has(id))).toEqual([]);
  });
});
