import { copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { transformerStyleToClass } from "@shikijs/transformers";
import { defineConfig, type UserConfig } from "vitepress";
import { pygenSources } from "../../examples/launch/pygen-sources.js";
import { frontMatter } from "./front-matter.js";
import { outsideLinks } from "./outside-links.js";
import { withPolicy } from "./policy.js";
import { sidebarOf } from "./sidebar.js";

const fileOf = (place: string): string => fileURLToPath(new URL(place, import.meta.url));

/** Colours of code as classes of a file: the policy lets pages have no style attributes. */
const colours = transformerStyleToClass({ classPrefix: "code-" });

const config: UserConfig = defineConfig({
  title: "Pygen",
  description: "Typed SDKs for data models of Cognite Data Fusion",
  lang: "en",
  head: [
    ["link", { rel: "icon", href: "/icon.svg", type: "image/svg+xml" }],
    ["link", { rel: "stylesheet", href: "/code.css" }],
  ],
  // Names nothing outside: no fonts, scripts or pictures but the site's own.
  themeConfig: {
    nav: [
      { text: "Start", link: "/start" },
      { text: "Playground", link: "/playground" },
      { text: "Reference", link: "/reference/" },
    ],
    sidebar: sidebarOf(fileOf("..")),
    search: { provider: "local" },
    outline: [2, 3],
  },
  markdown: { config: outsideLinks, codeTransformers: [colours] },
  transformPageData: ({ relativePath, frontmatter }) => ({
    frontmatter: { ...frontmatter, ...frontMatter[relativePath] },
  }),
  transformHtml: withPolicy,
  buildEnd: async ({ outDir }) => {
    await copyFile(fileOf("../ir.schema.json"), join(outDir, "ir.schema.json"));
    await writeFile(join(outDir, "code.css"), colours.getCSS());
  },
  vite: {
    // The playground uses the package as its users do; here, inside its own repository, that is its sources.
    resolve: { alias: pygenSources },
    publicDir: fileOf("../../examples/playground/public"),
    server: { fs: { allow: [fileOf("../..")] } },
    build: { target: "es2022", chunkSizeWarningLimit: 2_000 },
  },
});

export default config;
