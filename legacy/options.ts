/** Options of the calls of a view that are no filters of its properties: a property of such a name is filtered by `name_` (N9). */
export const optionNames = [
  "space",
  "externalIdPrefix",
  "filter",
  "limit",
  "sortBy",
  "direction",
  "sort",
  "retrieveConnections",
  "asChildClass",
  "chunkSize",
  "cursors",
  "query",
  "properties",
  "searchProperty",
  "property",
  "groupBy",
  "aggregate",
  "interval",
  "from",
  "to",
  "signal",
  "timeout",
] as const;

/** One of them. */
export type OptionName = (typeof optionNames)[number];
