export { readDatapoints, writeDatapoints } from "./datapoints.js";
