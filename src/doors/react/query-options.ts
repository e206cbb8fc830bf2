import type { DataTag } from "@tanstack/react-query";
import { queryKey, type ViewQueryKey } from "./query-key.js";

/** What the library tells a query. */
export interface QueryContext {
  readonly signal: AbortSignal;
}

/** Options of `useQuery`, `useSuspenseQuery`, `prefetchQuery` and all else that takes a query. */
export interface ViewQueryOptions<Data> {
  readonly queryKey: DataTag<ViewQueryKey, Data>;
  readonly queryFn: (context: QueryContext) => Promise<Data>;
  /** The client has repeated by then what may be repeated. */
  readonly retry: false;
}

/** The library stops what nobody looks at any more, by a signal of its own. */
export interface Unstopped {
  readonly signal?: never;
}

/** The options of a query: what a handle is asked for, and how it is read. */
export function queryOptions<Data>(
  handle: object,
  call: string,
  args: unknown,
  queryFn: (context: QueryContext) => Promise<Data>,
): ViewQueryOptions<Data> {
  return { queryKey: taggedKey(handle, call, args), queryFn, retry: false };
}

/** The key, with the type of what is cached under it: a mark that nothing of is there at run time. */
export function taggedKey<Data>(handle: object, call: string, args: unknown): DataTag<ViewQueryKey, Data> {
  return queryKey(handle, call, args) as DataTag<ViewQueryKey, Data>;
}

/** Whether several are asked for. */
export function isMany<One>(given: One | readonly One[]): given is readonly One[] {
  return Array.isArray(given);
}
