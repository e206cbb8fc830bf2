import react from "@vitejs/plugin-react";
import { defineConfig, type UserConfig } from "vite";
import { pygenSources } from "../launch/pygen-sources.js";

const config: UserConfig = defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  // Only here, inside the package's own repository; elsewhere `pygen` is installed.
  resolve: { alias: pygenSources },
  build: { assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});

export default config;
