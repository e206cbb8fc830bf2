import { isAbortError, QueryError } from "../../errors/index.js";
import type { ViewDescriptor } from "../../ir/index.js";
import { type Filter, type Instance, viewReference } from "../../models/index.js";
import { Mismatches } from "../decode/mismatch.js";
import { compileRow } from "../decode/row.js";
import { exactly } from "../execute/exact-integers.js";
import type { HandleContext } from "../handle-context.js";
import { keyOf, referenceOf } from "../identity.js";
import { callKeys, callName, callOptions } from "../operations/call-options.js";
import { completed } from "../plan/more-conditions.js";
import { allOf, membership } from "../plan/paths.js";
import { filtered } from "../plan/set-expression.js";
import { whereToFilter } from "../plan/where-to-filter.js";
import { optionsOf } from "../problems.js";
import type { LiveRows } from "../types/syncing.js";
import type { UntypedLiveArgs, UntypedRow } from "../types/untyped.js";
import { Follower } from "./follower.js";
import { type LocalFilter, localFilter } from "./match-filter.js";
import { planSync, type SyncPlan, syncSet } from "./plan-sync.js";
import { pollOf } from "./poll.js";
import { RowSet } from "./row-set.js";

/** Ids of one filter. */
const chunk = 1_000;

/**
 * Reads a result set and keeps it current. It follows all instances of the view, since one that stops matching would not be
 * told, and decides of each whether it belongs: by itself, or where that takes more than the instance, by asking.
 */
export async function openLive(
  context: HandleContext,
  view: ViewDescriptor,
  args: UntypedLiveArgs,
): Promise<LiveRows<UntypedRow>> {
  optionsOf(args, callName("live", view), ["where", "select", "poll", ...callKeys]);
  const { client, scope } = context;
  const poll = pollOf(args.poll ?? {});
  if (poll === undefined) throw new QueryError("QUERY.INVALID_VALUE", "live() cannot do without polling.");
  const controller = new AbortController();
  const options = { ...callOptions(args), signal: signalOf(args.signal, controller.signal) };
  const where = whereToFilter(args.where, view, completed(scope));
  const filter = allOf(view.filter, where);
  const local = filter && localFilter(filter, view);
  const plan = followAll(planSync(view, args, scope), view, local);
  const read = exactly(options, [plan.root], scope.registry);
  const follower = new Follower(plan, client.instances, read, {
    first: "noBackfill",
    afterExpiry: "noBackfill",
    expired: "reset",
  });
  const mismatches = new Mismatches(client);
  const decode = compileRow(view.instanceType, view, plan.root.fields, mismatches.on);
  const set = new RowSet<UntypedRow>(() => controller.abort());

  const fill = async (): Promise<void> => {
    const rows = new Map<string, UntypedRow>();
    const request = { instanceType: view.instanceType, sources: [{ source: viewReference(view) }], ...filtered(where) };
    for await (const instance of client.instances.iterate(request, read)) {
      rows.set(keyOf(instance), decode(instance) as UntypedRow);
    }
    set.fill(mismatches.checked(rows));
  };
  const belongs = async (instances: readonly Instance[]): Promise<(instance: Instance) => boolean> => {
    if (filter === undefined) return () => true;
    if (local) return local.matches;
    const keys = new Set<string>();
    for (const part of idFilters(instances)) {
      const asked = { instanceType: view.instanceType, filter: allOf(membership(view), filter, part) ?? part };
      for await (const found of client.instances.iterate(asked, options)) keys.add(keyOf(found));
    }
    return (instance) => keys.has(keyOf(instance));
  };
  const apply = async (instances: readonly Instance[]): Promise<void> => {
    const isIn = await belongs(instances.filter(({ deletedTime }) => deletedTime === undefined));
    const changed = instances.map((instance) => {
      const stays = instance.deletedTime === undefined && isIn(instance);
      return [keyOf(instance), stays ? (decode(instance) as UntypedRow) : undefined] as const;
    });
    set.apply(mismatches.checked(changed));
  };
  const follow = async (from: string): Promise<void> => {
    let cursor = from;
    for (;;) {
      const page = await follower.page(cursor);
      cursor = page.cursor;
      if (page.reset) await fill();
      await apply(page.instances);
      if (!page.full) await poll.wait(page.instances.length > 0, options.signal);
    }
  };
  // What changes while the rows are read is told after this.
  const { cursor } = await follower.page(undefined);
  await fill();
  follow(cursor).catch((error: unknown) => set.end(isAbortError(error) ? undefined : error));
  return set;
}

function signalOf(given: AbortSignal | undefined, own: AbortSignal): AbortSignal {
  return given === undefined ? own : AbortSignal.any([given, own]);
}

/** Follows whatever may be in the result set or may have been, with what tells whether it is. */
function followAll(plan: SyncPlan, view: ViewDescriptor, local: LocalFilter | undefined): SyncPlan {
  const { request, root } = plan;
  // An instance leaves a view with a filter of its own when that filter holds no more.
  const followed = view.filter === undefined ? { filter: membership(view) } : {};
  const set = view.instanceType === "node" ? { nodes: followed } : { edges: followed };
  const { sources: [selected] = [] } = request.select[syncSet] ?? {};
  const properties = [...new Set([...(selected?.properties ?? []), ...(local?.reads ?? [])])];
  const sources = properties.length === 0 ? {} : { sources: [{ source: viewReference(view), properties }] };
  return { root, request: { with: { [syncSet]: set }, select: { [syncSet]: sources } } };
}

function idFilters(instances: readonly Instance[]): Filter[] {
  return Array.from({ length: Math.ceil(instances.length / chunk) }, (_, index) => ({
    instanceReferences: instances.slice(index * chunk, (index + 1) * chunk).map(referenceOf),
  }));
}
