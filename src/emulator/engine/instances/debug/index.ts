import type { DebugOptions, JsonObject, ResultSetExpression, SyncExpression } from "../../../../models/index.js";
import { timedOut } from "../../fault.js";
import type { ProjectState } from "../../state.js";
import { expressionNotices } from "./expression-notices.js";
import { LONGEST_TIMEOUT, optionNotices } from "./notices.js";

/** Whether a request asks for what was found, not only for notices. */
export function wantsResults(debug: DebugOptions | undefined): boolean {
  return debug?.emitResults !== false;
}

/** What an answer says of how its request ran, given the request's expressions. */
export type Describe = (expressions: Readonly<Record<string, ResultSetExpression | SyncExpression>>) => {
  readonly debug?: JsonObject;
};

/**
 * Begins a request; what it gives is called once all is found, and says how the request ran, if that was asked
 * (contract 8.1). A timeout has no effect where results are wanted.
 *
 * @throws {@link Fault} 408, at the end, for a request that took longer than its timeout
 */
export function debugging(state: ProjectState, debug: DebugOptions | undefined): Describe {
  if (!debug) return () => ({});
  const { timeout = LONGEST_TIMEOUT } = debug;
  const end = wantsResults(debug) ? Number.POSITIVE_INFINITY : state.now() + Math.min(timeout, LONGEST_TIMEOUT);
  return (expressions) => {
    if (state.now() > end) throw timedOut();
    const notices = Object.entries(expressions).flatMap(([name, expression]) =>
      expressionNotices(state, name, expression),
    );
    return { debug: { notices: [...optionNotices(debug), ...notices] } };
  };
}
