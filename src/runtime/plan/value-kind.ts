import { exactInteger, type JsonValue, type PropertyPath } from "../../models/index.js";
import { isReference, keyOf } from "../identity.js";
import { propertyById } from "../property-by-id.js";
import type { Registry } from "../registry.js";

/** How values of a single-valued property are told apart. */
export interface ValueKind {
  /** Two values are the same exactly when these are; `undefined` for what is no plain value of the property. */
  readonly key: (value: unknown) => string | number | bigint | boolean | undefined;
  /** Whether their order is that of numbers. */
  readonly ordered: boolean;
  /** Whether they are text, of which prefixes can be told. */
  readonly text: boolean;
  /** The service takes no `in` of them (contract 9.2). */
  readonly spellOut: boolean;
}

/** Tells the kind of a property's values; `undefined` where it is not known, or where equal values can be written in several ways. */
export type Kinds = (path: PropertyPath) => ValueKind | undefined;

const plain = { ordered: false, text: false, spellOut: false };
const textKey = (value: unknown) => (typeof value === "string" ? value : undefined);
const text: ValueKind = { ...plain, key: textKey, text: true };
const enumeration: ValueKind = { ...plain, key: textKey, spellOut: true };
const boolean: ValueKind = { ...plain, key: (value) => (typeof value === "boolean" ? value : undefined) };
const reference: ValueKind = { ...plain, key: (value) => (isReference(value) ? keyOf(value) : undefined) };
const number: ValueKind = {
  ...plain,
  key: (value) => (typeof value === "number" || typeof value === "bigint" ? exactInteger(value) : undefined),
  ordered: true,
};

const byType: ReadonlyMap<string, ValueKind> = new Map([
  ["text", text],
  ["enum", enumeration],
  ["boolean", boolean],
  ["int32", number],
  ["int64", number],
  ["float64", number],
  ["direct", reference],
]);

const byFact: ReadonlyMap<string, ValueKind> = new Map([
  ["space", text],
  ["externalId", text],
  ["type", reference],
  ["startNode", reference],
  ["endNode", reference],
]);

/** The kinds of values of the properties of some views, and of what every instance has. */
export function kindsIn(registry: Registry): Kinds {
  return ([space, source = "", id]) => {
    if (id === undefined) return byFact.get(source);
    const view = `${space}/${source.replace(/\/([^/]*)$/, "@$1")}`;
    const known = registry.node(view) ?? registry.edge(view);
    const property = known && propertyById(known, id);
    return property === undefined || ("list" in property && property.list) ? undefined : byType.get(property.type);
  };
}

/** Whether a value is none that another property or a parameter gives. */
export function isGiven(kind: ValueKind, value: unknown): value is JsonValue {
  return kind.key(value) !== undefined;
}
