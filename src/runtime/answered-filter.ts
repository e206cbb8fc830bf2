import type { ViewDescriptor } from "../ir/index.js";
import type { Filter } from "../models/index.js";
import { conditionIds } from "./execute/condition-ids.js";
import { type Requests, requestsOf } from "./execute/requests.js";
import type { HandleContext } from "./handle-context.js";
import { mayAsk } from "./plan/may-ask.js";
import { type Answer, planAnsweredWhere } from "./plan/plan-answered.js";
import { answerFilter, unansweredFilter } from "./plan/plan-condition.js";
import type { CallOptions } from "./types/call.js";

/** A `where` as a filter, once all that it asks of the far sides of relations is answered. */
export async function answeredFilter(
  context: HandleContext,
  view: ViewDescriptor,
  where: unknown,
  options: CallOptions,
): Promise<Filter | undefined> {
  const { scope } = context;
  // What is wrong is told before anything is sent.
  const filter = await planAnsweredWhere(where, view, scope, unanswered);
  if (!mayAsk(where)) return filter;
  return planAnsweredWhere(where, view, scope, answeredBy(requestsOf(context, options), context));
}

/** Says only where the answers will stand. */
export const unanswered: Answer = async (number, place) => unansweredFilter(place, number);

/** Answers conditions by asking the service. */
export function answeredBy(requests: Requests, { scope }: HandleContext): Answer {
  return async (_number, place, condition) =>
    answerFilter(place, await conditionIds(condition, requests), scope.limits.chunk);
}
