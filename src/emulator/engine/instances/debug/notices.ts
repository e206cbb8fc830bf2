import type { ContainerPartId, ContainerReference, JsonObject, JsonValue, SortKey } from "../../../../models/index.js";

/** What the service has to say of how a request runs (contract 8.1). */
export type Notice = JsonObject;

const RANKED = {
  sortNotBackedByIndex: ["sorting", "warning", "C", "Add a cursorable btree index over the properties of the sort."],
  filterMatchesBrokenCursorableIndex: [
    "sorting",
    "warning",
    "D",
    "The cursorable index that would serve the sort has failed: mend what it cannot hold, and retry it.",
  ],
  filterMatchesCursorableSort: ["sorting", "info", "A", "A cursorable index serves the sort."],
  unindexedThrough: [
    "indexing",
    "warning",
    "E",
    "Add a btree index over the direct relation that is followed inwards.",
  ],
  containersWithoutIndexesInvolved: [
    "indexing",
    "warning",
    "C",
    "Add indexes over the properties that are filtered by.",
  ],
  selectiveExternalIDFilter: ["filtering", "info", "A", "The filter names the instances by their external ids."],
  significantPostFiltering: [
    "filtering",
    "warning",
    "C",
    "Many rows are read for each one that is given: add an index.",
  ],
  significantHasDataFiltering: ["filtering", "warning", "C", "Ask for data in fewer containers."],
  intractableDirectRelationsCursor: ["cursoring", "warning", "D", "Do not page through what direct relations lead to."],
  intractableCursorWithNestedFilter: ["cursoring", "warning", "D", "Do not page through what a nested filter selects."],
} as const;

/** What goes with a notice, by its code. */
interface Details {
  readonly sort?: readonly SortKey[];
  readonly index?: ContainerPartId;
  readonly property?: readonly string[];
  readonly containers?: readonly ContainerReference[];
  readonly limit?: number;
  readonly maxInvolvedRows?: number;
}

/** A notice about one expression. */
export function notice(code: keyof typeof RANKED, resultExpression: string, details: Details = {}): Notice {
  const [category, level, grade, hint] = RANKED[code];
  return { code, category, level, grade, hint, resultExpression, ...(details as Record<string, JsonValue>) };
}

/** Longest time limit that makes sense, in milliseconds. */
export const LONGEST_TIMEOUT = 60_000;

/** Notices about the options themselves. */
export function optionNotices(options: {
  readonly emitResults?: boolean;
  readonly timeout?: number;
  readonly profile?: boolean;
}): readonly Notice[] {
  const { emitResults = true, timeout, profile = false } = options;
  const invalid = { category: "invalidDebugOptions", level: "warning" } as const;
  const notices: Notice[] = [];
  if (timeout !== undefined && timeout > LONGEST_TIMEOUT) {
    const hint = `Use a timeout of at most ${LONGEST_TIMEOUT} milliseconds.`;
    notices.push({ code: "excessiveTimeout", ...invalid, hint, timeout });
  }
  if (emitResults && (timeout !== undefined || profile)) {
    const hint = "Set emitResults to false: timeout and profile have no effect on requests with results.";
    notices.push({ code: "noTimeoutWithResults", ...invalid, hint });
  }
  return notices;
}
