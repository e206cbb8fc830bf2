export { camelCase, kebabCase, pascalCase } from "./casing.js";
export { type ModelNames, memberNames, typescriptNames, type ViewNames } from "./typescript-names.js";
export type { InstanceNames } from "./view-names.js";
