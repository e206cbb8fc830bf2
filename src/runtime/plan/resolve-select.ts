import { QueryError } from "../../errors/index.js";
import type { EdgeDescriptor, ViewDescriptor } from "../../ir/index.js";
import { isRecord } from "../../models/index.js";
import { invalidValue, kindOf, optionsOf, type Place, placeText, unknownProperty } from "../problems.js";
import { isStored, propertyOf, storedNames } from "../registry.js";
import { unboundView } from "../unbound-view.js";
import { deeper } from "./deeper.js";
import { toLimit } from "./limit.js";
import { selectableFacts } from "./plan-plain.js";
import type { SelectArgs } from "./query-args.js";
import type { PlanScope } from "./scope.js";
import type { EdgeSelection, RelationSelection, Selection } from "./selection.js";
import { toSortKeys } from "./sort-keys.js";
import { targetUnitsOf } from "./target-units.js";
import { whereToFilter } from "./where-to-filter.js";

type Context = Pick<PlanScope, "registry" | "space" | "limits">;
type Options = Readonly<Record<string, unknown>>;

/**
 * Checks a `select` against its view and the views it leads to.
 *
 * @throws QueryError naming the key or option that is wrong, and the view
 */
export function resolveSelect({ select, targetUnits }: SelectArgs, view: ViewDescriptor, scope: Context): Selection {
  const units = targetUnitsOf(view, targetUnits);
  if (select === undefined) return { view, all: true, fields: storedNames(view), relations: [], ...units };
  if (!isRecord(select)) {
    throw new QueryError("QUERY.INVALID_SELECT", `A select must be an object, got ${kindOf(select)}.`);
  }
  const fields: string[] = [];
  const relations: RelationSelection[] = [];
  for (const [name, value] of Object.entries(select)) {
    if (value === undefined) continue;
    const relation = resolveEntry({ view, name }, value, scope);
    if (relation === undefined) fields.push(name);
    else relations.push(relation);
  }
  return { view, all: false, fields, relations, ...units };
}

/** A relation to read; `undefined` for what is on the instance itself. */
function resolveEntry(place: Place, value: unknown, scope: Context): RelationSelection | undefined {
  const { view, name } = place;
  const property = propertyOf(view, name);
  const isFact = selectableFacts.includes(name);
  if (property === undefined && !isFact) {
    throw unknownProperty(place, [...Object.keys(view.properties), ...selectableFacts]);
  }
  if (value === true && (property === undefined || isStored(property))) return undefined;
  if (property === undefined || (isStored(property) && property.type !== "direct")) {
    throw invalidValue(place, "true", value);
  }
  if (value !== true && !isRecord(value)) throw invalidValue(place, "true or an object with select", value);
  if (property.type === "direct") {
    const options = value as Options;
    return { descriptor: property, ...nodesOf(place, options, property.list === true, property.source, scope) };
  }
  const ids = { property: name, sort: [] };
  if (property.type === "reverse") {
    if (value === true) return { descriptor: property, ...ids };
    return { descriptor: property, ...nodesOf(place, value, !property.single, property.source, scope) };
  }
  if (value === true) return { descriptor: property, pairs: false, ...ids };
  if (Object.hasOwn(value, "edge")) return pairsOf(place, value, property, scope);
  return { descriptor: property, pairs: false, ...nodesOf(place, value, !property.single, property.source, scope) };
}

/** What is read of the nodes at the other end. */
function nodesOf(place: Place, options: Options, many: boolean, target: string | undefined, from: Context) {
  const scope = deeper(from, place);
  optionsOf(
    options,
    placeText(place),
    many ? ["select", "targetUnits", "where", "sort", "limit"] : ["select", "targetUnits"],
  );
  const { where, sort, limit } = options;
  const view = scope.registry.node(target);
  if (view === undefined) throw unboundView(place, target);
  const filter = whereToFilter(where, view, scope);
  return {
    property: place.name,
    target: resolveSelect(options, view, scope),
    ...(filter === undefined ? {} : { where: filter }),
    sort: toSortKeys(sort, view),
    ...limitOf(place, limit),
  };
}

/** What is read of edges, and of the nodes at their other end. */
function pairsOf(place: Place, options: Options, descriptor: EdgeDescriptor, scope: Context): EdgeSelection {
  optionsOf(options, placeText(place), ["edge", "node", "limit"]);
  const { edge, node, limit } = options;
  const nodes = node === undefined || node === true ? { property: place.name, sort: [] } : undefined;
  if (nodes === undefined && !isRecord(node)) throw invalidValue(place, "read with node: true or an object", node);
  return {
    descriptor,
    pairs: true,
    ...(nodes ?? nodesWithoutLimit(place, node as Options, descriptor.source, scope)),
    ...edgesOf(place, edge, descriptor.edgeSource, scope),
    ...limitOf(place, limit),
  };
}

function nodesWithoutLimit(place: Place, options: Options, target: string | undefined, scope: Context) {
  optionsOf(options, placeText(place), ["select", "targetUnits", "where", "sort"]);
  return nodesOf(place, options, true, target, scope);
}

/** Edges without properties of their own have only what every edge has. */
function edgesOf(place: Place, edge: unknown, edgeSource: string | undefined, from: Context) {
  const scope = deeper(from, place);
  if (edge === true && edgeSource === undefined) return {};
  const options: unknown = edge === true ? {} : edge;
  if (!isRecord(options)) throw invalidValue(place, "read with edge: true or an object", edge);
  optionsOf(options, placeText(place), ["select", "targetUnits", "where"]);
  const view = scope.registry.edge(edgeSource);
  if (view === undefined) throw unboundView(place, edgeSource);
  const filter = whereToFilter(options["where"], view, scope);
  return {
    edge: resolveSelect(options, view, scope),
    ...(filter === undefined ? {} : { edgeWhere: filter }),
  };
}

function limitOf(place: Place, limit: unknown): { readonly limit?: number } {
  const most = toLimit(limit, placeText(place));
  return most === undefined ? {} : { limit: most };
}
