import type { PygenClient } from "../client/index.js";
import type { ReadCalls } from "./execute/read-calls.js";
import type { PlanScope } from "./plan/scope.js";

/** What the handles of one binding share. */
export interface HandleContext {
  readonly client: PygenClient;
  readonly scope: PlanScope;
  /** What queries read by, where it is not the client itself. */
  readonly calls?: ReadCalls;
}
