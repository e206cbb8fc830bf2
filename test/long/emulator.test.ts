import { expect, it } from "vitest";
import { killEmulator } from "../tools/kill-emulator.mjs";
import { soakEmulator } from "../tools/soak-emulator.mjs";

it("50 kills in the middle of writes lose nothing that was answered, and leave nothing by halves", async () => {
  expect(await killEmulator({ count: 50, seed: 1 })).toBeGreaterThan(500);
});

it.each([{ keep: false }, { keep: true }])(
  "64 clients that do all there is get what they ask for, and memory stays (%j)",
  async ({ keep }) => {
    const { calls } = await soakEmulator({ minutes: 0.5, clients: 64, seed: 1, keep });
    expect(calls).toBeGreaterThan(500);
  },
);
