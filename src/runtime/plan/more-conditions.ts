import type { CallOptions } from "../types/call.js";
import { is } from "./is.js";
import type { MoreConditions, PlanScope } from "./scope.js";
import { simplify } from "./simplify.js";
import { special } from "./special-keys.js";

const more: MoreConditions = { special, is, simplify };

/** The same, for who waits until this is loaded. */
export async function completeScope(scope: PlanScope, _options: CallOptions): Promise<PlanScope> {
  return completed(scope);
}

/** A scope in which conditions can have all that there is. */
export function completed(scope: PlanScope): PlanScope {
  return scope.more === undefined ? { ...scope, more } : scope;
}
