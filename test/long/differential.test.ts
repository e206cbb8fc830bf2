import { expect, it } from "vitest";
import { checkDifferential } from "../emulator/differential/check.js";

it("2,000 random worlds and questions: the engine and the reference evaluation agree", () => {
  expect(() => checkDifferential(7, 2000)).not.toThrow();
});
