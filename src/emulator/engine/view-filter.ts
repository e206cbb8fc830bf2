import type { SchemaLookup } from "../../ir/index.js";
import { inheritedProperties } from "../../ir/index.js";
import type { Filter, PropertyPath, SourceReference, ViewCreate } from "../../models/index.js";
import { filterReferences } from "./filter-references.js";

/** What a view's filter names that does not exist. */
export interface Dangling {
  readonly properties: readonly PropertyPath[];
  readonly sources: readonly SourceReference[];
}

/** Finds what a filter names that does not exist. */
export function danglingReferences(filter: Filter, lookup: SchemaLookup): Dangling {
  const { properties, sources } = filterReferences(filter);
  return {
    properties: properties.filter((path) => !propertyExists(path, lookup)),
    sources: sources.filter((source) => (source.type === "view" ? !lookup.view(source) : !lookup.container(source))),
  };
}

/**
 * A view's filter as it reads: once something it names was deleted, it shows what that was
 * in place of the filter (contract 6.2).
 */
export function readFilter(view: ViewCreate, lookup: SchemaLookup): Filter | undefined {
  if (!view.filter) return undefined;
  const { properties, sources } = danglingReferences(view.filter, lookup);
  if (properties.length + sources.length === 0) return view.filter;
  const named = sources.map((source) => [source.space, sourceName(source)]);
  return {
    invalid: {
      previouslyReferencedProperties: [...properties, ...named],
      filterType: Object.keys(view.filter)[0] ?? "",
    },
  };
}

function sourceName(source: SourceReference): string {
  return source.type === "view" ? `${source.externalId}/${source.version}` : source.externalId;
}

function propertyExists([space = "", source = "", property = ""]: PropertyPath, lookup: SchemaLookup): boolean {
  const [externalId = "", version] = source.split("/");
  if (version === undefined) {
    const container = lookup.container({ space, externalId });
    return container !== undefined && Object.hasOwn(container.properties, property);
  }
  const view = lookup.view({ space, externalId, version });
  return view !== undefined && inheritedProperties(view, lookup).has(property);
}
