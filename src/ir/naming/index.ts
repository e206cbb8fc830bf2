export { asciiOnly, camelCase, kebabCase, pascalCase, snakeCase } from "./casing.js";
export { isDeviceName } from "./device-names.js";
export { memberNames } from "./member-names.js";
export {
  type InstanceNames,
  type ModelNames,
  type NamedModel,
  nameModel,
  nameModels,
  type ViewNames,
} from "./name-model.js";
export type { MemberRules, ModelRule, NameOverrides, NameRule, NamingRules, TypeRule } from "./rules.js";
export { typescriptMembers, typescriptWords } from "./typescript-members.js";
