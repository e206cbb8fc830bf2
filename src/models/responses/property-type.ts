import * as v from "valibot";
import { isRecord } from "../json.js";
import type { PropertyType } from "../property-type.js";
import { containerReference, viewReference } from "./common.js";
import { once, type SchemaOf } from "./schema.js";

const known: ReadonlySet<unknown> = new Set(
  "text boolean int32 int64 timestamp date json float32 float64 timeseries file sequence direct enum".split(" "),
);

const isNewer = (value: unknown): boolean =>
  isRecord(value) && typeof value["type"] === "string" && !known.has(value["type"]);

const knownType: () => SchemaOf<PropertyType> = once(() => {
  const listable = { list: v.exactOptional(v.boolean()), maxListSize: v.exactOptional(v.number()) };
  const unit = v.looseObject({ externalId: v.string(), sourceUnit: v.exactOptional(v.string()) });
  const text = v.exactOptional(v.string());
  return v.variant("type", [
    v.looseObject({
      type: v.literal("text"),
      ...listable,
      collation: text,
      maxTextSize: v.exactOptional(v.number()),
    }),
    v.looseObject({ type: v.picklist(["boolean", "int32", "int64", "timestamp", "date", "json"]), ...listable }),
    v.looseObject({ type: v.picklist(["float32", "float64"]), ...listable, unit: v.exactOptional(unit) }),
    v.looseObject({ type: v.picklist(["timeseries", "file", "sequence"]), ...listable }),
    v.looseObject({
      type: v.literal("direct"),
      ...listable,
      container: v.exactOptional(containerReference()),
      source: v.exactOptional(viewReference()),
    }),
    v.looseObject({
      type: v.literal("enum"),
      values: v.record(v.string(), v.looseObject({ name: text, description: text })),
      unknownValue: text,
    }),
  ]);
});

/**
 * The type of a property. A type that is not known here passes: a service that gained one must not make every view
 * unreadable. Who needs to understand the type reports it.
 */
export const propertyType: () => SchemaOf<PropertyType> = once(() =>
  v.lazy((value): SchemaOf<PropertyType> => (isNewer(value) ? v.custom<PropertyType>(isNewer) : knownType())),
);
