import type { JsonValue } from "../../models/index.js";
import type { QueryPlan } from "../plan/plan.js";

/** How many rows a set of a plan has at most, for each page of the list's own rows. */
export interface SetEstimate {
  /** Its place in `stages`. */
  readonly stage: number;
  readonly set: string;
  /** `null` where only the data tells. */
  readonly rows: number | null;
}

/** What a plan will cost, as far as that is known without the data. */
export interface PlanEstimate {
  /** Fewest requests for the first page of rows: where all nested sets fit a page. */
  readonly requests: number;
  readonly sets: readonly SetEstimate[];
}

/** The plan of a query, what it will cost, and both as text that people read. */
export interface Explanation extends QueryPlan {
  readonly estimate: PlanEstimate;
  readonly text: string;
}

/** What the service has to say of how it runs a request: an index that is missing, say. */
export interface QueryNotice {
  readonly code: string;
  readonly category?: string;
  readonly level?: string;
  readonly hint?: string;
  /** From `A` (good) to `E`. */
  readonly grade?: string;
  readonly [detail: string]: JsonValue | undefined;
}

/** What some requests took. */
export interface RequestsProfile {
  readonly requests: number;
  /** Instances in all sets of their answers. */
  readonly rows: number;
  /** Milliseconds, summed over the requests. */
  readonly time: number;
  /** Each once. */
  readonly notices: readonly QueryNotice[];
}

/** What a run took. */
export interface QueryProfile extends RequestsProfile {
  /** Rows of the list itself. */
  readonly rows: number;
  /** Milliseconds from the start to the last row. */
  readonly time: number;
  /** In the order of the plan's `conditions`. */
  readonly conditions: readonly RequestsProfile[];
  /** In the order of the plan's `stages`. */
  readonly stages: readonly RequestsProfile[];
}

/** An explanation with what a run of it took. */
export interface ProfiledExplanation extends Explanation {
  readonly profile: QueryProfile;
}
