export { applyRecord } from "./apply.js";
export { ChangeCollector } from "./collect.js";
export { type ChangeRecord, RECORD_VERSION } from "./records.js";
