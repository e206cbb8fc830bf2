import fc from "fast-check";

/** The part of JSON Schema that the service's description uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
}

/** Texts that have ended badly somewhere. */
const hostileText = fc.constantFrom(
  "",
  "__proto__",
  "constructor",
  "../../etc/passwd",
  "a\u0000b",
  "\ud800",
  "*/ alert(1) //",
  '"""',
  "\u2028",
  "a".repeat(100_000),
  "🙂".repeat(2_000),
  "[".repeat(20_000),
  "{{ x }}",
  "1e999",
);

/** Anything that JSON can say, and what is not expected of it. */
export const anything: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue(),
  hostileText,
  fc.constantFrom(null, true, 0, -1, 1e308, Number.MAX_SAFE_INTEGER, [], {}, [[]], [null]),
  fc.integer({ min: 1, max: 99 }).map((levels) => JSON.parse("[".repeat(levels) + "]".repeat(levels)) as unknown),
);

function textOf(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.format === "uri") return fc.oneof(fc.webUrl(), fc.constant("http://emulator"));
  if (schema.pattern !== undefined) return fc.stringMatching(new RegExp(schema.pattern, "u"));
  const { minLength = 0, maxLength = 60 } = schema;
  return fc.oneof(fc.string({ unit: "binary", minLength, maxLength: Math.min(maxLength, 60) }), hostileText);
}

/** Values of a schema. `known` has values for some of its members, by name, that say more than chance would. */
export function valuesOf(
  schema: Schema,
  known: Readonly<Record<string, fc.Arbitrary<unknown>>>,
): fc.Arbitrary<unknown> {
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((each) => valuesOf(each, known)));
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.type === "boolean") return fc.boolean();
  if (schema.type === "string") return textOf(schema);
  if (schema.type === "array") {
    const { minItems = 0, maxItems = 3 } = schema;
    return fc.array(valuesOf(schema.items ?? {}, known), { minLength: minItems, maxLength: Math.min(maxItems, 3) });
  }
  if (schema.type !== "object") return anything;
  if (typeof schema.additionalProperties === "object") {
    const keys = fc.oneof(fc.string({ maxLength: 20 }), fc.constantFrom("__proto__", "plant:Turbine", "name"));
    return fc.dictionary(keys, valuesOf(schema.additionalProperties, known), { maxKeys: 3 });
  }
  const members = Object.entries(schema.properties ?? {}).map(
    ([name, of]) =>
      [
        name,
        Object.hasOwn(known, name) ? fc.oneof(known[name] ?? anything, valuesOf(of, known)) : valuesOf(of, known),
      ] as const,
  );
  return fc.record(Object.fromEntries(members), { requiredKeys: [...(schema.required ?? [])] });
}

/** A value with one place of it changed, left out for `undefined`, or one more put in; numbers from 0 to 1 choose the place. */
export function changed(value: unknown, path: readonly number[], instead: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined || value === null || typeof value !== "object") return instead;
  const entries = Object.entries(value);
  const at = Math.floor(step * (entries.length + 1));
  const entry = entries[at];
  const next = entry
    ? entries.flatMap((each, index) =>
        index !== at
          ? [each]
          : instead === undefined && rest.length === 0
            ? []
            : [[each[0], changed(each[1], rest, instead)] as const],
      )
    : [...entries, ["unheardOf", instead] as const];
  return Array.isArray(value) ? next.map(([, each]) => each) : Object.fromEntries(next);
}
