export { checkDataModel, checkViews } from "./check-model.js";
