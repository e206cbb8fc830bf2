import type { DataTag } from "@tanstack/react-query";
import type {
  GuardSelect,
  Id,
  ListArgs,
  Result,
  RetrieveArgs,
  RowPage,
  Said,
  Scope,
  Select,
  ViewApi,
} from "../../runtime/index.js";
import type { ViewQueryKey } from "./query-key.js";
import {
  isMany,
  type QueryContext,
  queryOptions,
  taggedKey,
  type Unstopped,
  type ViewQueryOptions,
} from "./query-options.js";

/** Where a page begins; the first one without. */
type Cursor = string | undefined;

/** Pages as far as they were asked for, as `useInfiniteQuery` holds them. */
export interface LoadedPages<Row> {
  pages: RowPage<Row>[];
  pageParams: Cursor[];
}

/** Options of `useInfiniteQuery`, `useSuspenseInfiniteQuery` and `prefetchInfiniteQuery`. */
export interface ViewPagesOptions<Row> {
  readonly queryKey: DataTag<ViewQueryKey, LoadedPages<Row>>;
  readonly queryFn: (context: QueryContext & { readonly pageParam: Cursor }) => Promise<RowPage<Row>>;
  readonly initialPageParam: Cursor;
  readonly getNextPageParam: (page: Pick<RowPage<unknown>, "cursor">) => Cursor;
  readonly retry: false;
}

/**
 * A list as options of a query: its rows, typed by what is selected. Rows beyond 10,000 need a `limit`, as in awaited lists.
 *
 * @throws QueryError `QUERY.INVALID_VALUE` when the handle is none; what is wrong with the query is the query's own error
 *
 * @example
 * ```ts
 * import { useQuery } from "@tanstack/react-query";
 * import { listOptions } from "pygen/react";
 *
 * function useFarmNames() {
 *   const { data = [] } = useQuery(listOptions(wind.farm, { select: { name: true }, sort: [{ name: "asc" }] }));
 *   return data.map((farm) => farm.name);
 * }
 * ```
 */
export function listOptions<T, C extends Scope, const S extends Select<T, C> = never>(
  handle: ViewApi<T, C>,
  args: ListArgs<T, C> & Unstopped & { readonly select?: Said<S, Select<T, C>, GuardSelect<T, S>> } = {},
): ViewQueryOptions<Result<T, S>[]> {
  return queryOptions(handle, "list", args, async ({ signal }) => await handle.list<S>({ ...args, signal }));
}

/**
 * A list as options of an infinite query: page by page, each read when it is asked for, and nothing ahead of it.
 * `pageSize` says how many rows a page has (100 unless it is given).
 *
 * @throws QueryError `QUERY.INVALID_VALUE` when the handle is none; what is wrong with the query is the query's own error
 *
 * @example
 * ```ts
 * import { useInfiniteQuery } from "@tanstack/react-query";
 * import { pagesOptions } from "pygen/react";
 *
 * function useTurbines() {
 *   const { data, hasNextPage, fetchNextPage } = useInfiniteQuery(
 *     pagesOptions(wind.turbine, { select: { name: true }, sort: [{ name: "asc" }], pageSize: 25 }),
 *   );
 *   return { rows: data?.pages.flatMap(({ items }) => items) ?? [], hasNextPage, fetchNextPage };
 * }
 * ```
 */
export function pagesOptions<T, C extends Scope, const S extends Select<T, C> = never>(
  handle: ViewApi<T, C>,
  args: ListArgs<T, C> & Unstopped & { readonly select?: Said<S, Select<T, C>, GuardSelect<T, S>> } = {},
): ViewPagesOptions<Result<T, S>> {
  const sized = { pageSize: 100, ...args };
  return {
    queryKey: taggedKey(handle, "pages", sized),
    queryFn: ({ signal, pageParam }) =>
      handle.list<S>({ ...sized, signal }).page(pageParam === undefined ? {} : { cursor: pageParam }),
    initialPageParam: undefined,
    getNextPageParam: ({ cursor }) => cursor,
    retry: false,
  };
}

type SelectArgs<T, C extends Scope, S> = RetrieveArgs<T> &
  Unstopped & { readonly select?: Said<S, Select<T, C>, GuardSelect<T, S>> };

/**
 * Instances by id as options of a query: one, or `null` where the view has none of that id; or several, without those that
 * are not there.
 *
 * @throws QueryError `QUERY.INVALID_VALUE` when the handle is none
 *
 * @example
 * ```ts
 * import { useQuery } from "@tanstack/react-query";
 * import { retrieveOptions } from "pygen/react";
 *
 * function useCapacity(turbine: string) {
 *   return useQuery(retrieveOptions(wind.turbine, turbine, { select: { capacity: true } })).data?.capacity;
 * }
 * ```
 */
export function retrieveOptions<T, C extends Scope, const S extends Select<T, C> = never>(
  handle: ViewApi<T, C>,
  id: Id<C>,
  args?: SelectArgs<T, C, S>,
): ViewQueryOptions<Result<T, S> | null>;
export function retrieveOptions<T, C extends Scope, const S extends Select<T, C> = never>(
  handle: ViewApi<T, C>,
  ids: readonly Id<C>[],
  args?: SelectArgs<T, C, S>,
): ViewQueryOptions<Result<T, S>[]>;
export function retrieveOptions<T, C extends Scope, const S extends Select<T, C> = never>(
  handle: ViewApi<T, C>,
  ids: Id<C> | readonly Id<C>[],
  args: SelectArgs<T, C, S> = {},
): ViewQueryOptions<Result<T, S> | Result<T, S>[] | null> {
  return queryOptions(handle, "retrieve", { ...args, ids }, async ({ signal }) => {
    const options = { ...args, signal };
    return isMany(ids) ? handle.retrieve<S>(ids, options) : ((await handle.retrieve<S>(ids, options)) ?? null);
  });
}
