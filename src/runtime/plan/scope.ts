import type { Place } from "../problems.js";
import type { Registry } from "../registry.js";
import type { QueryBounds } from "../types/call.js";
import type { ExternalIds } from "../types/writing.js";
import type { Condition } from "./condition.js";
import { toLimit } from "./limit.js";

/** Bounds of queries. */
export interface PlanLimits {
  /** Rows of a page. */
  readonly rootPage: number;
  /** Rows of a page of a nested set, and of the root of a further stage. */
  readonly setPage: number;
  /** Ids in one filter. */
  readonly chunk: number;
  /** Result sets of one request. */
  readonly sets: number;
  /** Relations that a query may follow from here on. */
  readonly depth: number;
  /** Requests of one run. */
  readonly requests: number;
}

/** Within the service's bounds (contract 3.4). */
export const defaultLimits: PlanLimits = {
  rootPage: 1_000,
  setPage: 10_000,
  chunk: 1_000,
  sets: 50,
  depth: 50,
  requests: Number.POSITIVE_INFINITY,
};

/**
 * The limits within bounds that were given.
 *
 * @throws QueryError `QUERY.INVALID_LIMIT` for a bound that is none
 */
export function withBounds(limits: PlanLimits, { maxRequests, maxDepth }: QueryBounds): PlanLimits {
  const bound = (given: number | undefined, name: string, before: number): number =>
    given === undefined ? before : (toLimit(given, name) ?? Number.POSITIVE_INFINITY);
  const requests = bound(maxRequests, "maxRequests", limits.requests);
  return { ...limits, requests, depth: bound(maxDepth, "maxDepth", limits.depth) };
}

/** What conditions can do beyond operators of single properties. */
export interface MoreConditions {
  /** What keys mean that begin with `$`; `undefined` for those that are none. */
  special(place: Place, value: unknown, scope: ConditionScope): Condition | undefined;
  /** Says of a direct relation to nodes of a view that the node it points to is so. */
  is(relation: Place, target: string | undefined, scope: ConditionScope): (where: unknown) => Condition;
  /** The same condition with less in it. */
  simplify(condition: Condition, registry: Registry): Condition;
}

/** What the meaning of conditions depends on, besides themselves. */
export type ConditionScope = Pick<PlanScope, "registry" | "space" | "limits" | "more">;

/** What the meaning of a query depends on, besides the query. */
export interface PlanScope {
  readonly registry: Registry;
  /** The space of ids that are given as a string. */
  readonly space: string | undefined;
  /** Makes external ids of what is written without one. */
  readonly externalIds?: ExternalIds | undefined;
  readonly limits: PlanLimits;
  readonly more?: MoreConditions;
}
