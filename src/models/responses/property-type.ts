import * as v from "valibot";
import { isRecord } from "../json.js";
import type { PropertyType } from "../property-type.js";
import { containerReference, tagged, viewReference } from "./common.js";
import { once, type SchemaOf } from "./schema.js";

/** By the name of the type. */
const known: () => Readonly<Record<string, SchemaOf<PropertyType>>> = once(() => {
  const listable = { list: v.exactOptional(v.boolean()), maxListSize: v.exactOptional(v.number()) };
  const unit = v.looseObject({ externalId: v.string(), sourceUnit: v.exactOptional(v.string()) });
  const text = v.exactOptional(v.string());
  const plain = v.looseObject({
    type: v.picklist(["boolean", "int32", "int64", "timestamp", "date", "json", "timeseries", "file", "sequence"]),
    ...listable,
  });
  const float = v.looseObject({
    type: v.picklist(["float32", "float64"]),
    ...listable,
    unit: v.exactOptional(unit),
  });
  return {
    ...Object.fromEntries(plain.entries.type.options.map((type) => [type, plain])),
    float32: float,
    float64: float,
    text: v.looseObject({
      type: v.literal("text"),
      ...listable,
      collation: text,
      maxTextSize: v.exactOptional(v.number()),
    }),
    direct: v.looseObject({
      type: v.literal("direct"),
      ...listable,
      container: v.exactOptional(containerReference()),
      source: v.exactOptional(viewReference()),
    }),
    enum: v.looseObject({
      type: v.literal("enum"),
      values: v.record(v.string(), v.looseObject({ name: text, description: text })),
      unknownValue: text,
    }),
  };
});

const isNewer = (value: unknown): boolean =>
  isRecord(value) && typeof value["type"] === "string" && !Object.hasOwn(known(), value["type"]);

/**
 * The type of a property. A type that is not known here passes: a service that gained one must not make every view
 * unreadable. Who needs to understand the type reports it.
 */
export const propertyType: () => SchemaOf<PropertyType> = once(() => {
  const [newer, today] = [v.custom<PropertyType>(isNewer), tagged<PropertyType>("type", known())];
  return v.lazy((value) => (isNewer(value) ? newer : today));
});
