import { mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { writeFiles } from "../../src/output/index.js";
import { temporaryFolder } from "../cli/fixture.js";

const MANIFEST = ".pygen-manifest.json";
let out = "";
beforeEach(async () => {
  out = path.join(await temporaryFolder(), "deep/sdk");
});

const write = async (files: Record<string, string>) => writeFiles(out, new Map(Object.entries(files)));
const read = (name: string) => readFile(path.join(out, name), "utf8");
const refused = async (files: Record<string, string>): Promise<string> => {
  const error = await write(files).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Error);
  return String(error);
};

describe("writeFiles", () => {
  it("writes files and a manifest of them into a new folder", async () => {
    expect(await write({ "b.ts": "b", "a/c.ts": "c" })).toEqual({
      written: ["a/c.ts", "b.ts"],
      unchanged: [],
      removed: [],
    });
    expect(await read("a/c.ts")).toBe("c");
    expect(JSON.parse(await read(MANIFEST))).toEqual({ generator: "pygen", files: ["a/c.ts", "b.ts"] });
  });

  it("writes into an empty folder that is there", async () => {
    await mkdir(out, { recursive: true });
    expect((await write({ "a.ts": "a" })).written).toEqual(["a.ts"]);
  });

  it("E130: removes stale files of ours with the folders they leave empty, and keeps those of others", async () => {
    await write({ "a.ts": "a", "x/y/old.ts": "old", "x/kept/old.ts": "old" });
    await writeFile(path.join(out, "notes.md"), "mine");
    await writeFile(path.join(out, "x/kept/mine.ts"), "mine");
    expect(await write({ "a.ts": "a", "b.ts": "b" })).toEqual({
      written: ["b.ts"],
      unchanged: ["a.ts"],
      removed: ["x/kept/old.ts", "x/y/old.ts"],
    });
    expect((await readdir(out)).sort()).toEqual([MANIFEST, "a.ts", "b.ts", "notes.md", "x"]);
    expect(await readdir(path.join(out, "x"))).toEqual(["kept"]);
    expect(await readdir(path.join(out, "x/kept"))).toEqual(["mine.ts"]);
  });

  it("writes again what was changed or removed by hand", async () => {
    await write({ "a.ts": "a", "b.ts": "b" });
    await writeFile(path.join(out, "a.ts"), "changed");
    expect((await write({ "a.ts": "a", "b.ts": "b" })).written).toEqual(["a.ts"]);
    expect(await read("a.ts")).toBe("a");
  });

  it("refuses a folder with files that has no manifest", async () => {
    await mkdir(out, { recursive: true });
    await writeFile(path.join(out, "mine.ts"), "mine");
    expect(await refused({ "a.ts": "a" })).toContain("pygen did not write");
    expect(await readdir(out)).toEqual(["mine.ts"]);
  });

  it("refuses to replace a file of others in a folder of ours", async () => {
    await write({ "a.ts": "a" });
    await writeFile(path.join(out, "b.ts"), "mine");
    expect(await refused({ "a.ts": "new", "b.ts": "b" })).toContain("b.ts is there and pygen did not write it");
    expect([await read("a.ts"), await read("b.ts")]).toEqual(["a", "mine"]);
  });

  it("refuses a file in the folder's place, and in that of a folder below", async () => {
    await mkdir(path.dirname(out), { recursive: true });
    await writeFile(out, "a file");
    expect(await refused({ "a.ts": "a" })).toContain("is not a folder");
    out = `${out}2`;
    await write({ "a.ts": "a" });
    await writeFile(path.join(out, "sub"), "a file");
    expect(await refused({ "a.ts": "a", "sub/b.ts": "b" })).toContain("sub is there");
  });

  it.each(["../out.ts", "/abs.ts", "a/../../b.ts", "a\\..\\b.ts", "", "a//b.ts", ".hidden", "C:/x.ts"])(
    "refuses the path %j",
    async (name) => {
      expect(await refused({ [name]: "x" })).toContain("not a safe path");
      await expect(readdir(out)).rejects.toThrow("ENOENT");
    },
  );

  it("does not follow links out of the folder", async () => {
    const elsewhere = await temporaryFolder();
    await write({ "a.ts": "a" });
    await symlink(elsewhere, path.join(out, "sub"));
    expect(await refused({ "a.ts": "a", "sub/b.ts": "b" })).toContain("sub is there");
    await symlink(path.join(elsewhere, "target.ts"), path.join(out, "c.ts"));
    expect(await refused({ "a.ts": "a", "c.ts": "c" })).toContain("c.ts is there");
    expect(await readdir(elsewhere)).toEqual([]);
  });

  it("follows a link that is named as the folder itself", async () => {
    const elsewhere = await temporaryFolder();
    await mkdir(path.dirname(out), { recursive: true });
    await symlink(elsewhere, out);
    await write({ "a.ts": "a" });
    expect((await readdir(elsewhere)).sort()).toEqual([MANIFEST, "a.ts"]);
    await rm(elsewhere, { recursive: true });
    expect(await refused({ "a.ts": "a" })).toContain("cannot write to");
  });

  it("removes nothing outside the folder, whatever the manifest says", async () => {
    await write({ "a.ts": "a" });
    const outside = path.join(path.dirname(out), "outside.ts");
    await writeFile(outside, "mine");
    await writeFile(path.join(out, MANIFEST), JSON.stringify({ files: ["a.ts", "../outside.ts", outside] }));
    expect((await write({ "b.ts": "b" })).removed).toEqual(["a.ts"]);
    expect(await readFile(outside, "utf8")).toBe("mine");
  });

  it.each(["{", "[]", '{"files":[1]}'])("refuses a folder whose manifest is damaged: %s", async (manifest) => {
    await write({ "a.ts": "a" });
    await writeFile(path.join(out, MANIFEST), manifest);
    expect(await refused({ "a.ts": "b" })).toContain("is damaged");
    expect(await read("a.ts")).toBe("a");
  });

  it("tells of a folder that cannot be written to", async () => {
    const parent = path.dirname(out);
    await mkdir(parent, { recursive: true });
    out = path.join(parent, "x".repeat(300));
    expect(await refused({ "a.ts": "a" })).toContain("cannot write to");
  });

  it("knows files as ours even where writing stopped in the middle", async () => {
    await write({ "a.ts": "a" });
    const files = new Map([
      ["b.ts", "b"],
      ["x".repeat(300), "too long a name"],
    ]);
    expect(() => writeFiles(out, files)).toThrow("cannot write to");
    expect((await write({ "b.ts": "b" })).removed).toContain("a.ts");
  });
});
