import { describe, it } from "vitest";
import { farmModel, views } from "../runtime/farm.js";
import { checkModel, checkRandomModels } from "../runtime/join/random-models.js";

/** Random select trees, filters and limits over random data: lists give what nested loops over all data give. */
describe("2,000 seeded queries", () => {
  it.each([1, 2, 3, 4])("400 of random models, seed %i", (seed) => checkRandomModels(400, seed));

  it("400 of a model with relations through containers and views with filters", () =>
    checkModel(farmModel, views, 400, 5));
});
