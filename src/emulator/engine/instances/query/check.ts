import type { InstancesQueryRequest, ResultSetExpression, SetExpression, SetMember } from "../../../../models/index.js";
import { badRequest } from "../../fault.js";

/** What an expression gives. */
export type ResultKind = "nodes" | "edges";

/**
 * Checks how the expressions of a query build on each other, and gives what each of them holds.
 *
 * @throws {@link Fault} 400 for unknown names, cycles, sets of nodes and edges together, and options that do not fit.
 */
export function checkExpressions(request: InstancesQueryRequest): ReadonlyMap<string, ResultKind> {
  const expressions = new Map(Object.entries(request.with));
  checkNames("select", Object.keys(request.select), expressions);
  checkNames("cursors", Object.keys(request.cursors ?? {}), expressions);
  const kinds = new Map<string, ResultKind>();
  const open: string[] = [];

  const kindOfName = (name: string, user: string): ResultKind => {
    const known = kinds.get(name);
    if (known) return known;
    const expression = expressions.get(name);
    if (!expression) throw badRequest(`Unknown result set expression '${name}' in '${user}'`);
    if (open.includes(name)) {
      throw badRequest(`Result set expressions build on each other in a cycle: ${[...open, name].join(" -> ")}`);
    }
    open.push(name);
    const kind = kindOfExpression(name, expression, (other) => kindOfName(other, name));
    open.pop();
    kinds.set(name, kind);
    return kind;
  };
  for (const name of expressions.keys()) kindOfName(name, name);
  return kinds;
}

function checkNames(where: string, names: readonly string[], expressions: ReadonlyMap<string, unknown>): void {
  const unknown = names.find((name) => !expressions.has(name));
  if (unknown !== undefined) throw badRequest(`Unknown result set expression '${unknown}' in '${where}'`);
}

type KindOf = (name: string) => ResultKind;

function kindOfExpression(name: string, expression: ResultSetExpression, kindOf: KindOf): ResultKind {
  if ("nodes" in expression) {
    checkNodes(name, expression.nodes, kindOf);
    return "nodes";
  }
  if ("edges" in expression) {
    const { from, limitEach, maxDistance = 1 } = expression.edges;
    if (from !== undefined) kindOf(from);
    if (limitEach !== undefined && (from === undefined || maxDistance !== 1)) {
      throw badRequest(`Invalid expression '${name}': limitEach needs from and a maxDistance of 1`);
    }
    return "edges";
  }
  if (countMembers(expression) > MAX_SET_MEMBERS) {
    throw badRequest(
      `Invalid expression '${name}': it combines more than ${MAX_SET_MEMBERS} expressions, nested ones included`,
    );
  }
  return kindOfSet(name, expression, kindOf);
}

/** Most names in one set operation at any depth; the service names no bound of its own, this one bounds the work. */
const MAX_SET_MEMBERS = 250;

function countMembers(expression: SetExpression): number {
  return membersOf(expression).reduce(
    (count, member) => count + (typeof member === "string" ? 1 : countMembers(member)),
    expression.except?.length ?? 0,
  );
}

function checkNodes(
  name: string,
  { from, through }: { readonly from?: string; readonly through?: unknown },
  kindOf: KindOf,
): void {
  if (from === undefined) {
    if (through) throw badRequest(`Invalid expression '${name}': through needs from`);
    return;
  }
  const kind = kindOf(from);
  if (kind === "nodes" && !through) {
    throw badRequest(
      `Invalid expression '${name}': from nodes ('${from}') it needs through, a direct relation to follow`,
    );
  }
  if (kind === "edges" && through) {
    throw badRequest(`Invalid expression '${name}': through follows relations of nodes, but '${from}' gives edges`);
  }
}

function kindOfSet(name: string, expression: SetExpression, kindOf: KindOf): ResultKind {
  const kinds = new Set([
    ...membersOf(expression).map((member) =>
      typeof member === "string" ? kindOf(member) : kindOfSet(name, member, kindOf),
    ),
    ...(expression.except ?? []).map(kindOf),
  ]);
  if (kinds.size > 1) throw badRequest(`Invalid expression '${name}': it combines nodes and edges`);
  return kinds.has("edges") ? "edges" : "nodes";
}

/** The members of a set operation. */
export function membersOf(expression: SetExpression): readonly SetMember[] {
  if ("union" in expression) return expression.union;
  return "unionAll" in expression ? expression.unionAll : expression.intersection;
}
