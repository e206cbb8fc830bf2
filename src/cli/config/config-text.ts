/** Formats of a configuration, by the endings of its file. */
export type ConfigFormat = "ts" | "mjs" | "json" | "yaml";

/** A configuration with one SDK. */
export function configText(format: ConfigFormat, sdk: object): string {
  const json = JSON.stringify({ sdks: [sdk] }, null, 2);
  if (format === "json") return `${json}\n`;
  if (format === "yaml") return `sdks:\n${yamlOf(sdk)}`;
  const code = json.replace(/^( *)"(\w+)":/gm, "$1$2:");
  return `import { defineConfig } from "pygen/codegen";\n\nexport default defineConfig(${code});\n`;
}

/** One item of a list; JSON texts are YAML texts. */
function yamlOf(sdk: object): string {
  return Object.entries(sdk)
    .map(([key, value], index) => `${index === 0 ? "  - " : "    "}${key}: ${JSON.stringify(value)}\n`)
    .join("");
}
