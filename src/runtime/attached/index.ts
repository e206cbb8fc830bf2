export { openContent } from "./content.js";
export { openDatapoints } from "./datapoints.js";
export { openSequence } from "./sequence.js";
