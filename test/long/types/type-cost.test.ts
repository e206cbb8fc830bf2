import { expect, it } from "vitest";
import { typeCost } from "./type-cost.js";

it("the types of 50 queries cost the compiler no more in a model of 800 views than in one of 50", async () => {
  const [small, large] = [await typeCost(50), await typeCost(800)];
  expect(large.instantiations / small.instantiations).toBeLessThan(1.1);
  expect(large.megabytes).toBeLessThan(100);
  expect(large.megabytes / small.megabytes).toBeLessThan(1.5);
});
