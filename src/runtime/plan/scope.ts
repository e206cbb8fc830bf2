import type { Registry } from "../registry.js";
import type { ExternalIds } from "../types/writing.js";

/** Bounds that shape a plan. */
export interface PlanLimits {
  /** Rows of a page. */
  readonly rootPage: number;
  /** Rows of a page of a nested set, and of the root of a further stage. */
  readonly setPage: number;
  /** Ids in one filter. */
  readonly chunk: number;
  /** Result sets of one request. */
  readonly sets: number;
}

/** Within the service's bounds (contract 3.4). */
export const defaultLimits: PlanLimits = { rootPage: 1_000, setPage: 10_000, chunk: 1_000, sets: 50 };

/** What the meaning of a query depends on, besides the query. */
export interface PlanScope {
  readonly registry: Registry;
  /** The space of ids that are given as a string. */
  readonly space: string | undefined;
  /** Makes external ids of what is written without one. */
  readonly externalIds?: ExternalIds | undefined;
  readonly limits: PlanLimits;
}
