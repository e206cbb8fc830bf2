export { type CheckedRequest, checkRequest, describeIssues, type RequestIssue } from "./issues.js";
export { lazily, type RequestSchema } from "./lazily.js";
export { choose, dictionary, fields, integer, items, text } from "./shapes.js";
