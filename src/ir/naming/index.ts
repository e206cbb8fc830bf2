export { camelCase, kebabCase, pascalCase } from "./casing.js";
export { memberNames } from "./member-names.js";
export { type InstanceNames, type ModelNames, typescriptNames, type ViewNames } from "./typescript-names.js";
