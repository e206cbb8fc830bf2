// The door `pygen/react`: typed queries and writes as options of TanStack Query.
export { type ViewKey, type ViewQueryKey, viewKey } from "./query-key.js";
export {
  type LoadedPages,
  listOptions,
  pagesOptions,
  retrieveOptions,
  type ViewPagesOptions,
  type ViewQueryOptions,
} from "./read-options.js";
export { deleteOptions, upsertOptions, type ViewMutationOptions } from "./write-options.js";
