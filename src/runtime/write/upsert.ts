import { QueryError } from "../../errors/index.js";
import type { ViewDescriptor } from "../../ir/index.js";
import { formatVersionedId, isRecord } from "../../models/index.js";
import type { HandleContext } from "../handle-context.js";
import { kindOf, listOf, optionsOf, unknownName } from "../problems.js";
import type { UpsertResult, WriteOptions } from "../types/api.js";
import { planWrite, type ViewItems } from "./plan-write.js";

/** Writes items through a view, with all that is nested in them. */
export async function upsert(
  context: HandleContext,
  view: ViewDescriptor,
  items: readonly unknown[],
  options: WriteOptions,
): Promise<UpsertResult> {
  const given = listOf(items, `What is written through view ${formatVersionedId(view)}`);
  return await upsertItems(context, [{ view, items: given }], options);
}

/** Writes items through the views that they are listed under. */
export async function upsertViews(
  context: HandleContext,
  views: Readonly<Record<string, ViewDescriptor>>,
  given: unknown,
  options: WriteOptions,
): Promise<UpsertResult> {
  if (!isRecord(given)) {
    throw new QueryError(
      "QUERY.INVALID_VALUE",
      `What is written must be an object of lists by view, got ${kindOf(given)}.`,
    );
  }
  const groups = Object.entries(given).flatMap(([name, items]): ViewItems[] => {
    if (items === undefined) return [];
    const view = Object.hasOwn(views, name) ? views[name] : undefined;
    if (view === undefined) throw unknownName("QUERY.UNKNOWN_VIEW", name, "a bound view", Object.keys(views));
    return [{ view, items: listOf(items, `'${name}'`) }];
  });
  return await upsertItems(context, groups, options);
}

async function upsertItems(
  { client, scope }: HandleContext,
  groups: readonly ViewItems[],
  options: WriteOptions,
): Promise<UpsertResult> {
  optionsOf(options, "upsert()", ["replace", "skipOnVersionConflict", "signal", "timeout"]);
  const { signal, timeout, replace, skipOnVersionConflict } = options;
  const writes = planWrite(groups, scope);
  const modes = {
    ...(replace === undefined ? {} : { replace }),
    ...(skipOnVersionConflict === undefined ? {} : { skipOnVersionConflict }),
  };
  return { items: writes.length === 0 ? [] : await client.instances.upsert(writes, modes, { signal, timeout }) };
}
