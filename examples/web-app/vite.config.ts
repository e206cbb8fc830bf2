import react from "@vitejs/plugin-react";
import { defineConfig, type UserConfig } from "vite";
import { pygenSources } from "../launch/pygen-sources.js";

const config: UserConfig = defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  // Only here, inside the package's own repository; elsewhere `pygen` is installed.
  resolve: { alias: pygenSources },
  build: {
    // Nothing inline: the page's policy allows files of its own origin only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // The second page is where the identity provider sends the browser back to.
      input: { index: `${import.meta.dirname}/index.html`, redirect: `${import.meta.dirname}/redirect.html` },
    },
  },
});

export default config;
