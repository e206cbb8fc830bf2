import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bill, faultsOf } from "../../tools/bill.js";
import { hashes } from "../../tools/integrity.mjs";
import { doors, end, kB, manifest, measured, PackedApp, ROOT } from "./packed-app.js";

const LIMITS = { packed: 4_000_000, unpacked: 16_500_000, map: 1_200_000 };

let app: PackedApp;
let files: readonly string[];

const sizeOf = (file: string): number => statSync(path.join(app.installed, file)).size;

beforeAll(async () => {
  app = await PackedApp.create();
  files = readdirSync(app.installed, { recursive: true, encoding: "utf8" })
    .filter((file) => statSync(path.join(app.installed, file)).isFile())
    .map((file) => file.replaceAll(path.sep, "/"))
    .sort();
});

afterAll(() => app.remove());

describe("the packed package", () => {
  it("holds what users need and nothing else", () => {
    expect([...new Set(files.map((file) => file.split("/")[0]))]).toEqual([
      "AGENTS.md",
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "SECURITY.md",
      "dist",
      "package.json",
    ]);
    const doorFolders = Object.keys(manifest.exports)
      .map((name) => name.split("/")[1])
      .filter((name): name is string => name !== undefined && name !== "package.json");
    const folders = files.filter((file) => file.split("/").length > 2).map((file) => file.split("/")[1]);
    expect(new Set(folders)).toEqual(new Set(["cdn", "chunks", "cli", ...doorFolders]));
    const kinds =
      /^(dist\/.*\.(js|js\.map|cjs|d\.ts|d\.cts)|dist\/cdn\/\w+\.(html|json)|dist\/sbom\.cdx\.json|dist\/.*-LICENSES(-\w+)?\.txt)$/;
    expect(files.filter((file) => file.startsWith("dist/") && !kinds.test(file))).toEqual([]);
    expect(files.filter((file) => /(^|[./-])(test|spec|fixture|golden|tsbuildinfo|env)([./-]|$)/.test(file))).toEqual(
      [],
    );
  });

  it("stays small", () => {
    const unpacked = files.reduce((sum, file) => sum + sizeOf(file), 0);
    const packed = statSync(app.tarball).size;
    const maps = files.filter((file) => file.endsWith(".map")).map(sizeOf);
    measured("packed package", [
      `packed   ${kB(packed)}, limit ${kB(LIMITS.packed)}`,
      `unpacked ${kB(unpacked)} in ${files.length} files, limit ${kB(LIMITS.unpacked)}`,
      `maps     ${kB(maps.reduce((sum, size) => sum + size, 0))}, the largest ${kB(Math.max(...maps))}, limit ${kB(LIMITS.map)}`,
    ]);
    expect(packed).toBeLessThan(LIMITS.packed);
    expect(unpacked).toBeLessThan(LIMITS.unpacked);
    expect(Math.max(...maps)).toBeLessThan(LIMITS.map);
  });

  it("has every file that package.json names", () => {
    const targets = Object.values(manifest.exports).flatMap((target) =>
      typeof target === "string" ? [target] : Object.values(target).flatMap((conditions) => Object.values(conditions)),
    );
    const { main, module, types, unpkg, jsdelivr, bin } = manifest;
    const named = [...targets, main, module, types, unpkg, jsdelivr, ...Object.values(bin)];
    expect(files).toEqual(expect.arrayContaining(named.map((file) => file.replace(/^\.\//, ""))));
  });

  it("has the map that a file names, and no map without a file; maps hold our sources and no library's", () => {
    const naming = files.filter((file) => {
      if (!/\.c?js$/.test(file)) return false;
      const name = /\/\/# sourceMappingURL=(.*)\s*$/.exec(readFileSync(path.join(app.installed, file), "utf8"))?.[1];
      if (name !== undefined) expect(name).toBe(`${path.basename(file)}.map`);
      return name !== undefined;
    });
    expect(naming.map((file) => `${file}.map`)).toEqual(files.filter((file) => file.endsWith(".map")));
    expect(naming).toContain("dist/index.js");
    for (const file of naming) {
      const map: { sources: string[]; sourcesContent: (string | null)[] } = JSON.parse(
        readFileSync(path.join(app.installed, `${file}.map`), "utf8"),
      );
      expect(map.sources.filter((source) => !/^(\.\.\/)+(src|legacy)\//.test(source))).toEqual([]);
      expect(map.sourcesContent).not.toContain(null);
    }
    expect(naming).toEqual(expect.arrayContaining(files.filter((file) => file.endsWith(".min.js"))));
  });

  it("has the hash of every file for script tags", () => {
    const folder = path.join(app.installed, "dist/cdn");
    const written: unknown = JSON.parse(readFileSync(path.join(folder, "sri.json"), "utf8"));
    expect(written).toEqual(hashes(folder));
    expect(Object.keys(hashes(folder))).toEqual([
      "pygen.auth.min.js",
      "pygen.min.js",
      "pygen.more.min.js",
      "pygen.redirect.min.js",
      "redirect.html",
    ]);
    expect(manifest.unpkg).toBe("./dist/cdn/pygen.min.js");
    expect(manifest.jsdelivr).toBe(manifest.unpkg);
  });

  it("tells which libraries are inside, each with its licence, in a bill of materials and in notices", () => {
    const read = (file: string): string => readFileSync(path.join(app.installed, file), "utf8");
    const bill = JSON.parse(read("dist/sbom.cdx.json")) as Bill;
    expect(faultsOf(bill)).toEqual([]);
    expect(bill.metadata.component.version).toBe(manifest.version);
    const notices = files.filter((file) => file.includes("-LICENSES")).map(read);
    const noted = notices.flatMap((text) =>
      [...text.matchAll(/^-{78}\n\n(\S+) (\S+) \(/gm)].map(([, name, version]) => `${name}@${version}`),
    );
    const names = bill.components.map(({ group, name, version }) => `${group ? `${group}/` : ""}${name}@${version}`);
    expect(names.sort()).toEqual([...new Set(noted)].sort());
    expect(names).toContainEqual(expect.stringMatching(/^ky@/));
    const free = ["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BlueOak-1.0.0", "ISC", "MIT"];
    const other = bill.components.filter(({ licenses }) => !free.includes(licenses?.[0]?.license?.id ?? ""));
    expect(other.map(({ purl }) => purl)).toEqual([]);
  });

  it("names no folder of the machine it was built on", () => {
    const text = files.filter((file) => readFileSync(path.join(app.installed, file), "utf8").includes(ROOT));
    expect(text).toEqual([]);
  });

  it.each([
    { tool: "publint", script: "publint/src/cli.js", args: ["run", "--strict"], says: ["All good!"] },
    { tool: "attw", script: "@arethetypeswrong/cli/dist/index.js", args: ["--profile", "node16"], says: doors },
  ])("is clean to $tool", async ({ script, args, says }) => {
    const tool = path.join(ROOT, "node_modules", script);
    const { code, out, err } = await end(process.execPath, [tool, ...args, app.tarball], app.folder);
    expect(code, out + err).toBe(0);
    for (const text of says) expect(out).toContain(text);
  });
});
