import { GraphQLBoolean, GraphQLFloat, GraphQLInt, GraphQLScalarType, GraphQLString } from "graphql";
import type { PropertyType } from "../../../models/index.js";

const plain = (name: string): GraphQLScalarType => new GraphQLScalarType({ name, serialize: (value) => value });

export const Int64: GraphQLScalarType = /* @__PURE__ */ plain("Int64");
export const Timestamp: GraphQLScalarType = /* @__PURE__ */ plain("Timestamp");
export const DateScalar: GraphQLScalarType = /* @__PURE__ */ plain("Date");
export const JSONObject: GraphQLScalarType = /* @__PURE__ */ plain("JSONObject");

/** The scalar of a property's values; texts, and what is named by text, have none of their own. */
export function scalarOf({ type }: PropertyType): GraphQLScalarType | undefined {
  switch (type) {
    case "boolean":
      return GraphQLBoolean;
    case "int32":
      return GraphQLInt;
    case "int64":
      return Int64;
    case "float32":
    case "float64":
      return GraphQLFloat;
    case "timestamp":
      return Timestamp;
    case "date":
      return DateScalar;
    case "json":
      return JSONObject;
    case "text":
    case "enum":
      return GraphQLString;
    default:
      return undefined;
  }
}

/** Whether values can be added up. */
export function isNumeric({ type }: PropertyType): boolean {
  return type === "int32" || type === "int64" || type === "float32" || type === "float64";
}
