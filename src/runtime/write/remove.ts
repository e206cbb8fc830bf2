import { QueryError } from "../../errors/index.js";
import type { ViewDescriptor } from "../../ir/index.js";
import { formatVersionedId, type InstanceId, isRecord, type NodeReference } from "../../models/index.js";
import { answeredFilter } from "../answered-filter.js";
import type { HandleContext } from "../handle-context.js";
import { keyOf, referenceOf } from "../identity.js";
import { callKeys, callName, callOptions } from "../operations/call-options.js";
import { idOf } from "../operations/id-of.js";
import { nothing } from "../plan/condition.js";
import { allOf, membership } from "../plan/paths.js";
import { kindOf, optionsOf } from "../problems.js";
import type { CallOptions } from "../types/call.js";
import type { DeletePlan, DeleteResult } from "../types/deleting.js";
import type { UntypedDeleteOptions } from "../types/untyped.js";
import { reachedFrom } from "./reached.js";

/** Deletes instances by id or by a condition, with related ones on request; or tells which those are. */
export async function remove(
  context: HandleContext,
  view: ViewDescriptor,
  target: unknown,
  options: UntypedDeleteOptions,
): Promise<DeleteResult | DeletePlan> {
  const { client, scope } = context;
  const { recursive, dryRun = false } = optionsOf(options, callName("delete", view), [
    "recursive",
    "dryRun",
    ...callKeys,
  ]);
  if (typeof dryRun !== "boolean") throw new QueryError("QUERY.INVALID_VALUE", "'dryRun' must be true or false.");
  const call = callOptions(options);
  const roots = Array.isArray(target)
    ? unique(target.map((id: unknown) => idOf(id, view, scope.space)))
    : await matching(context, view, target, call);
  const related = recursive === undefined ? [] : await reachedFrom(context, view, roots, recursive, call);
  const { instanceType } = view;
  // What hangs on others goes before them: it could not be found again without them.
  const named = (ids: readonly NodeReference[], type: InstanceId["instanceType"]): InstanceId[] =>
    ids.map((id) => ({ instanceType: type, ...id }));
  const instances = [...named(related, "node").reverse(), ...named(roots, instanceType)];
  if (dryRun) return { instances: (await client.instances.retrieve(instances, {}, call)).map(instanceIdOf) };
  return { deleted: (await client.instances.delete(instances, call)).map(referenceOf) };
}

/** Ids of a view's instances that match. */
async function matching(
  context: HandleContext,
  view: ViewDescriptor,
  target: unknown,
  options: CallOptions,
): Promise<NodeReference[]> {
  const of = `What is deleted of view ${formatVersionedId(view)}`;
  if (!isRecord(target) || !Object.hasOwn(target, "where")) {
    throw new QueryError("QUERY.INVALID_VALUE", `${of} must be an array of ids or { where }, got ${kindOf(target)}.`);
  }
  const { where } = optionsOf(target, callName("delete", view), ["where"]);
  const condition = await answeredFilter(context, view, where, options);
  if (condition === undefined) {
    throw new QueryError("QUERY.INVALID_WHERE", `${of} has no condition: it would be all instances.`, {
      hint: "If all are meant, say so: { where: { $raw: { matchAll: {} } } }.",
    });
  }
  if (condition === nothing) return [];
  const filter = allOf(membership(view), condition) ?? condition;
  const found: NodeReference[] = [];
  for await (const instance of context.client.instances.iterate({ instanceType: view.instanceType, filter }, options)) {
    found.push(referenceOf(instance));
  }
  return found;
}

function unique(ids: readonly NodeReference[]): NodeReference[] {
  return [...new Map(ids.map((id) => [keyOf(id), id])).values()];
}

function instanceIdOf({ instanceType, space, externalId }: InstanceId): InstanceId {
  return { instanceType, space, externalId };
}
