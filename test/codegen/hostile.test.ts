import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { generate, readModelDocument } from "../../src/codegen/index.js";
import { direct, edges, file, type PropertyDraft, reverse, type ViewDraft, view } from "../ir/models.js";
import { compile, executable } from "./compile.js";

const payloads = [
  "*/ globalThis.pwned = true; /*",
  "*/*/ } export const pwned = 1; {",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholder is what is tested
  "`${globalThis.pwned}`",
  '"; globalThis.pwned = true; //',
  "'; alert(1); '",
  "line\n// @ts-nocheck\nglobalThis.pwned = 1",
  "\u2028globalThis.pwned = 1\u2029",
  "\r\n*/",
  "@ts-ignore @deprecated {@link x}",
  "\u202e\u2066 right to left",
  "\\",
  "\\u002a/",
  "*\\/",
  "</script>",
  "// eslint-disable",
  "```\n```",
  "\0",
  "\ud800",
  "é\u0301 😀",
];
const keywords = [
  "class",
  "default",
  "__proto__",
  "constructor",
  "then",
  "toString",
  "prototype",
  "delete",
  "Date",
  "space",
  "externalId",
  "type",
];
const hostile = fc.oneof(
  fc.constantFrom(...payloads, ...keywords),
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.string({ maxLength: 12 }),
);
const name = fc.oneof(
  hostile,
  fc.constantFrom("fooBar", "foo_bar", "FooBar", "Edge", "ViewOf", "bind", "index", "con", "a".repeat(255)),
);

const scalar = fc.constantFrom<PropertyDraft["type"]["type"]>(
  "text",
  "int64",
  "float32",
  "boolean",
  "timestamp",
  "date",
  "json",
  "file",
);

/** Views by hostile names, with properties of every kind that point at each other. */
const model = fc
  .record({
    ids: fc.uniqueArray(name, { minLength: 1, maxLength: 5, selector: (id) => id.split("@")[0] }),
    seed: fc.infiniteStream(fc.nat()),
  })
  .chain(({ ids }) =>
    fc.record({
      modelId: name,
      views: fc.tuple(
        ...ids.map((id) =>
          fc
            .record({
              description: hostile,
              name: hostile,
              usedFor: fc.constantFrom("node" as const, "edge" as const, "all" as const),
              properties: fc.uniqueArray(fc.tuple(name, fc.nat(7), fc.nat(ids.length - 1), hostile, scalar), {
                maxLength: 6,
                selector: ([property]) => property,
              }),
            })
            .map((draft) => ({ id: id.split("@")[0] ?? "", draft })),
        ),
      ),
    }),
  )
  .map(({ modelId, views }) => {
    const target = (index: number) => view(views[index]?.id ?? "");
    const drafts = views.map(({ id, draft }): readonly [string, ViewDraft] => [
      id,
      {
        ...draft,
        properties: Object.fromEntries(
          draft.properties.map(([property, kind, index, description, type]) => [
            property,
            {
              ...[
                { type: { type } },
                { type: { type, list: true } },
                { type: { type: "enum", values: { a: {}, [description]: {} } } },
                { type: { type: "float64", unit: { externalId: description } }, nullable: false, defaultValue: 1.5 },
                direct(target(index)),
                direct(target(index), true),
                edges(target(index), { type: { space: description, externalId: description } }),
                reverse(target(index), property),
              ][kind],
              description,
            } as PropertyDraft,
          ]),
        ),
      },
    ]);
    const json = file(Object.fromEntries(drafts)) as { dataModels: { externalId: string }[] };
    for (const dataModel of json.dataModels) dataModel.externalId = modelId;
    return json;
  });

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
      fc.property(model, (json) => {
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

  it("B1, B2, B7, B9, B10, B11, E9, E10, E41, E42: compile", () => {
    const files = new Map<string, string>();
    fc.sample(model, { numRuns: 60, seed: 20 }).forEach((json, index) => {
      for (const [path, text] of generate({ document: readModelDocument(json) }).files)
        files.set(`m${index}/${path}`, text);
    });
    expect(files.size).toBeGreaterThan(150);
    expect(compile(files)).toEqual([]);
  }, 120_000);
});
