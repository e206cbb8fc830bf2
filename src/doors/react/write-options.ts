import type {
  DeleteOptions,
  DeleteResult,
  DeleteWhere,
  Id,
  Scope,
  UpsertResult,
  ViewApi,
  Write,
  WriteOptions,
} from "../../runtime/index.js";
import { boundView } from "../../runtime/index.js";
import { readsAny, viewKey } from "./query-key.js";
import { viewsIn } from "./views-in.js";

/** What is invalidated of a cache. */
interface QueryFilter {
  readonly predicate: (query: { readonly queryKey: readonly unknown[] }) => boolean;
}

/** What the library tells a mutation. */
interface MutationContext {
  readonly client: { invalidateQueries(filter: QueryFilter): Promise<void> };
}

/** Options of `useMutation`. */
export interface ViewMutationOptions<Data, Variables> {
  readonly mutationKey: readonly unknown[];
  readonly mutationFn: (variables: Variables, context: MutationContext) => Promise<Data>;
}

/**
 * An upsert as options of a mutation; its variables are the items. It is done when the queries on the screen that read one
 * of the views that were written, nested items included, have been read again: also when it failed, since some may have
 * been written. `onSuccess` and the like stay yours.
 *
 * @throws QueryError `QUERY.INVALID_VALUE` when the handle is none
 *
 * @example
 * ```ts
 * import { useMutation } from "@tanstack/react-query";
 * import { upsertOptions } from "pygen/react";
 *
 * function useRename(turbine: string) {
 *   const { mutate } = useMutation(upsertOptions(wind.turbine));
 *   return (name: string) => mutate([{ externalId: turbine, name }]);
 * }
 * ```
 */
export function upsertOptions<T, C extends Scope>(
  handle: ViewApi<T, C>,
  options: Omit<WriteOptions, "signal"> = {},
): ViewMutationOptions<UpsertResult, readonly Write<T, C>[]> {
  return writing(handle, "upsert", (items: readonly Write<T, C>[]) => ({
    data: items,
    done: handle.upsert(items, { ...options, dryRun: false }),
  }));
}

/**
 * A deletion as options of a mutation; its variables are ids or `{ where }`. As {@link upsertOptions}, it ends when what
 * reads the views is current.
 *
 * @throws QueryError `QUERY.INVALID_VALUE` when the handle is none
 *
 * @example
 * ```ts
 * import { useMutation } from "@tanstack/react-query";
 * import { deleteOptions } from "pygen/react";
 *
 * function useRemoval() {
 *   const { mutate } = useMutation(deleteOptions(wind.turbine, { recursive: { blades: true } }));
 *   return (turbine: string) => mutate([turbine]);
 * }
 * ```
 */
export function deleteOptions<T, C extends Scope>(
  handle: ViewApi<T, C>,
  options: DeleteOptions<T, C> & { readonly signal?: never } = {},
): ViewMutationOptions<DeleteResult, readonly Id<C>[] | DeleteWhere<T, C>> {
  return writing(handle, "delete", (target: readonly Id<C>[] | DeleteWhere<T, C>) => ({
    data: options.recursive,
    done: handle.delete(target, { ...options, dryRun: false }),
  }));
}

/** A mutation that makes what was read of the views of its data read again. */
function writing<Data, Variables>(
  handle: object,
  call: string,
  write: (variables: Variables) => { readonly data: unknown; readonly done: Promise<Data> },
): ViewMutationOptions<Data, Variables> {
  const { client, scope, view } = boundView(handle, `${call}Options()`);
  return {
    mutationKey: [...viewKey(handle), call],
    mutationFn: async (variables, { client: cache }) => {
      const { data, done } = write(variables);
      try {
        return await done;
      } finally {
        const views = viewsIn(data, view, scope.registry);
        await cache.invalidateQueries({ predicate: ({ queryKey }) => readsAny(queryKey, client, views) });
      }
    },
  };
}
