import { throwIfAborted } from "../../client/index.js";
import { QueryError } from "../../errors/index.js";
import type { PropertyDescriptor, ViewDescriptor } from "../../ir/index.js";
import { unanswered } from "../answered-filter.js";
import { relatedReads } from "../execute/related-reads.js";
import type { HandleContext } from "../handle-context.js";
import { planAnsweredRetrieve } from "../plan/plan-answered.js";
import { optionsOf, placeText, unknownProperty } from "../problems.js";
import { propertyOf } from "../registry.js";
import type { CallOptions, QueryBounds } from "../types/call.js";
import { bounded, callName, queryKeys } from "./call-options.js";
import { idOf } from "./id-of.js";

type Relation = Extract<PropertyDescriptor, { readonly type: "direct" | "reverse" | "edge" }>;

/** What is at the other end of a relation of some instances, in their order; calls of the same turn are read together. */
export async function related(
  context: HandleContext,
  view: ViewDescriptor,
  ids: readonly unknown[],
  name: string,
  args: unknown,
  given: CallOptions & QueryBounds,
): Promise<unknown[]> {
  optionsOf(given, callName("related", view), queryKeys);
  const { scope } = bounded(context, given);
  const relation = relationOf(view, name);
  const references = ids.map((id) => idOf(id, view, scope.space));
  const select = { [name]: args ?? (scope.registry.node(relation.source) ? {} : true) };
  // One call that is wrong must not end the others, and what is wrong is told before anything is sent.
  await planAnsweredRetrieve(view, { select }, scope, unanswered);
  throwIfAborted(given.signal);
  const found = await relatedReads(context).read(view, references, select, given);
  return found.map((row) => row?.[name] ?? (isMany(relation) ? [] : null));
}

function relationOf(view: ViewDescriptor, name: string): Relation {
  const property = propertyOf(view, name);
  const isRelation = (one: PropertyDescriptor): one is Relation =>
    one.type === "direct" || one.type === "reverse" || one.type === "edge";
  const relations = Object.entries(view.properties).flatMap(([of, one]) => (isRelation(one) ? [of] : []));
  if (property === undefined) throw unknownProperty({ view, name }, relations);
  if (isRelation(property)) return property;
  throw new QueryError("QUERY.INVALID_VALUE", `${placeText({ view, name })} is no relation.`, {
    hint: `Relations: ${relations.join(", ") || "none"}.`,
  });
}

function isMany(relation: Relation): boolean {
  return relation.type === "direct" ? relation.list === true : relation.single !== true;
}
