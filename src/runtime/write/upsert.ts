import type { PygenClient } from "../../client/index.js";
import { optionsOf } from "../problems.js";
import type { UpsertResult, WriteOptions } from "../types/api.js";
import type { WriteScope } from "./context.js";
import { planWrite, type ViewItems } from "./plan-write.js";

/** Writes items through their views, with all that is nested in them. */
export async function upsertItems(
  groups: readonly ViewItems[],
  scope: WriteScope,
  calls: Pick<PygenClient["instances"], "upsert">,
  options: WriteOptions,
): Promise<UpsertResult> {
  optionsOf(options, "upsert()", ["replace", "skipOnVersionConflict", "signal", "timeout"]);
  const { signal, timeout, replace, skipOnVersionConflict } = options;
  const writes = planWrite(groups, scope);
  const modes = {
    ...(replace === undefined ? {} : { replace }),
    ...(skipOnVersionConflict === undefined ? {} : { skipOnVersionConflict }),
  };
  return { items: writes.length === 0 ? [] : await calls.upsert(writes, modes, { signal, timeout }) };
}
