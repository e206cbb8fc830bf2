import {
  compareText,
  type IrProperty,
  type IrScalar,
  type NamedProperty,
  type NamedView,
  type ScalarKind,
} from "../../../ir/index.js";
import { formatVersionedId } from "../../../models/index.js";
import { docComment, propertyKey, stringLiteral } from "../../text/index.js";
import { lineWidth, type TypescriptStyle } from "./style.js";

/** Schemas of values that need no shared one. */
const scalars: Readonly<Record<Exclude<ScalarKind, "enum" | "int32" | "int64" | "timestamp" | "json">, string>> = {
  text: "v.string()",
  boolean: "v.boolean()",
  float32: "v.pipe(v.number(), v.finite())",
  float64: "v.pipe(v.number(), v.finite())",
  date: "v.pipe(v.string(), v.isoDate())",
  timeseries: "v.string()",
  file: "v.string()",
  sequence: "v.string()",
};

/** Names of shared schemas that a file imports. */
type Used = Set<string>;

/** Where the shared schemas are, beside those of views: no view can have this name. */
export const sharedSchemas = "schemas/_values";

/** The schemas that those of all views are made from. */
export function sharedSchemasFile({ int64, runtimeImport }: TypescriptStyle): string {
  const integer =
    int64 === "bigint"
      ? "v.pipe(v.bigint(), v.minValue(-(2n ** 63n)), v.maxValue(2n ** 63n - 1n))"
      : "v.pipe(v.number(), v.safeInteger())";
  return `import type { JsonObject } from ${stringLiteral(runtimeImport)};
import * as v from "valibot";

/** The external id of an instance. */
export const externalId = v.pipe(v.string(), v.minLength(1), v.maxLength(256));

/** A node by its external id, by space and external id, or a node to write, whose own schema checks it. */
export const id = v.union([externalId, v.looseObject({ space: v.exactOptional(v.string()), externalId })]);

/** A node at the other end of an edge, alone or with the edge. */
export const edge = v.union([id, v.looseObject({ edge: v.exactOptional(v.looseObject({})), node: id })]);

export const int32 = v.pipe(v.number(), v.integer(), v.minValue(-(2 ** 31)), v.maxValue(2 ** 31 - 1));

export const int64 = ${integer};

/** A point in time, as a date or as its ISO text. */
export const timestamp = v.union([v.date(), v.pipe(v.string(), v.isoTimestamp())]);

export const json = v.custom<JsonObject>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  "Expected a JSON object",
);
`;
}

/** A file with the schemas of what is written through a view. */
export function schemaFile(halves: readonly NamedView[], { importExtension }: TypescriptStyle): string {
  const used: Used = new Set(["externalId"]);
  const parts = halves.map((half) => schemaOf(half, used)).join("\n");
  const names = [...used].sort(compareText).join(", ");
  return `import * as v from "valibot";\nimport { ${names} } from "./_values${importExtension}";\n\n${parts}`;
}

function schemaOf(half: NamedView, used: Used): string {
  const isEdge = half.instanceType === "edge";
  if (isEdge) used.add("id");
  const identity = [
    "  space: v.exactOptional(v.string()),\n  externalId,\n",
    ...(isEdge ? ["  $type: v.object({ space: v.string(), externalId }),\n  $startNode: id,\n  $endNode: id,\n"] : []),
  ];
  const members = half.properties.filter(({ property }) => isWritable(property)).map((named) => memberOf(named, used));
  const doc = docComment([`Checks what is written through view ${formatVersionedId(half.view.id)}.`], 0, lineWidth);
  return `${doc}export const ${half.type}Schema = v.object({\n${identity.join("")}${members.join("")}});\n`;
}

function isWritable(property: IrProperty): boolean {
  return !("readOnly" in property && property.readOnly);
}

function memberOf({ name, property }: NamedProperty, used: Used): string {
  return `  ${propertyKey(name, "literal")}: ${schemaOfProperty(property, used)},\n`;
}

function schemaOfProperty(property: IrProperty, used: Used): string {
  const take = (name: string): string => {
    used.add(name);
    return name;
  };
  if (property.kind === "reverse") return optional(property.single ? take("id") : `v.array(${take("id")})`);
  if (property.kind === "edge") return optional(property.single ? take("edge") : `v.array(${take("edge")})`);
  const element = property.kind === "direct" ? take("id") : scalarSchema(property, take);
  const value = property.list ? `v.array(${element})` : element;
  if (property.nullable) return `v.nullish(${value})`;
  return property.hasDefault ? optional(value) : value;
}

function optional(schema: string): string {
  return `v.optional(${schema})`;
}

function scalarSchema({ type, values = [] }: IrScalar, take: (name: string) => string): string {
  switch (type) {
    case "int32":
    case "int64":
    case "timestamp":
    case "json":
      return take(type);
    case "enum":
      return `v.picklist([${values.map(({ value }) => stringLiteral(value)).join(", ")}])`;
    default:
      return scalars[type];
  }
}
