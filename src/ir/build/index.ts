export { type BuiltModel, buildIr, buildModel, memberViews } from "./build-ir.js";
export { dataModelsOf } from "./implied.js";
export { type Schema, type SchemaParts, schemaOf } from "./schema.js";
