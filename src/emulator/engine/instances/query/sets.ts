import type { SetExpression, SetMember } from "../../../../models/index.js";
import type { StoredInstance } from "../../state.js";
import type { Place } from "../sort.js";
import { membersOf } from "./check.js";
import { DEFAULT_LIMIT, type QueryContext, type ResultSet } from "./context.js";

/**
 * Evaluates a set operation on the current pages of its members (contract 8.1). Members keep the order in which
 * they come, so a cursor counts them; `unionAll` keeps duplicates.
 */
export function evaluateSet(context: QueryContext, expression: SetExpression, after: Place | undefined): ResultSet {
  const { limit = DEFAULT_LIMIT } = expression;
  const all = combine(context, expression);
  const start = after?.sequence ?? 0;
  const members = all.slice(start, start + limit);
  const inwards = new Set(namesIn(expression).flatMap((name) => [...context.result(name).inwards]));
  const next = members.length === limit ? { values: [], sequence: start + limit } : undefined;
  return { members, inwards, next };
}

function combine(context: QueryContext, expression: SetExpression): readonly StoredInstance[] {
  const lists = membersOf(expression).map((member) => listOf(context, member));
  const excluded = new Set((expression.except ?? []).flatMap((name) => context.result(name).members));
  const combined = combineLists(expression, lists);
  return excluded.size === 0 ? combined : combined.filter((instance) => !excluded.has(instance));
}

function combineLists(
  expression: SetExpression,
  lists: readonly (readonly StoredInstance[])[],
): readonly StoredInstance[] {
  if ("unionAll" in expression) return lists.flat();
  const union = [...new Set(lists.flat())];
  if ("union" in expression) return union;
  const sets = lists.map((list) => new Set(list));
  return union.filter((instance) => sets.every((set) => set.has(instance)));
}

function listOf(context: QueryContext, member: SetMember): readonly StoredInstance[] {
  if (typeof member === "string") return context.result(member).members;
  const all = combine(context, member);
  return member.limit === undefined ? all : all.slice(0, member.limit);
}

function namesIn(expression: SetExpression): readonly string[] {
  return membersOf(expression).flatMap((member) => (typeof member === "string" ? [member] : namesIn(member)));
}
