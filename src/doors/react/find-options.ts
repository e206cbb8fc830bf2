import type {
  AggregateArgs,
  Aggregated,
  CallOptions,
  Computed,
  Counted,
  Found,
  GuardRelated,
  GuardSelect,
  Id,
  Intervals,
  ListArgs,
  Numbers,
  QueryBounds,
  Related,
  RelationName,
  Result,
  Said,
  Scope,
  SearchArgs,
  Select,
  SelectRelated,
  ViewApi,
} from "../../runtime/index.js";
import { isMany, queryOptions, type Unstopped, type ViewQueryOptions } from "./query-options.js";

/**
 * A search as options of a query: the best 1,000 rows at most, and whether there may be more.
 *
 * @throws QueryError `QUERY.INVALID_VALUE` when the handle is none; what is wrong with the query is the query's own error
 *
 * @example
 * ```ts
 * import { keepPreviousData, useQuery } from "@tanstack/react-query";
 * import { searchOptions } from "pygen/react";
 *
 * function useFound(words: string) {
 *   const options = searchOptions(wind.turbine, words, { select: { name: true }, limit: 20 });
 *   return useQuery({ ...options, enabled: words !== "", placeholderData: keepPreviousData }).data?.items ?? [];
 * }
 * ```
 */
export function searchOptions<
  T,
  C extends Scope,
  const S extends Select<T, C> = never,
  const P extends readonly string[] = never,
>(
  handle: ViewApi<T, C>,
  words: string,
  args: SearchArgs<T, C, P> & Unstopped & { readonly select?: Said<S, Select<T, C>, GuardSelect<T, S>> } = {},
): ViewQueryOptions<Found<Result<T, S>>> {
  return queryOptions(handle, "search", { ...args, words }, ({ signal }) =>
    handle.search<S, P>(words, { ...args, signal }),
  );
}

/**
 * An aggregate as options of a query: values, or with `groupBy` groups of them, typed by what is asked for.
 *
 * @throws QueryError `QUERY.INVALID_VALUE` when the handle is none; what is wrong with the query is the query's own error
 *
 * @example
 * ```ts
 * import { useQuery } from "@tanstack/react-query";
 * import { aggregateOptions } from "pygen/react";
 *
 * function useCapacities() {
 *   const { data } = useQuery(aggregateOptions(wind.turbine, { groupBy: ["farm"], sum: { capacity: true } }));
 *   return data?.items.map(({ group, sum }) => [group.farm?.externalId, sum.capacity]) ?? [];
 * }
 * ```
 */
export function aggregateOptions<
  T,
  C extends Scope,
  const Count extends true | Counted<T> = never,
  const Avg extends Numbers<T> = never,
  const Sum extends Numbers<T> = never,
  const Min extends Numbers<T> = never,
  const Max extends Numbers<T> = never,
  const Histogram extends Intervals<T> = never,
  const G extends readonly string[] = never,
  const P extends readonly string[] = never,
>(
  handle: ViewApi<T, C>,
  args: AggregateArgs<T, C, P> & Unstopped & Computed<T, Count, Avg, Sum, Min, Max, Histogram, G>,
): ViewQueryOptions<Aggregated<T, { count: Count; avg: Avg; sum: Sum; min: Min; max: Max; histogram: Histogram }, G>> {
  return queryOptions(handle, "aggregate", args, ({ signal }) =>
    handle.aggregate<Count, Avg, Sum, Min, Max, Histogram, G, P>({ ...args, signal }),
  );
}

/**
 * How many rows a list has, as options of a query: the service counts, and no row is read.
 *
 * @throws QueryError `QUERY.INVALID_VALUE` when the handle is none; what is wrong with the query is the query's own error
 *
 * @example
 * ```ts
 * import { useQuery } from "@tanstack/react-query";
 * import { countOptions } from "pygen/react";
 *
 * function useDamaged() {
 *   return useQuery(countOptions(wind.blade, { where: { isDamaged: true } })).data;
 * }
 * ```
 */
export function countOptions<T, C extends Scope>(
  handle: ViewApi<T, C>,
  args: Pick<ListArgs<T, C>, "where" | "limit" | keyof CallOptions | keyof QueryBounds> & Unstopped = {},
): ViewQueryOptions<number> {
  return queryOptions(handle, "count", args, ({ signal }) => handle.list({ ...args, signal }).count());
}

type RelatedOptions = Omit<CallOptions, "signal"> & QueryBounds & Unstopped;

/**
 * What is at the other end of a relation of an instance, or of several, as options of a query: what the relation would be in
 * a row. Components that ask so in one turn are served by one request.
 *
 * @throws QueryError `QUERY.INVALID_VALUE` when the handle is none; what is wrong with the query is the query's own error
 *
 * @example
 * ```ts
 * import { useQuery } from "@tanstack/react-query";
 * import { relatedOptions } from "pygen/react";
 *
 * function useBlades(turbine: string) {
 *   return useQuery(relatedOptions(wind.turbine, turbine, "blades", { select: { name: true } })).data ?? [];
 * }
 * ```
 */
export function relatedOptions<
  T,
  C extends Scope,
  const K extends RelationName<T>,
  const S extends SelectRelated<T, K, C> = never,
>(
  handle: ViewApi<T, C>,
  instance: Id<C>,
  relation: K,
  args?: Said<S, SelectRelated<T, K, C>, GuardRelated<T, K, S>>,
  options?: RelatedOptions,
): ViewQueryOptions<Related<T, K, C, S>>;
export function relatedOptions<
  T,
  C extends Scope,
  const K extends RelationName<T>,
  const S extends SelectRelated<T, K, C> = never,
>(
  handle: ViewApi<T, C>,
  instances: readonly Id<C>[],
  relation: K,
  args?: Said<S, SelectRelated<T, K, C>, GuardRelated<T, K, S>>,
  options?: RelatedOptions,
): ViewQueryOptions<Related<T, K, C, S>[]>;
export function relatedOptions<
  T,
  C extends Scope,
  const K extends RelationName<T>,
  const S extends SelectRelated<T, K, C> = never,
>(
  handle: ViewApi<T, C>,
  of: Id<C> | readonly Id<C>[],
  relation: K,
  args?: Said<S, SelectRelated<T, K, C>, GuardRelated<T, K, S>>,
  options: RelatedOptions = {},
): ViewQueryOptions<Related<T, K, C, S> | Related<T, K, C, S>[]> {
  const asked = { ...options, of, select: { [relation]: args ?? {} } };
  return queryOptions<Related<T, K, C, S> | Related<T, K, C, S>[]>(handle, "related", asked, ({ signal }) =>
    isMany(of)
      ? handle.related<K, S>(of, relation, args, { ...options, signal })
      : handle.related<K, S>(of, relation, args, { ...options, signal }),
  );
}
