import type { InstancesSyncRequest, InstancesSyncResponse, SyncExpression } from "../../../../models/index.js";
import { badRequest } from "../../fault.js";
import type { ProjectState } from "../../state.js";
import { fingerprint } from "../cursor.js";
import { debugging, wantsResults } from "../debug/index.js";
import { checkExpressions } from "../query/check.js";
import { readInstance, readSources, typingOf } from "../read.js";
import { servingIndexes } from "../serving-indexes.js";
import { purgeDeleted } from "../store.js";
import { pageOf } from "./pages.js";
import { readPosition, writePosition } from "./position.js";
import { type SyncSet, syncSets } from "./sets.js";

/**
 * Answers `POST /models/instances/sync` (contract 8.2): for each set its next page, in the order of changes, and always a
 * cursor. Deleted instances come with the time of their deletion and without properties.
 *
 * @throws {@link Fault} 400 for whatever in the request cannot be answered, and for cursors older than 3 days.
 */
export function syncInstances(state: ProjectState, request: InstancesSyncRequest): InstancesSyncResponse {
  const describe = debugging(state, request.debug);
  checkExpressions(request);
  for (const [name, expression] of Object.entries(request.with)) checkMode(state, name, expression);
  purgeDeleted(state);
  const print = printOf(request);
  const setOf = syncSets(state, request);
  // All are made ready, so that a fault in one that is not selected shows as well.
  const sets = new Map(Object.keys(request.with).map((name) => [name, setOf(name)]));
  const emits = wantsResults(request.debug);
  const cursors = new Map(Object.entries(request.cursors ?? {}));
  const selected = Object.entries(request.select).map(([name, select]) => {
    const expression = request.with[name] as SyncExpression;
    const sources = readSources(state, select.sources);
    const lenient = request.allowExpiredCursorsAndAcceptMissedDeletes === true;
    const position = readPosition(state, cursors.get(name), { print: `${print}.${name}`, lenient, expression });
    const { instances, next } = pageOf(state, expression, sets.get(name) as SyncSet, position);
    return {
      name,
      items: emits ? instances.map((instance) => readInstance(instance, sources)) : [],
      cursor: writePosition(state, next, `${print}.${name}`),
      typing: typingOf(sources),
    };
  });
  return {
    items: Object.fromEntries(selected.map(({ name, items }) => [name, items])),
    // Without results nothing was given, so there is nothing to go on after.
    nextCursor: emits ? Object.fromEntries(selected.map(({ name, cursor }) => [name, cursor])) : {},
    ...(request.includeTyping === true
      ? { typing: Object.fromEntries(selected.map(({ name, typing }) => [name, typing])) }
      : {}),
    ...describe(request.with),
  };
}

function checkMode(state: ProjectState, name: string, { mode, backfillSort = [] }: SyncExpression): void {
  if (backfillSort.length === 0) return;
  if (mode !== "twoPhase") {
    throw badRequest(`Backfill sort can only be used with two-phase sync. It is given in '${name}'.`);
  }
  if (servingIndexes(state, backfillSort)?.length === 0) {
    throw badRequest(`Backfill sort needs a cursorable index over its properties. There is none for '${name}'.`);
  }
}

function printOf({ with: expressions, parameters }: InstancesSyncRequest): string {
  const unlimited = Object.entries(expressions).map(([name, { limit: _limit, ...rest }]) => [name, rest] as const);
  return fingerprint([unlimited.sort(([a], [b]) => (a < b ? -1 : 1)), parameters ?? {}]);
}
