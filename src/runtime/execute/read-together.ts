import { isApiError } from "../../errors/index.js";
import type { NodeReference } from "../../models/index.js";
import type { Mismatches } from "../decode/mismatch.js";
import type { Row } from "../decode/row.js";
import type { Together } from "../plan/plan-together.js";
import type { Registry } from "../registry.js";
import { compilePlan } from "./compile.js";
import { idsIn } from "./condition-ids.js";
import { Reader } from "./reader.js";
import { pageIn, type Requests } from "./requests.js";

/** All rows; or where they are more than a page, the ids for which the condition holds; or where those are, nothing. */
export interface ReadTogether {
  readonly rows?: readonly Row[];
  readonly ids?: readonly NodeReference[];
}

/** Reads a list with what its condition asks, as far as a page of each goes. */
export async function readTogether(
  { plan, stage, condition, far }: Together,
  requests: Requests,
  registry: Registry,
  mismatches: Mismatches,
): Promise<ReadTogether> {
  try {
    const first = await requests.query(stage.request);
    const rowsIn = (name: string) => pageIn(first, name).rows;
    const mayHaveMore = (name: string): boolean =>
      pageIn(first, name).next !== undefined || rowsIn(name).length >= (stage.request.with[name]?.limit ?? 0);
    if ([...far.values()].some(mayHaveMore)) return {};
    const { name } = stage.root;
    if (mayHaveMore(name) && rowsIn(name).length < (plan.limit ?? Number.POSITIVE_INFINITY)) {
      return { ids: idsIn(condition, rowsIn(far.get(condition.ids.set) ?? "")) };
    }
    const root = compilePlan(plan, registry, mismatches.on);
    return { rows: await new Reader(root, requests, mismatches).rest(first, stage.request) };
  } catch (error) {
    // By itself, each of them may come in time.
    if (isApiError(error) && error.status === 408) return {};
    throw error;
  }
}
