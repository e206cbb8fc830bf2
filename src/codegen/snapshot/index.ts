export { snapshotText } from "./snapshot-text.js";
