import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type GenerateOptions, generate, readModelDocument, typescript } from "../../src/codegen/index.js";
import { compile, executable, identifiers } from "./compile.js";
import { hostileJob, hostileModel } from "./hostile-model.js";

describe("hostile models", () => {
  it.each([
    "globalThis.pwned = true;",
    "export const a = { b: globalThis.pwned };",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: code that is tested
    "export const a = [`${1}`];",
    "export const a = { [globalThis.pwned]: 1 };",
    "export const a = { ...b };",
    "export default f();",
  ])("the check finds code: %s", (code) => {
    expect(executable(code)).toHaveLength(1);
    expect(executable('import x from "y";\nexport const a = { b: [-1, "c", true, null], ["__proto__"]: 1 };')).toEqual(
      [],
    );
  });

  it("E14, B12: never become code", () => {
    fc.assert(
      fc.property(hostileModel, (json) => {
        const { files } = generate({ document: readModelDocument(json) });
        for (const [path, text] of files) {
          expect(path).toMatch(/^[\w-]+\.ts$/);
          expect(executable(text)).toEqual([]);
          expect(text).not.toMatch(/[\u2028\u2029\u202a-\u202e\u2066-\u2069\0\r]/);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("E14, B12: nor do names of one's own, in several data models, with schemas", () => {
    fc.assert(
      fc.property(hostileJob, (job) => {
        for (const [path, text] of generate({ ...job, target: typescript({ schemas: true }) }).files) {
          expect(path).toMatch(/^(?:models\/|schemas\/)?[\w-]+\.ts$/);
          if (!path.startsWith("schemas/")) expect(executable(text)).toEqual([]);
          expect(identifiers(text)).not.toEqual(
            expect.arrayContaining([expect.stringMatching(/^(?:pwned|globalThis|alert)$/)]),
          );
        }
      }),
      { numRuns: 100 },
    );
  });

  it("B1, B2, B7, B9, B10, B11, E9, E10, E41, E42: compile", () => {
    const files = new Map<string, string>();
    const add = (name: string, options: GenerateOptions): void => {
      for (const [path, text] of generate(options).files) files.set(`${name}/${path}`, text);
    };
    fc.sample(hostileModel, { numRuns: 40, seed: 20 }).forEach((json, index) => {
      add(`m${index}`, { document: readModelDocument(json) });
    });
    fc.sample(hostileJob, { numRuns: 20, seed: 21 }).forEach((job, index) => {
      add(`j${index}`, { ...job, target: typescript({ schemas: index % 2 === 0 }) });
    });
    expect(files.size).toBeGreaterThan(150);
    expect(compile(files, "nodenext", { isolatedDeclarations: false })).toEqual([]);
  });
});
