import * as v from "valibot";
import type { Filter } from "../filter.js";
import { isRecord, type JsonValue } from "../json.js";
import type { Page } from "../page.js";
import type { ContainerReference, NodeReference, SourceReference, ViewReference } from "../reference.js";
import { once, type SchemaOf } from "./schema.js";

/** A value that comes out of `JSON.parse` and is not looked into. */
export const anyJson: () => SchemaOf<JsonValue> = once(() => v.custom<JsonValue>((value) => value !== undefined));

/** A filter: an object with one operator; those of a newer service pass too. */
export const filter: () => SchemaOf<Filter> = once(() =>
  v.custom<Filter>(
    (value) => isRecord(value) && Object.keys(value).length === 1,
    "Expected an object with one operator",
  ),
);

/**
 * Objects of several forms, told apart by the text at a key: a problem is reported for the form that the text names.
 * (valibot's own `variant` and `union` are larger than all else of it that is used here.)
 */
export function tagged<T>(key: string, forms: Readonly<Record<string, SchemaOf<T>>>): SchemaOf<T> {
  const tags = v.looseObject({ [key]: v.picklist(Object.keys(forms)) });
  return v.lazy((value) => (v.is(tags, value) && forms[value[key] as string]) || tags) as SchemaOf<T>;
}

export const nodeReference: () => SchemaOf<NodeReference> = once(() =>
  v.looseObject({ space: v.string(), externalId: v.string() }),
);

export const containerReference: () => SchemaOf<ContainerReference> = once(() =>
  v.looseObject({ type: v.literal("container"), space: v.string(), externalId: v.string() }),
);

export const viewReference: () => SchemaOf<ViewReference> = once(() =>
  v.looseObject({ type: v.literal("view"), space: v.string(), externalId: v.string(), version: v.string() }),
);

export const sourceReference: () => SchemaOf<SourceReference> = once(() =>
  tagged<SourceReference>("type", { view: viewReference(), container: containerReference() }),
);

/** A page of a list; the answers of `byids`, upserts and deletes have the same form without a cursor. */
export function pageOf<T>(item: () => SchemaOf<T>): SchemaOf<Page<T>> {
  return v.looseObject({ items: v.array(item()), nextCursor: v.exactOptional(v.nullable(v.string())) });
}
