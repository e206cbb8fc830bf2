export type { DmlProblem } from "./fields.js";
export { type DmlSchema, readDml } from "./read-dml.js";
