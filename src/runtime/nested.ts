import type { ViewDescriptor } from "../ir/index.js";
import type { NodeReference } from "../models/index.js";
import { mismatchesOf } from "./decode/mismatch.js";
import type { Row } from "./decode/row.js";
import { compilePlan } from "./execute/compile.js";
import { exactly } from "./execute/exact-integers.js";
import { readByIds } from "./execute/read-by-id.js";
import { Reader } from "./execute/reader.js";
import { type ReadOptions, Requests } from "./execute/requests.js";
import type { ListRun } from "./execute/stream-pages.js";
import type { HandleContext } from "./handle-context.js";
import type { QueryPlan } from "./plan/plan.js";
import { planList, planRetrieve } from "./plan/planner.js";
import type { QueryArgs } from "./plan/query-args.js";
import type { CallOptions } from "./types/call.js";

/** A list of any selection, ready to run. */
export async function openNested(
  context: HandleContext,
  view: ViewDescriptor,
  args: QueryArgs,
  options: CallOptions,
): Promise<ListRun> {
  const { client, scope } = context;
  const plan = planList(view, args, scope);
  const root = compilePlan(plan, scope.registry, mismatchesOf(client));
  return { plan, reader: new Reader(root, new Requests(client.instances, exactlyFor(plan, context, options))) };
}

/** Instances by id, with any selection. */
export async function retrieveNested(
  context: HandleContext,
  view: ViewDescriptor,
  ids: readonly NodeReference[],
  select: unknown,
  options: CallOptions,
): Promise<Row[]> {
  const { client, scope } = context;
  const plan = planRetrieve(view, select, scope);
  const root = compilePlan(plan, scope.registry, mismatchesOf(client));
  return await readByIds(root, ids, client.instances, exactlyFor(plan, context, options));
}

function exactlyFor({ stages }: QueryPlan, { scope }: HandleContext, options: CallOptions): ReadOptions {
  const sets = stages.map(({ root }) => root);
  return exactly(options, sets, scope.registry);
}
