import { QueryError } from "../../src/errors/index.js";
import type { EdgeDescriptor, PropertyDescriptor, ViewDescriptor } from "../../src/ir/index.js";
import { formatVersionedId, isRecord, type NodeReference } from "../../src/models/index.js";
import type { BoundView, UntypedArgs, UntypedRow } from "../../src/runtime/index.js";
import { heldIn } from "./graphql-page.js";

type Scope = BoundView["scope"];

/** What a row of which only the id was asked for has. */
const ofIds: ReadonlySet<string> = new Set(["__typename", "space", "externalId"]);

/**
 * A row of an answer in GraphQL as a row that was read through its view: names in place of CDF's ids, arrays in place of pages,
 * external ids in place of the resources that have them. What the view does not have is left out.
 *
 * @throws QueryError `QUERY.MISSING_PROPERTY` where it lacks what is required, `QUERY.NO_SPACE` where nothing says its space
 */
export function rowOf(given: UntypedArgs, view: ViewDescriptor, scope: Scope): UntypedRow {
  return { ...referenceIn(given, view, scope), $version: 0, ...valuesOf(given, view, scope) };
}

function referenceIn({ space, externalId }: UntypedArgs, view: ViewDescriptor, scope: Scope): NodeReference {
  if (typeof externalId !== "string") throw missing(["externalId"], view);
  const of = typeof space === "string" ? space : scope.space;
  if (of !== undefined) return { space: of, externalId };
  throw new QueryError("QUERY.NO_SPACE", `Nothing says in which space '${externalId}' is.`, {
    hint: "Ask for space beside externalId, or give a default space where the views are bound.",
  });
}

function valuesOf(given: UntypedArgs, view: ViewDescriptor, scope: Scope): UntypedArgs {
  const properties = Object.entries(view.properties).map(([name, property]) => ({
    name,
    property,
    value: Object.hasOwn(given, property.id ?? name) ? given[property.id ?? name] : undefined,
  }));
  const lacking = properties.filter(({ property, value }) => isRequired(property) && (value ?? null) === null);
  if (lacking.length > 0) {
    throw missing(
      lacking.map(({ name, property }) => property.id ?? name),
      view,
    );
  }
  const asked = properties.filter(({ value }) => value !== undefined);
  return Object.fromEntries(
    asked.map(({ name, property, value }) => {
      if (property.type === "direct" && isCut(value)) throw cut(property.id ?? name, view);
      return [name, heldBy(value, property, view, scope)];
    }),
  );
}

function isRequired(property: PropertyDescriptor): boolean {
  return "required" in property && property.required && property.hasDefault !== true && property.readOnly !== true;
}

function heldBy(value: unknown, property: PropertyDescriptor, view: ViewDescriptor, scope: Scope): unknown {
  switch (property.type) {
    case "edge":
      if (isRecord(value) && Array.isArray(value["edges"])) {
        return eachOf(value["edges"], (edge) => pairOf(edge, property, view, scope));
      }
      return eachOf(heldIn(value), (node) => nodeOf(node, property.source, view, scope));
    case "direct":
    case "reverse":
      return eachOf(heldIn(value), (node) => nodeOf(node, property.source, view, scope));
    case "timeseries":
    case "file":
    case "sequence":
      return eachOf(value, (one) => (isRecord(one) ? one["externalId"] : one));
    default:
      return value;
  }
}

/** Of several without those that are not there. */
function eachOf(value: unknown, map: (one: unknown) => unknown): unknown {
  const one = (each: unknown): unknown => (each === null ? null : map(each));
  return Array.isArray(value) ? value.map(one).filter((each) => each !== null) : one(value);
}

/** A node of which more than its id was asked for, through its view where that is bound; or its id. */
function nodeOf(value: unknown, source: string | undefined, from: ViewDescriptor, scope: Scope): unknown {
  if (!isRecord(value)) return value;
  const view = scope.registry.node(source);
  const isId = Object.keys(value).every((key) => ofIds.has(key));
  return view === undefined || isId ? referenceIn(value, view ?? from, scope) : rowOf(value, view, scope);
}

/** An edge of which its id or its properties were asked for, with the node that it leads to; or that node. */
function pairOf(value: unknown, property: EdgeDescriptor, from: ViewDescriptor, scope: Scope): unknown {
  const { node, externalId, properties, ...edge }: UntypedArgs = isRecord(value) ? value : {};
  if (node === undefined) throw missing(["node"], from);
  const far = nodeOf(node, property.source, from, scope);
  const view = scope.registry.edge(property.edgeSource);
  const hasValues = view !== undefined && isRecord(properties);
  if (far === null || (typeof externalId !== "string" && !hasValues)) return far;
  const facts = typeof externalId === "string" ? referenceIn({ ...edge, externalId }, from, scope) : {};
  const values = hasValues ? { $version: 0, ...valuesOf(properties, view, scope) } : {};
  return { edge: { ...facts, ...values }, node: far };
}

/** Whether a page says that there is more. */
function isCut(value: unknown): boolean {
  return isRecord(value) && isRecord(value["pageInfo"]) && value["pageInfo"]["hasNextPage"] === true;
}

function cut(id: string, view: ViewDescriptor): QueryError {
  const message = `The list '${id}' of a row of view ${formatVersionedId(view)} was read in part: written, it would lose the rest.`;
  return new QueryError("QUERY.PARTIAL_LIST", message, { hint: "Ask for all of it, or leave it out." });
}

function missing(ids: readonly string[], view: ViewDescriptor): QueryError {
  const what = ids.map((id) => `'${id}'`).join(", ");
  return new QueryError("QUERY.MISSING_PROPERTY", `A row of view ${formatVersionedId(view)} has no ${what}.`, {
    hint: "Ask for what is required beside what is to be written.",
  });
}
