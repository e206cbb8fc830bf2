import type { InstancesQueryRequest, NodeExpression, ResultSetExpression } from "../../../../models/index.js";
import type { ProjectState, StoredInstance } from "../../state.js";
import { readCursor } from "../cursor.js";
import { always, compileFilter, type Predicate } from "../filter.js";
import type { FilterContext } from "../operand.js";
import { outsideSystemSpaces } from "../selection.js";
import type { Place } from "../sort.js";

/** What an expression gave: its current page, on which expressions that start from it are evaluated. */
export interface ResultSet {
  readonly members: readonly StoredInstance[];
  /** The edges among them that were walked against their direction: their far end is their start. */
  readonly inwards: ReadonlySet<StoredInstance>;
  /** Where the next page begins, when this one is full. */
  readonly next: Place | undefined;
}

/** What the evaluation of every expression can use. */
export interface QueryContext {
  readonly state: ProjectState;
  readonly filters: FilterContext;
  /** The result of another expression, evaluated when first asked for. */
  readonly result: (name: string) => ResultSet;
}

/** Instances in a page where an expression names no limit (contract 3.4). */
export const DEFAULT_LIMIT = 100;

/** No edges walked against their direction. */
export const NONE: ReadonlySet<StoredInstance> = /* @__PURE__ */ new Set<StoredInstance>();

/** A filter of an expression made ready. */
export function predicateOf(context: QueryContext, filter: Parameters<typeof compileFilter>[1] | undefined): Predicate {
  return filter ? compileFilter(context.filters, filter) : always;
}

/** As {@link predicateOf}, of nodes: those that come from no other expression are of system spaces only as in lists. */
export function nodePredicateOf(context: QueryContext, { from, filter }: NodeExpression["nodes"]): Predicate {
  const matches = predicateOf(context, filter);
  if (from !== undefined) return matches;
  const isShown = outsideSystemSpaces(context.state, filter);
  return (node) => matches(node) && isShown(node);
}

/** Where the page of an expression begins; cursors that are null mean the start (contract 8.1). */
export function startOf(request: InstancesQueryRequest, name: string, print: string): Place | undefined {
  const cursor = new Map(Object.entries(request.cursors ?? {})).get(name);
  return typeof cursor === "string" ? readCursor(cursor, `${print}.${name}`) : undefined;
}

/**
 * An expression with the limit of its page: its own, or that of its selection where it is smaller. The cursor goes on
 * after what was shown, so a selection's limit drops nothing (contract 8.1).
 */
export function limited(request: InstancesQueryRequest, name: string): ResultSetExpression {
  const expression = request.with[name] as ResultSetExpression;
  const shown = Object.hasOwn(request.select, name) ? request.select[name]?.limit : undefined;
  return shown === undefined
    ? expression
    : { ...expression, limit: Math.min(expression.limit ?? DEFAULT_LIMIT, shown) };
}

/** Expressions without their limits, which may change from page to page. */
export function withoutLimit({ limit: _limit, ...expression }: ResultSetExpression): object {
  return expression;
}
