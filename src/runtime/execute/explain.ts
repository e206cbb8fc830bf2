import { isRecord } from "../../models/index.js";
import { describePlan, requestsText } from "../plan/describe-plan.js";
import type { QueryPlan } from "../plan/plan.js";
import { unbounded } from "../problems.js";
import type { Explanation, ProfiledExplanation, QueryProfile } from "../types/explaining.js";
import type { Watch } from "./read-calls.js";
import { RequestLog } from "./request-log.js";
import { type ListRun, streamPages } from "./stream-pages.js";

/** A plan, with what it will cost, in words too. */
export function explainList(plan: QueryPlan): Explanation {
  const { estimate, lines } = describePlan(plan);
  return { ...plan, estimate, text: lines.join("\n") };
}

/** The same of a list that runs, to so many rows at most, with what it took. */
export async function profileList(
  open: (watch: Watch) => Promise<ListRun>,
  most: number,
  signal: AbortSignal | undefined,
): Promise<ProfiledExplanation> {
  const log = new RequestLog();
  const start = performance.now();
  const run = await open((calls) => log.watch(calls));
  let rows = 0;
  for await (const { items } of streamPages(run, undefined, signal)) {
    rows += items.length;
    if (rows > most) throw unbounded(most);
  }
  const time = performance.now() - start;
  const { plan } = run;
  const stageOf = ({ request }: QueryPlan["stages"][number]) =>
    log.of("select" in request ? request.select : isRecord(request) ? request.sources : undefined);
  const profile: QueryProfile = {
    ...log.all,
    rows,
    time,
    conditions: (plan.conditions ?? []).map(({ stage }) => stageOf(stage)),
    stages: plan.stages.map(stageOf),
  };
  const { estimate, lines } = describePlan(plan, profile);
  const took = `Took ${requestsText(profile.requests)} and ${Math.round(time)} ms for ${rows} rows.`;
  return { ...plan, estimate, text: [...lines, took].join("\n"), profile };
}
