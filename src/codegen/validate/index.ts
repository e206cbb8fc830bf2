export { checkModel } from "./check-model.js";
