export { asciiOnly, camelCase, kebabCase, pascalCase } from "./casing.js";
export { memberNames } from "./member-names.js";
export { type InstanceNames, type ModelNames, nameModel, type ViewNames } from "./name-model.js";
export type { MemberRules, ModelRule, NameRule, NamingRules, TypeRule } from "./rules.js";
export { typescriptMembers, typescriptWords } from "./typescript-members.js";
