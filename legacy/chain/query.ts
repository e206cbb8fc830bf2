import type { ListQuery, UntypedArgs, UntypedRow } from "../../src/runtime/index.js";
import { defined } from "../arguments.js";
import { limitOf } from "../limit.js";
import { isMany, ownOf } from "../select.js";
import type { Chain, Step } from "./chain.js";

/** Objects that a chain gives unless it is told how many (O3). */
const usual = 5;

/** The objects that a chain begins with, with those on its way in them. */
export async function rootsOf(chain: Chain, limit: number | null = usual): Promise<UntypedRow[]> {
  return queryOf(chain, limitOf(limit));
}

/**
 * What is at the end of a chain, each once.
 *
 * @param name - what the limit is called among the arguments
 */
export async function lastRows(chain: Chain, limit: number | null = usual, name?: string): Promise<UntypedRow[]> {
  const most = limitOf(limit, name);
  const found = new Map<string, UntypedRow>();
  // Every root leads to something at the end: there is no need to read many more of them than are wanted.
  const pageSize = Math.min(1_000, Math.max(100, most));
  for await (const root of queryOf(chain, Number.POSITIVE_INFINITY, pageSize)) {
    const rows = chain.steps
      .slice(1)
      .reduce<unknown[]>((held, step) => held.flatMap((row) => through(row, step)), [root]);
    for (const row of rows as UntypedRow[]) {
      if (found.size >= most) return [...found.values()];
      found.set(JSON.stringify([row.space, row.externalId]), row);
    }
  }
  return [...found.values()];
}

function through(row: unknown, { relation, edge }: Step): unknown[] {
  const held = (row as UntypedArgs)[relation] ?? [];
  const many: unknown[] = Array.isArray(held) ? held : [held];
  const nodes = edge === undefined ? many : many.map((pair) => (pair as { readonly node: unknown }).node);
  return nodes.filter((node) => node !== null);
}

/** The query that a chain stands for. */
function queryOf({ handle, steps }: Chain, limit: number, pageSize?: number): ListQuery<UntypedRow> {
  const { sort, one } = steps[0].nodes;
  return handle.list({
    where: conditionOf(steps),
    select: selectionOf(steps),
    ...(sort.length > 0 ? { sort } : {}),
    limit: one ? 1 : limit,
    ...defined({ pageSize }),
  });
}

/** What the nodes of a step must be like: as was asked, and with a way to the end of the chain. */
function conditionOf([step, ...rest]: readonly Step[]): UntypedArgs {
  const [next] = rest;
  if (step === undefined || next === undefined) return step?.nodes.where ?? {};
  const beyond = conditionOf(rest);
  const property = step.view.properties[next.relation];
  const condition =
    property?.type === "edge"
      ? { some: { ...(next.edge && { edge: next.edge.edges.where }), node: beyond } }
      : property?.type === "direct" && !property.list
        ? { is: beyond }
        : { some: beyond };
  return { $and: [step.nodes.where, Object.fromEntries([[next.relation, condition]])] };
}

/** What is read of the nodes of a step. */
function selectionOf([step, ...rest]: readonly Step[]): UntypedArgs {
  if (step === undefined) return {};
  const [next] = rest;
  const own = ownOf(step.view);
  if (next === undefined) return own;
  const property = step.view.properties[next.relation];
  const many = property !== undefined && isMany(property);
  const { sort, one } = next.nodes;
  const set = many ? { where: conditionOf(rest), ...(sort.length > 0 ? { sort } : {}) } : {};
  const limit = many && one ? { limit: 1 } : {};
  const select = selectionOf(rest);
  const related =
    next.edge === undefined
      ? { select, ...set, ...limit }
      : { edge: { select: ownOf(next.edge.view), where: next.edge.edges.where }, node: { select, ...set }, ...limit };
  return { ...own, ...Object.fromEntries([[next.relation, related]]) };
}
