export { checkPatterns } from "./check-patterns.js";
export { type Exclude, withoutExcluded } from "./exclude.js";
export { matchesProperty } from "./patterns.js";
export { type Rename, withRenames } from "./renames.js";
