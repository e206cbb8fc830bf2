import type { PygenClient } from "../../client/index.js";
import { isPygenError } from "../../errors/index.js";
import type { UpsertOptions } from "../../models/index.js";
import { keyOf } from "../identity.js";
import type { CallOptions } from "../types/call.js";
import type { UpsertResult, WriteOptions } from "../types/writing.js";
import type { WriteSet } from "./plan-write.js";
import { failuresOf, reportOf, type WriteAnswer } from "./report.js";
import { staleEdges } from "./stale-edges.js";

/** The calls that writing needs. */
export type WriteCalls = Pick<PygenClient["instances"], "delete" | "iterate" | "retrieve" | "upsert">;

/** Writes instances, then deletes the edges that are to be no more. */
export async function runWrite(
  { writes, edgeSets }: WriteSet,
  calls: WriteCalls,
  options: WriteOptions,
  call: CallOptions,
): Promise<UpsertResult> {
  const report = options.failures === "report";
  const answers: WriteAnswer[] = [];
  const stale = await staleEdges(edgeSets, writes, calls, call);
  const began = { date: Date.now(), moment: performance.now() };
  const run = { writes, answers, began: began.date };
  try {
    await calls.upsert(writes, upsertOptions(options), {
      ...call,
      onWritten: (items, { lost }) => answers.push({ items, lost, after: performance.now() - began.moment }),
    });
  } catch (error) {
    if (report && isPygenError(error)) return reportOf({ ...run, failed: failuresOf(error, writes) });
    throw error;
  }
  try {
    return reportOf({ ...run, deleted: await calls.delete(stale, call) });
  } catch (error) {
    if (!report || !isPygenError(error)) throw error;
    const failed = failuresOf(error, stale);
    const keys = new Set(failed.map(keyOf));
    return reportOf({ ...run, deleted: stale.filter((id) => !keys.has(keyOf(id))), failed });
  }
}

function upsertOptions(options: WriteOptions): UpsertOptions {
  const { mode, skipOnVersionConflict } = options;
  const {
    // A node made in advance for a relation could not be created after it.
    autoCreateDirectRelations = mode === "create-only" ? false : undefined,
    autoCreateStartNodes,
    autoCreateEndNodes,
  } = options;
  return {
    ...(mode === "replace" ? { replace: true } : {}),
    ...(skipOnVersionConflict === undefined ? {} : { skipOnVersionConflict }),
    ...(autoCreateDirectRelations === undefined ? {} : { autoCreateDirectRelations }),
    ...(autoCreateStartNodes === undefined ? {} : { autoCreateStartNodes }),
    ...(autoCreateEndNodes === undefined ? {} : { autoCreateEndNodes }),
  };
}
