import { QueryError } from "../../errors/index.js";
import type { ViewDescriptor } from "../../ir/index.js";
import { formatVersionedId, isRecord } from "../../models/index.js";
import type { HandleContext } from "../handle-context.js";
import { listOf } from "../list-of.js";
import { callKeys, callOptions } from "../operations/call-options.js";
import { kindOf, optionsOf, unknownName } from "../problems.js";
import type { UpsertResult, WriteOptions, WritePlan } from "../types/writing.js";
import { planWrite, type ViewItems } from "./plan-write.js";
import { previewWrite } from "./preview.js";
import { runWrite } from "./run-write.js";

type AnyWriteOptions = WriteOptions & { readonly dryRun?: boolean };

/** Writes items through a view, with all that is nested in them. */
export async function upsert(
  context: HandleContext,
  view: ViewDescriptor,
  items: readonly unknown[],
  options: AnyWriteOptions,
): Promise<UpsertResult | WritePlan> {
  const given = listOf(items, `What is written through view ${formatVersionedId(view)}`);
  return await upsertItems(context, [{ view, items: given }], options);
}

/** Writes items through the views that they are listed under. */
export async function upsertViews(
  context: HandleContext,
  views: Readonly<Record<string, ViewDescriptor>>,
  given: unknown,
  options: AnyWriteOptions,
): Promise<UpsertResult | WritePlan> {
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

/** Values that options take, where they take some. */
const choices: Readonly<Record<string, readonly unknown[]>> = {
  mode: ["update", "replace", "create-only"],
  edges: ["append", "replace"],
  failures: ["throw", "report"],
};
const flags = [
  "skipOnVersionConflict",
  "autoCreateDirectRelations",
  "autoCreateStartNodes",
  "autoCreateEndNodes",
  "dryRun",
];

async function upsertItems(
  { client: { instances }, scope }: HandleContext,
  groups: readonly ViewItems[],
  options: AnyWriteOptions,
): Promise<UpsertResult | WritePlan> {
  checkOptions(optionsOf(options, "upsert()", [...Object.keys(choices), ...flags, ...callKeys]));
  const { mode } = options;
  const call = callOptions(options);
  const set = planWrite(groups, scope, {
    createOnly: mode === "create-only",
    replaceEdges: options.edges === "replace",
  });
  if (options.dryRun) return await previewWrite(set, instances, mode === "replace", call);
  return await runWrite(set, instances, options, call);
}

function checkOptions(options: Readonly<Record<string, unknown>>): void {
  for (const name of [...Object.keys(choices), ...flags]) {
    const value = options[name];
    const known = choices[name] ?? [true, false];
    if (value === undefined || known.includes(value)) continue;
    const shown = known.map((choice) => JSON.stringify(choice)).join(", ");
    throw new QueryError("QUERY.INVALID_VALUE", `'${name}' of upsert() must be one of ${shown}.`);
  }
}
