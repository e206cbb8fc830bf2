import { type Filter, isRecord, type PropertyPath, type SourceReference } from "../../models/index.js";

/** What of the schema a filter refers to. */
export interface FilterReferences {
  /** Properties of views and containers: `[space, source, property]`; the instances' own are left out. */
  readonly properties: readonly PropertyPath[];
  /** Views and containers named by `hasData`. */
  readonly sources: readonly SourceReference[];
}

const PATH_KEYS = new Set(["property", "scope", "startProperty", "endProperty"]);

/** Finds all that a filter refers to, at any depth. */
export function filterReferences(filter: Filter): FilterReferences {
  const properties: PropertyPath[] = [];
  const sources: SourceReference[][] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const inner of value) visit(inner);
    if (!isRecord(value)) return;
    for (const [key, inner] of Object.entries(value)) {
      if (PATH_KEYS.has(key) && isPath(inner)) properties.push(inner);
      else if (key === "hasData" && Array.isArray(inner)) sources.push(inner.filter(isSource));
      else visit(inner);
    }
  };
  visit(filter);
  return { properties, sources: sources.flat() };
}

function isPath(value: unknown): value is PropertyPath {
  return Array.isArray(value) && value.length === 3 && value.every((part) => typeof part === "string");
}

function isSource(value: unknown): value is SourceReference {
  return isRecord(value) && (value["type"] === "view" || value["type"] === "container");
}
