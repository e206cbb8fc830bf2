import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { playwrightCounts, vitestCounts } from "./counts.mjs";
import { tooLong } from "./file-length.mjs";
import { report } from "./size.mjs";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "pygen-tools-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

describe("counting vitest's report", () => {
  it("adds a failure for a file that broke before its tests, and none for one whose tests failed", () => {
    const file = write(
      "report.json",
      JSON.stringify({
        numPassedTests: 5,
        numFailedTests: 1,
        numPendingTests: 2,
        numTodoTests: 1,
        testResults: [
          { status: "failed", assertionResults: [{ status: "failed" }] },
          { status: "failed", assertionResults: [] },
          { status: "passed", assertionResults: [{ status: "passed" }] },
        ],
      }),
    );
    expect(vitestCounts(file)).toEqual({ passed: 5, failed: 2, skipped: 3 });
  });

  it("counts nothing when there is no report", () => {
    expect(vitestCounts(path.join(folder, "none.json"))).toEqual({ passed: 0, failed: 0, skipped: 0 });
  });
});

describe("counting Playwright's report", () => {
  const report = (stats: object, errors: unknown[]): string => write("report.json", JSON.stringify({ stats, errors }));

  it("takes a flaky test for a failed one", () => {
    const file = report({ expected: 3, unexpected: 1, flaky: 1, skipped: 1 }, [{}]);
    expect(playwrightCounts(file)).toEqual({ passed: 3, failed: 2, skipped: 1 });
  });

  it("counts a file that could not be loaded", () => {
    const file = report({ expected: 0, unexpected: 0, flaky: 0, skipped: 0 }, [{}]);
    expect(playwrightCounts(file)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

describe("the length of source files", () => {
  beforeEach(() => {
    write("src/short.ts", "x\n".repeat(400));
    write("src/a/long.ts", "x\n".repeat(401));
  });

  it("names a file over 400 lines and leaves one of 400 alone", () => {
    expect(tooLong(folder)).toEqual([expect.stringMatching(/^src\/a\/long\.ts has 401 lines/)]);
  });

  it("accepts a long file that ARCHITECTURE.md names", () => {
    write("ARCHITECTURE.md", "- `src/a/long.ts`: one table.\n");
    expect(tooLong(folder)).toEqual([]);
  });
});

describe("reporting sizes", () => {
  const sizes = [
    {
      name: "small",
      minified: 4_000,
      gzip: 1_500,
      limit: 2_000,
      later: [{ name: "writing", minified: 600, gzip: 900 }],
    },
    { name: "large", minified: 9_000, gzip: 2_001, limit: 2_000, later: [] },
    { name: "free", minified: 9_000, gzip: 9_000, later: [] },
  ];

  it("names what passes its limit, and only that", () => {
    expect(report(sizes).tooLarge).toEqual(["large"]);
  });

  it("prints kilobytes and limits", () => {
    expect(
      report(sizes)
        .text.split("\n")
        .map((line) => line.replace(/ +/g, " ")),
    ).toEqual([
      "kB minified gzip",
      "small 4.0 1.5 limit 2.0",
      " and with writing 0.6 0.9",
      "large 9.0 2.0 limit 2.0 TOO LARGE",
      "free 9.0 9.0",
    ]);
  });
});
