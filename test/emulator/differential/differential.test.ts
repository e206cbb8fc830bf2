import { expect, it } from "vitest";
import { checkDifferential } from "./check.js";

it("the engine answers as the plainest evaluation of the contract does, whatever indexes there are", () => {
  expect(() => checkDifferential(20_260_101, 100)).not.toThrow();
});
