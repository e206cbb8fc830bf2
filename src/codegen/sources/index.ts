export { type SourceCode, sourceHints } from "./problems.js";
export { readModelFiles } from "./read-sources.js";
export type { SourceFile, SourceOptions } from "./source-file.js";
