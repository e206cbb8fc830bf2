import type { ViewDescriptor } from "../../ir/index.js";
import { type EdgeExpression, formatVersionedId, type NodeExpression } from "../../models/index.js";
import type { QueryPlan, SetPlan, StageLink, StagePlan } from "./plan.js";
import { RequestDraft, type SetDraft } from "./request-draft.js";
import type { PlanScope } from "./scope.js";

/** What is told about a stage. */
export interface StageNote {
  readonly reason: string;
  readonly link?: StageLink;
}

/** Reads what is asked for into a set. */
export type Fill = (draft: RequestDraft, set: SetDraft) => SetPlan;

/** The stages of a plan while it is made: numbered in the order in which they are begun. */
export class Stages {
  readonly scope: PlanScope;
  readonly #stages: (StagePlan | undefined)[] = [];

  constructor(scope: PlanScope) {
    this.scope = scope;
  }

  /** Adds a `query`. Answers with its number. */
  addQuery(note: StageNote, expression: NodeExpression | EdgeExpression, fill: Fill): number {
    const stage = this.#stages.push(undefined) - 1;
    const draft = new RequestDraft(this.scope.limits.sets);
    const root = fill(draft, draft.add("root", expression));
    this.#stages[stage] = { endpoint: "query", ...note, request: draft.request, root };
    return stage;
  }

  plan(view: ViewDescriptor, limit: Pick<QueryPlan, "limit">): QueryPlan {
    const [first, ...rest] = this.#stages.flatMap((stage) => stage ?? []);
    if (first === undefined) throw new RangeError("A plan has at least one stage.");
    return { view: formatVersionedId(view), ...limit, stages: [first, ...rest] };
  }
}
