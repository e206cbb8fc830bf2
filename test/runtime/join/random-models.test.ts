import { it } from "vitest";
import { farmModel, views } from "../farm.js";
import { checkModel, checkRandomModels } from "./random-models.js";

const seed = Number(process.env["QUERY_SEED"] ?? 20260101);
const cases = Number(process.env["QUERY_CASES"] ?? 60);

it("random models: lists give what nested loops over all data give, with pages smaller than every set", async () => {
  await checkRandomModels(cases, seed);
});

it("a model with relations through containers and views with filters: the same", async () => {
  await checkModel(farmModel, views, cases, seed);
});
