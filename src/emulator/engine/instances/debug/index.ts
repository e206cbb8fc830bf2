import type { DebugOptions, JsonObject, ResultSetExpression, SyncExpression } from "../../../../models/index.js";
import type { ProjectState } from "../../state.js";
import { expressionNotices } from "./expression-notices.js";
import { optionNotices } from "./notices.js";

/** Whether a request asks for what was found, not only for notices. */
export function wantsResults(debug: DebugOptions | undefined): boolean {
  return debug?.emitResults !== false;
}

/** What an answer says of how its request runs; nothing unless asked (contract 8.1). */
export function debugOf(
  state: ProjectState,
  debug: DebugOptions | undefined,
  expressions: Readonly<Record<string, ResultSetExpression | SyncExpression>>,
): { readonly debug?: JsonObject } {
  if (!debug) return {};
  const notices = Object.entries(expressions).flatMap(([name, expression]) =>
    expressionNotices(state, name, expression),
  );
  return { debug: { notices: [...optionNotices(debug), ...notices] } };
}
