import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { java } from "../../examples/custom-target/java.js";
import { generate, readModelDocument } from "../../src/codegen/index.js";
import { direct, file, text, view } from "../ir/models.js";

const MODEL = path.join(import.meta.dirname, "../../examples/windfarm/model.json");
const folder = mkdtempSync(path.join(tmpdir(), "pygen-java-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const hasJava = spawnSync("javac", ["-version"]).status === 0;
if (!hasJava) console.warn("skipped: javac is absent");

const generated = (json: object) => generate({ document: readModelDocument(json), target: java }).files;

/** What javac says of the files: nothing, where it compiles them. */
function compiled(files: ReadonlyMap<string, string>): string {
  const base = mkdtempSync(path.join(folder, "run-"));
  const paths = [...files].map(([name, content]) => {
    const target = path.join(base, name);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, content);
    return target;
  });
  const args = ["--release", "17", "-encoding", "UTF-8", "-d", path.join(base, "classes"), ...paths];
  const { stdout, stderr } = spawnSync("javac", args, { encoding: "utf8" });
  return stdout + stderr;
}

describe.skipIf(!hasJava)("examples/custom-target, compiled by javac", () => {
  it("compiles the wind farm", () => {
    expect(compiled(generated(JSON.parse(readFileSync(MODEL, "utf8"))))).toBe("");
  });

  it("compiles hostile names and texts, also those that Java reads in comments", () => {
    const description = "\\u002a/ */ class X {} \\";
    const properties = {
      class: text,
      hashCode: { ...text, description },
      to: direct(view("String")),
      "wind-speed": text,
    };
    const hostile = file({ String: { description, properties }, Record: { usedFor: "all", properties } });
    expect(compiled(generated(hostile))).toBe("");
  });

  it("would tell what does not compile", () => {
    expect(compiled(new Map([["X.java", "class X { int x = null; }"]]))).toContain("incompatible types");
  });
});
