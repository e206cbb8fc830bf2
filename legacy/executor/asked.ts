import type { ViewDescriptor } from "../../src/ir/index.js";
import type { Filter } from "../../src/models/index.js";
import { propertyOf, type UntypedArgs } from "../../src/runtime/index.js";
import { callOptions, defined, searchedIn } from "../arguments.js";
import { isMany } from "../select.js";
import { sortOf } from "../sorting.js";
import type { QueryAggregateArgs, QueryListArgs, QueryProperties } from "./arguments.js";

/** What the arguments of the executor stand for, without the limit. */
export function listArgs(
  { filter, properties, sort, ...args }: QueryListArgs,
  view: ViewDescriptor,
  nestedLimit?: number,
): UntypedArgs {
  const select = properties && selectionOf(properties, view, nestedLimit);
  return {
    ...whereOf(filter),
    ...defined({ select, sort: sort === undefined ? undefined : sortOf({ sort }) }),
    ...callOptions(args),
  };
}

/** Which instances count. */
export function countedArgs({ filter, query, searchProperties, ...args }: QueryAggregateArgs): UntypedArgs {
  return {
    ...whereOf(filter),
    ...defined({ query }),
    ...searchedIn(searchProperties),
    ...callOptions(args),
  };
}

function whereOf(filter: Filter | undefined): { readonly where?: UntypedArgs } {
  return filter === undefined ? {} : { where: { $raw: filter } };
}

function selectionOf(
  properties: QueryProperties,
  view: ViewDescriptor | undefined,
  limit: number | undefined,
): UntypedArgs {
  const entries = properties.flatMap((each): (readonly [string, unknown])[] => {
    if (typeof each === "string") return [[each, true]];
    return Object.entries(each).map(([relation, inner]) => {
      const property = view && propertyOf(view, relation);
      const most = limit !== undefined && property !== undefined && isMany(property) ? { limit } : {};
      return [relation, { select: selectionOf(inner, undefined, undefined), ...most }];
    });
  });
  return Object.fromEntries(entries);
}
