import type { NodeReference } from "../../models/index.js";
import type { Row } from "../decode/row.js";
import { keyOf } from "../identity.js";
import type { CompiledStage } from "./compile.js";
import { type ReadCalls, Reader, type ReadOptions } from "./reader.js";

/** Reads instances by id: each once, in the order of the ids, without those that are not there (E113). */
export async function readByIds(
  root: CompiledStage,
  ids: readonly NodeReference[],
  calls: ReadCalls,
  options: ReadOptions,
): Promise<Row[]> {
  const unique = [...new Map(ids.map((id) => [keyOf(id), id])).values()];
  const controller = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, controller.signal]) : controller.signal;
  try {
    const found = await new Reader(calls, { ...options, signal }).all(root, unique);
    const rows = new Map<string, Row>();
    for (const { entries } of found) for (const { instance, row } of entries) rows.set(keyOf(instance), row);
    return unique.flatMap((id) => {
      const row = rows.get(keyOf(id));
      return row === undefined ? [] : [row];
    });
  } finally {
    // Where one request failed, the others are of no use.
    controller.abort();
  }
}
