export { parseIr } from "./parse-ir.js";
