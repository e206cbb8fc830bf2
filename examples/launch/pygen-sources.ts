import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = new URL("../../", import.meta.url);
const { compilerOptions } = JSON.parse(readFileSync(new URL("tsconfig.json", root), "utf8")) as {
  readonly compilerOptions: { readonly paths: Readonly<Record<string, readonly string[]>> };
};

/** The doors of the package as their sources, for Vite: what the compiler is told in tsconfig.json. */
export const pygenSources: { find: RegExp; replacement: string }[] = Object.entries(compilerOptions.paths).map(
  ([door, [source = ""]]) => ({ find: new RegExp(`^${door}$`), replacement: fileURLToPath(new URL(source, root)) }),
);
