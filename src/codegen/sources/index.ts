export { readModelFiles } from "./read-sources.js";
export type { SourceFile, SourceOptions } from "./source-file.js";
