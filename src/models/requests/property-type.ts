import * as v from "valibot";
import type {
  CdfReferenceType,
  DirectRelationType,
  EnumType,
  FloatType,
  PrimitiveType,
  PropertyType,
  TextType,
} from "../property-type.js";
import { containerReference, labels, wrongEnumValue } from "./common.js";
import { lazily, type RequestSchema } from "./lazily.js";
import { choose, dictionary, fields, integer, text } from "./shapes.js";

/** Most values of a list property, at most (contract 3.5). */
const MAX_LIST = 2000;
/** Most bytes of a text (contract 3.5). */
const MAX_TEXT = 128_000;
/** `ucs_basic`, `und`, or the locale of an ICU collation. */
function isCollation(name: string): boolean {
  if (name === "ucs_basic") return true;
  try {
    return Intl.getCanonicalLocales(name).length === 1;
  } catch {
    return false;
  }
}

/** Said of a type that is none of contract 10's. */
const UNKNOWN_TYPE =
  "must be one of [text, boolean, int32, int64, float32, float64, timestamp, date, json, direct, timeseries, file, " +
  "sequence, enum]";

/** The fields of every type that may be a list. */
function listable() {
  return { list: v.exactOptional(v.boolean()), maxListSize: v.exactOptional(integer(1, MAX_LIST)) } as const;
}

const textType: RequestSchema<TextType> = lazily(() =>
  fields({
    type: v.literal("text"),
    ...listable(),
    collation: v.exactOptional(v.pipe(v.string(), v.check(isCollation, "must be the name of a collation"))),
    maxTextSize: v.exactOptional(integer(1, MAX_TEXT)),
  }),
);

const primitiveType: RequestSchema<PrimitiveType> = lazily(() =>
  fields({ type: v.picklist(["boolean", "int32", "int64", "timestamp", "date", "json"], UNKNOWN_TYPE), ...listable() }),
);

const floatType: RequestSchema<FloatType> = lazily(() =>
  fields({
    type: v.picklist(["float32", "float64"]),
    ...listable(),
    unit: v.exactOptional(fields({ externalId: text(255, 1), sourceUnit: v.exactOptional(text(255)) })),
  }),
);

const cdfReferenceType: RequestSchema<CdfReferenceType> = lazily(() =>
  fields({ type: v.picklist(["timeseries", "file", "sequence"]), ...listable() }),
);

const directType: RequestSchema<DirectRelationType> = lazily(() =>
  fields({ type: v.literal("direct"), ...listable(), container: v.exactOptional(containerReference()) }),
);

const enumType: RequestSchema<EnumType> = lazily(() =>
  v.pipe(
    fields({
      type: v.literal("enum"),
      values: dictionary(wrongEnumValue, fields({ ...labels() }), { min: 1, max: 32 }),
      unknownValue: v.exactOptional(v.string()),
    }),
    v.check(
      ({ values, unknownValue }) => unknownValue === undefined || Object.hasOwn(values, unknownValue),
      "unknownValue must be one of the values",
    ),
  ),
);

const byName: ReadonlyMap<unknown, RequestSchema<PropertyType>> = new Map<unknown, RequestSchema<PropertyType>>([
  ["text", textType],
  ["float32", floatType],
  ["float64", floatType],
  ["direct", directType],
  ["enum", enumType],
  ["timeseries", cdfReferenceType],
  ["file", cdfReferenceType],
  ["sequence", cdfReferenceType],
]);

/** The type of a container's property (contract 10). */
export const propertyType: RequestSchema<PropertyType> = lazily(() =>
  choose<PropertyType>((input) => (byName.get(input["type"]) ?? primitiveType)()),
);
