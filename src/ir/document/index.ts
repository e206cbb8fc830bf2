export type { DocumentDataModel, ModelDocument } from "./model-document.js";
export { readModelDocument } from "./read.js";
