import { boundView } from "./bound-handle.js";
import type { UpsertResult } from "./types/writing.js";
import { rowToItem } from "./write/to-write.js";

/** A handle that takes items of a type. */
export interface Writer<W> {
  upsert(items: readonly W[]): Promise<UpsertResult>;
}

/**
 * Makes of a row that was read through a view an item to write through it. What the service computes is left out, and so is
 * what the view does not have; the version, where it was read (`$version: true`), becomes the one that may be overwritten.
 * Rows of related nodes and edges become items too, where their views are bound; ids stay ids.
 *
 * @throws QueryError `QUERY.INVALID_VALUE` when the handle is none
 *
 * @example
 * ```ts
 * import { toWrite } from "pygen";
 *
 * const row = await wind.turbine.retrieve("A1", { select: { name: true, root: true, $version: true } });
 * if (row) await wind.turbine.upsert([{ ...toWrite(wind.turbine, row), name: "A1 north" }]);
 * ```
 */
export function toWrite<W extends object>(
  handle: Writer<W>,
  row: { readonly space: string; readonly externalId: string },
): W {
  const { view, scope } = boundView(handle, "toWrite()");
  const item: unknown = rowToItem({ ...row }, view, scope.registry);
  return item as W;
}
