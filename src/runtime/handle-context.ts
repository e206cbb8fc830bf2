import type { PygenClient } from "../client/index.js";
import type { PlanScope } from "./plan/scope.js";

/** What the handles of one binding share. */
export interface HandleContext {
  readonly client: PygenClient;
  readonly scope: PlanScope;
}
