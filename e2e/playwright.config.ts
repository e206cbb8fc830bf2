import { defineConfig, type PlaywrightTestConfig } from "@playwright/test";
import { chromiumArguments, findChromium } from "../test/tools/find-chromium.mjs";

const config: PlaywrightTestConfig = defineConfig({
  testDir: ".",
  outputDir: "../test-results",
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  // Limits of time are there to end what hangs: a busy machine must not reach them.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  reporter: "list",
  use: {
    browserName: "chromium",
    headless: true,
    ignoreHTTPSErrors: true,
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: findChromium(),
      args: [...chromiumArguments],
    },
  },
});

export default config;
