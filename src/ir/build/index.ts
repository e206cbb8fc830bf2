export { type BuiltModel, buildIr, buildModel } from "./build-ir.js";
export { dataModelsOf } from "./implied.js";
export { type Schema, type SchemaParts, schemaOf } from "./schema.js";
