// The door `pygen/react`: typed queries and writes as options of TanStack Query.
export { aggregateOptions, countOptions, relatedOptions, searchOptions } from "./find-options.js";
export { type ViewKey, type ViewQueryKey, viewKey } from "./query-key.js";
export type { ViewQueryOptions } from "./query-options.js";
export { type LoadedPages, listOptions, pagesOptions, retrieveOptions, type ViewPagesOptions } from "./read-options.js";
export { deleteOptions, upsertOptions, type ViewMutationOptions } from "./write-options.js";
