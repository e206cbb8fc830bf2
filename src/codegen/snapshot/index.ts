export { type SnapshotOptions, snapshotText } from "./snapshot-text.js";
