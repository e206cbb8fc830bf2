import { defineConfig, type UserConfig } from "vite";
import { pygenSources } from "../launch/pygen-sources.js";

const config: UserConfig = defineConfig({
  root: import.meta.dirname,
  // Only here, inside the package's own repository; elsewhere `pygen` is installed.
  resolve: { alias: pygenSources },
  // Nothing inline: the page's policy allows files of its own origin only.
  build: { assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});

export default config;
