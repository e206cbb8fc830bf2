import type { ListQuery, UntypedRow, ViewDescriptor } from "pygen";
import { objectIn } from "./data.js";
import type { Loaded } from "./world.js";

/** What a query of the page may say beside its view; what each of it says is checked by the SDK. */
const parts = ["where", "select", "sort", "limit", "targetUnits"];

/** A query that was read, not yet sent. */
export interface TypedQuery {
  readonly view: ViewDescriptor;
  readonly list: ListQuery<UntypedRow>;
}

/** Reads a query from text that is data: `{ "view": "turbine", "where": {}, ... }`. */
export function typedQuery({ handles }: Loaded, text: string): TypedQuery {
  const { view: name, ...args } = objectIn(text);
  const handle = typeof name === "string" && Object.hasOwn(handles, name) ? handles[name] : undefined;
  if (!handle) throw new Error(`view must be one of ${Object.keys(handles).join(", ")}.`);
  const odd = Object.keys(args).find((part) => !parts.includes(part));
  if (odd !== undefined) throw new Error(`A query has no '${odd}': it has view, ${parts.join(", ")}.`);
  return { view: handle.view, list: handle.list(args) };
}

/** The type of a column in TypeScript, in few words. */
export function typeOf({ properties }: ViewDescriptor, name: string): string {
  const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
  if (!property) return "string";
  const kinds: Readonly<Record<string, string>> = { timestamp: "Date", boolean: "boolean", json: "JSON", enum: "enum" };
  const numbers = ["int32", "int64", "float32", "float64"];
  const own = kinds[property.type] ?? (numbers.includes(property.type) ? "number" : "string");
  const target = "source" in property && property.source ? property.source.replace(/^.*\/|@.*$/g, "") : "node";
  const isRelation = ["direct", "reverse", "edge"].includes(property.type);
  const many = "list" in property || (["reverse", "edge"].includes(property.type) && !("single" in property));
  const one = isRelation ? target : own;
  return many ? `${one}[]` : `${one}${"required" in property ? "" : " | null"}`;
}
