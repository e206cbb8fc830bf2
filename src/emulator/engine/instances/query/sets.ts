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
  const start = after?.sequence ?? 0;
  const members = first(combine(context, expression), start + limit).slice(start);
  const inwards = new Set(namesIn(expression).flatMap((name) => [...context.result(name).inwards]));
  const next = members.length === limit ? { values: [], sequence: start + limit } : undefined;
  return { members, inwards, next };
}

type Members = Generator<StoredInstance, void, undefined>;

/** Gives one instance after the other, so that those beyond a limit are never put together. */
function* combine(context: QueryContext, expression: SetExpression): Members {
  const excluded = new Set((expression.except ?? []).flatMap((name) => context.result(name).members));
  for (const instance of combined(context, expression)) if (!excluded.has(instance)) yield instance;
}

function combined(context: QueryContext, expression: SetExpression): Iterable<StoredInstance> {
  if ("unionAll" in expression) return chained(context, expression.unionAll);
  if ("union" in expression) return distinct(chained(context, new Set(expression.union)));
  const [one = [], ...others] = expression.intersection.map((member) => new Set(listOf(context, member)));
  return [...one].filter((instance) => others.every((set) => set.has(instance)));
}

function* chained(context: QueryContext, members: Iterable<SetMember>): Members {
  for (const member of members) {
    for (const instance of listOf(context, member)) {
      context.filters.work.step();
      yield instance;
    }
  }
}

function* distinct(instances: Iterable<StoredInstance>): Members {
  const seen = new Set<StoredInstance>();
  for (const instance of instances) {
    if (seen.has(instance)) continue;
    seen.add(instance);
    yield instance;
  }
}

function listOf(context: QueryContext, member: SetMember): Iterable<StoredInstance> {
  if (typeof member === "string") return context.result(member).members;
  return member.limit === undefined ? combine(context, member) : first(combine(context, member), member.limit);
}

function first(instances: Iterable<StoredInstance>, count: number): readonly StoredInstance[] {
  const taken: StoredInstance[] = [];
  for (const instance of instances) {
    taken.push(instance);
    if (taken.length === count) break;
  }
  return taken;
}

function namesIn(expression: SetExpression): readonly string[] {
  return membersOf(expression).flatMap((member) => (typeof member === "string" ? [member] : namesIn(member)));
}
