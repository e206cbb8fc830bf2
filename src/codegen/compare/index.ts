export type { ModelChange } from "./change.js";
export { compareModels } from "./compare-models.js";
