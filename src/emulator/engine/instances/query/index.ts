import type {
  Instance,
  InstancesQueryRequest,
  InstancesQueryResponse,
  ResultSetExpression,
  SelectExpression,
  Typing,
} from "../../../../models/index.js";
import type { ProjectState } from "../../state.js";
import { fingerprint, writeCursor } from "../cursor.js";
import { debugging, wantsResults } from "../debug/index.js";
import { readInstance, readSources, typingOf } from "../read.js";
import { compileSort, type Place, sorted } from "../sort.js";
import { Work } from "../work.js";
import { checkExpressions } from "./check.js";
import { limited, NONE, type QueryContext, type ResultSet, startOf, withoutLimit } from "./context.js";
import { evaluateEdges } from "./edges.js";
import { evaluateNodes } from "./nodes.js";
import { evaluateSet } from "./sets.js";

/**
 * Answers `POST /models/instances/query` (contract 8.1). An expression that starts from another one is evaluated
 * on the page of it that this request gives; a full page comes with a cursor.
 *
 * @throws {@link Fault} 400 for whatever in the request cannot be answered.
 */
export function queryInstances(state: ProjectState, request: InstancesQueryRequest): InstancesQueryResponse {
  const describe = debugging(state, request.debug);
  checkExpressions(request);
  const print = printOf(request);
  const context = contextOf(state, request, print);
  // All are evaluated, so that a fault in one that is not selected shows as well.
  for (const name of Object.keys(request.with)) context.result(name);
  const emits = wantsResults(request.debug);
  const selected = Object.entries(request.select).map(([name, select]) => {
    const result = emits ? context.result(name) : NOTHING;
    return { name, next: result.next, ...read(state, select, result) };
  });
  return {
    items: Object.fromEntries(selected.map(({ name, items }) => [name, items])),
    nextCursor: Object.fromEntries(
      selected.flatMap(({ name, next }) => (next ? [[name, writeCursor(next, `${print}.${name}`)]] : [])),
    ),
    ...(request.includeTyping === true
      ? { typing: Object.fromEntries(selected.map(({ name, typing }) => [name, typing])) }
      : {}),
    ...describe(request.with),
  };
}

/** What is shown where results are not asked for. */
const NOTHING: ResultSet = { members: [], inwards: NONE, next: undefined };

function contextOf(state: ProjectState, request: InstancesQueryRequest, print: string): QueryContext {
  const results = new Map<string, ResultSet>();
  const parameters = new Map(Object.entries(request.parameters ?? {}));
  const context: QueryContext = {
    state,
    filters: { state, parameters, work: new Work(state.limits) },
    result: (name) => {
      const known = results.get(name);
      if (known) return known;
      const result = evaluate(context, limited(request, name), startOf(request, name, print));
      results.set(name, result);
      return result;
    },
  };
  return context;
}

function evaluate(context: QueryContext, expression: ResultSetExpression, after: Place | undefined): ResultSet {
  if ("nodes" in expression) return evaluateNodes(context, expression, after);
  if ("edges" in expression) return evaluateEdges(context, expression, after);
  return evaluateSet(context, expression, after);
}

function read(
  state: ProjectState,
  select: SelectExpression,
  { members }: ResultSet,
): { readonly items: readonly Instance[]; readonly typing: Typing } {
  const sources = readSources(state, select.sources);
  const shown = select.sort && select.sort.length > 0 ? sorted(members, compileSort(state, select.sort)) : members;
  const items = shown.map((instance) => readInstance(instance, sources));
  return { items, typing: typingOf(sources) };
}

function printOf({ with: expressions, parameters }: InstancesQueryRequest): string {
  const unlimited = Object.entries(expressions).map(([name, expression]) => [name, withoutLimit(expression)] as const);
  return fingerprint([unlimited.sort(([a], [b]) => (a < b ? -1 : 1)), parameters ?? {}]);
}
