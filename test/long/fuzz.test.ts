import { expect, it } from "vitest";
import { fuzz, recordCases } from "../emulator/contract/fuzz.js";

it("20,000 changed bodies are answered, and never with a 500", async () => {
  await expect(fuzz(await recordCases(), 7, 20_000)).resolves.toBeUndefined();
});
