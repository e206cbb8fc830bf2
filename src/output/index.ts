export { type ArchiveFormat, archiveOf, mediaTypes } from "./archive.js";
export { builtin } from "./builtin.js";
export { type FileChange, planWrite } from "./plan-write.js";
export { resultOf, type WriteResult, writeFiles } from "./write-files.js";
