import type { EnumTypeDefinitionNode, TypeNode } from "graphql";
import { commentOf } from "./arguments.js";

/** A type of the language as the service stores it. */
const scalars: Readonly<Record<string, string>> = {
  String: "text",
  ID: "text",
  Boolean: "boolean",
  Int: "int32",
  Int32: "int32",
  Int64: "int64",
  Float: "float64",
  Float32: "float32",
  Float64: "float64",
  Timestamp: "timestamp",
  Date: "date",
  JSONObject: "json",
  TimeSeries: "timeseries",
  File: "file",
  Sequence: "sequence",
};

/** The stored type of a scalar's name. */
export function scalarType(name: string): string | undefined {
  return Object.hasOwn(scalars, name) ? scalars[name] : undefined;
}

/** The name in a type, and what is around it. */
export function unwrapped(type: TypeNode): {
  readonly name: string;
  readonly list: boolean;
  readonly required: boolean;
} {
  if (type.kind === "NonNullType") return { ...unwrapped(type.type), required: true };
  if (type.kind === "ListType") return { ...unwrapped(type.type), list: true, required: false };
  return { name: type.name.value, list: false, required: false };
}

/** The stored type of an enum. */
export function enumType({ values = [] }: EnumTypeDefinitionNode): object {
  return {
    type: "enum",
    values: Object.fromEntries(values.map(({ name, description }) => [name.value, commentOf(description)])),
  };
}
