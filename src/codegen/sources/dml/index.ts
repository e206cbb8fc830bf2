export { readDml } from "./read-dml.js";
