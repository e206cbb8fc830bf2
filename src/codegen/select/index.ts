export { checkPatterns } from "./check-patterns.js";
export { type Exclude, withoutExcluded } from "./exclude.js";
export { chosenTypes, type JsonType, type JsonTypes, typeName } from "./json-types.js";
export { type Rename, withRenames } from "./renames.js";
