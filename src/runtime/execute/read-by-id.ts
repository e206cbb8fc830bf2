import type { NodeReference } from "../../models/index.js";
import type { Mismatches } from "../decode/mismatch.js";
import type { Row } from "../decode/row.js";
import { keyOf } from "../identity.js";
import type { CompiledStage } from "./compile.js";
import { Reader } from "./reader.js";
import type { Requests } from "./requests.js";

/** Reads instances with what hangs on them by id, of which none is there twice: in their order, without those that are not there (E113). */
export async function readByIds(
  root: CompiledStage,
  ids: readonly NodeReference[],
  requests: Requests,
  mismatches: Mismatches,
  given: AbortSignal | undefined,
): Promise<Row[]> {
  const controller = new AbortController();
  const signal = given ? AbortSignal.any([given, controller.signal]) : controller.signal;
  try {
    const found = await new Reader(root, requests.with({ signal }), mismatches).byIds(ids);
    const rows = new Map<string, Row>();
    for (const { entries } of found) for (const { instance, row } of entries) rows.set(keyOf(instance), row);
    return ids.flatMap((id): Row[] => {
      const row = rows.get(keyOf(id));
      return row === undefined ? [] : [row];
    });
  } finally {
    // Where one request failed, the others are of no use.
    controller.abort();
  }
}
