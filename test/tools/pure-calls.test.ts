import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import { markPure, pureCalls } from "./pure-calls.mjs";

/** What bundlers keep of a chunk when nothing of it is asked for but `used`. */
async function kept(code: string): Promise<string | undefined> {
  const stdin = { contents: `${code} export { used };` };
  const { outputFiles } = await build({ stdin, bundle: true, format: "esm", minify: true, write: false });
  return outputFiles[0]?.text;
}

describe("marks on calls that initialise constants", () => {
  it.each([
    "const unused = make(() => other());",
    "const unused = new Set(names().map((name) => name.trim()));",
    "const unused = [...names, 'more'];",
    "const unused = new Map([['a', { ...names }]]);",
    "const one = make(), unused = other(make());",
  ])("let bundlers leave out what is not used: %s", async (line) => {
    const code = "function make() {} function other() {} function names() {} const used = 1;";
    const used = await kept(code);
    expect(await kept(`${code} ${line}`)).not.toBe(used);
    expect(await kept(`${code} ${markPure(line)}`)).toBe(used);
  });

  it("change no value", () => {
    const code =
      "const a = [1, 2].map((one) => one * 2); const b = { ...{ a }, c: [...a].reverse() }; const d = b.c.length, e = 1;";
    const values = "return JSON.stringify({ a, b, d, e });";
    expect(new Function(markPure(code) + values)()).toBe(new Function(code + values)());
  });

  it("reach exported constants, and nothing else", () => {
    expect(markPure("export const a = b();")).toBe("export const a = /* @__PURE__ */ b();");
    for (const code of [
      "start();",
      "let a = b();",
      "function f() { const a = b(); }",
      "export default a();",
      "const f = () => b();",
    ]) {
      expect(markPure(code)).toBe(code);
    }
  });

  it("are set in modules of the folder only", () => {
    const { transform: apply } = pureCalls("/src");
    expect(apply("const a = b();", "/src/a.ts")?.code).toBe("const a = /* @__PURE__ */ b();");
    expect(apply("const a = b();", "/node_modules/a.js")).toBeUndefined();
  });
});
