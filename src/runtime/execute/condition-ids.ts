import { LoopGuard } from "../../client/index.js";
import { QueryError } from "../../errors/index.js";
import type { Instance, NodeReference } from "../../models/index.js";
import { propertyReader } from "../decode/property-reader.js";
import { isReference, keyOf, referenceOf } from "../identity.js";
import type { ConditionPlan } from "../plan/plan.js";
import { pageIn, type Requests, type RootPage, withRows } from "./requests.js";

/** Ids that one condition may come to: they go into each further request. */
const mostIds = 100_000;

/** The ids for which a condition holds, all of them, each once. */
export async function conditionIds({ stage, ids, of }: ConditionPlan, requests: Requests): Promise<NodeReference[]> {
  const idsOf = reader(ids.at);
  const guard = new LoopGuard();
  const found = new Map<string, NodeReference>();
  const take = (rows: readonly Instance[]): void => {
    for (const row of rows) for (const id of idsOf(row)) found.set(keyOf(id), referenceOf(id));
    if (found.size > mostIds) {
      throw new QueryError("QUERY.TOO_BROAD", `'some' of ${of} holds for more than ${mostIds} instances.`, {
        hint: "Narrow its conditions, or read from the other end of the relation.",
      });
    }
  };
  let cursor: string | undefined;
  do {
    const { next } = await requests.inTime(stage, (rows) => outerPage(rows, cursor));
    cursor = next === undefined ? undefined : guard.check(next);
  } while (cursor !== undefined);
  return [...found.values()];

  /** A page of the root set, with all pages of the set that hangs on it. */
  async function outerPage(rows: number, from: string | undefined): Promise<RootPage> {
    const request = withRows(stage.request, rows);
    const first = await requests.query(from === undefined ? request : { ...request, cursors: { root: from } });
    const inner = new LoopGuard();
    let page = pageIn(first, ids.set);
    take(page.rows);
    while (ids.set !== "root" && page.next !== undefined) {
      const cursors = { root: from ?? null, [ids.set]: inner.check(page.next) };
      page = pageIn(await requests.query({ ...request, cursors }), ids.set);
      take(page.rows);
    }
    return pageIn(first, "root");
  }
}

/** The ids that the rows of a condition's set give, each once. */
export function idsIn({ ids }: ConditionPlan, rows: readonly Instance[]): NodeReference[] {
  const idsOf = reader(ids.at);
  return [...new Map(rows.flatMap(idsOf).map((id) => [keyOf(id), referenceOf(id)])).values()];
}

function reader(at: ConditionPlan["ids"]["at"]): (instance: Instance) => readonly NodeReference[] {
  if (at === "self") return (instance) => [instance];
  if (typeof at === "string") return (instance) => (instance.instanceType === "edge" ? [instance[at]] : []);
  const read = propertyReader(at);
  return (instance) => {
    const value = read(instance);
    return (Array.isArray(value) ? value : [value]).filter(isReference);
  };
}
