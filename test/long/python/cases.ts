import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { run } from "./package.js";

/** A script of cases, beside this file. */
export interface CaseScript {
  /** The names of the cases, as they stand in the script. */
  readonly names: readonly string[];
  /** Runs all of them on the packages of a folder; what went wrong by name, `null` where nothing did. */
  readonly results: (folder: string, env?: Record<string, string>) => Promise<Readonly<Record<string, string | null>>>;
}

export function caseScript(file: string): CaseScript {
  const script = path.join(import.meta.dirname, file);
  return {
    names: [...readFileSync(script, "utf8").matchAll(/^@case\(\s*"(.+)"\s*\)$/gm)].map(([, name = ""]) => name),
    results: async (folder, env = {}) => {
      const { code, output } = await run("python", ["-W", "error", script, folder], folder, env);
      expect(code, output).toBe(0);
      expect(output.trim().split("\n")).toHaveLength(1);
      return JSON.parse(output);
    },
  };
}
