import { NotFoundError } from "../errors/index.js";
import type { RequestOptions } from "../http/index.js";

/** Options of methods that get things by id. */
export interface RetrieveOptions extends RequestOptions {
  /**
   * Leaves out what is not there. When false, unknown ids are a NotFoundError, after all requests: its `missing` names
   * the first 100 of them.
   * @defaultValue true
   */
  readonly ignoreUnknownIds?: boolean | undefined;
}

/** Refuses an answer that lacks things asked for, where that was asked. */
export function refuseUnknown<Id extends object, Item>(
  { ignoreUnknownIds = true }: RetrieveOptions,
  asked: ReadonlyMap<string, Id>,
  found: readonly Item[],
  keysOf: (item: Item) => readonly string[],
): void {
  if (ignoreUnknownIds) return;
  const keys = new Set(found.flatMap(keysOf));
  const missing = [...asked].flatMap(([key, id]) =>
    keys.has(key) ? [] : [{ ...id } as Readonly<Record<string, unknown>>],
  );
  if (missing.length === 0) return;
  const message = `${missing.length} of ${asked.size} ids are unknown, or not to be seen with these credentials and views.`;
  throw new NotFoundError(404, message, { missing: missing.slice(0, 100) });
}
