import fc from "fast-check";
import { type GenerateOptions, readModelDocument } from "../../src/codegen/index.js";
import { direct, edges, file, type PropertyDraft, reverse, type ViewDraft, view } from "../ir/models.js";

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
  '"""\n__import__("builtins").pwned = 1\n"""',
  "'''; __import__('builtins').pwned = 1; '''",
  "{__import__('builtins').pwned}",
  'ends with "',
  "\\N{BULLET} \\x22 %s",
  "# type: ignore # noqa",
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
  "None",
  "list",
  "str",
  "self",
  "model_dump",
  "model_config",
  "_private",
  "3d",
];
const hostile = fc.oneof(
  fc.constantFrom(...payloads, ...keywords),
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.string({ maxLength: 12 }),
);
const name = fc.oneof(
  hostile,
  fc.constantFrom(
    "fooBar",
    "foo_bar",
    "FooBar",
    "Edge",
    "ViewOf",
    "bind",
    "index",
    "con",
    "Field",
    "TurbineWrite",
    "Turbine",
    "a".repeat(255),
  ),
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

/** A model file: views by hostile names, with properties of every kind that point at each other. */
export const hostileModel: fc.Arbitrary<object> = fc
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

const casing = fc.constantFrom("camel" as const, "pascal" as const, "snake" as const);

/** What to generate of a hostile model: with hostile names for its views and properties, in several data models. */
export const hostileJob: fc.Arbitrary<GenerateOptions> = fc
  .record({
    json: hostileModel,
    names: fc.array(name, { minLength: 1, maxLength: 8 }),
    naming: fc.record({
      properties: casing,
      handles: casing,
      files: casing,
      reserved: fc.array(hostile, { maxLength: 2 }),
    }),
    others: fc.uniqueArray(name, { maxLength: 2 }),
  })
  .map(({ json, names, naming, others }) => {
    const document = readModelDocument(json);
    const [model] = document.dataModels;
    const nameFor = (index: number): string => names[index % names.length] ?? "";
    const ids = document.views.map(({ externalId }) => externalId);
    const properties = document.views.flatMap((each) =>
      Object.keys(each.properties ?? {}).map((id) => `${each.externalId}.${id}`),
    );
    const named = (keys: readonly string[]): Readonly<Record<string, string>> =>
      Object.fromEntries(keys.map((key, index) => [key, nameFor(index)]));
    const more = model
      ? others.map((externalId, index) => ({ ...model, externalId, views: model.views.slice(index) }))
      : [];
    return {
      document: { ...document, dataModels: [...document.dataModels, ...more] },
      rename: { views: named(ids), properties: named(properties), model: nameFor(0) },
      naming,
    };
  });
