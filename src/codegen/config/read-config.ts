import type { Document } from "yaml";
import { ConfigError } from "../../errors/index.js";
import { type ConfigProblem, checkConfig } from "./check-config.js";
import type { PygenConfig } from "./config.js";

/**
 * Reads a configuration that is JSON or YAML.
 *
 * @param file - what messages call it
 * @throws ConfigError `CONFIG.FILE` with every problem and its line
 */
export async function readConfig(file: string, text: string): Promise<PygenConfig> {
  const { LineCounter, isNode, parseDocument } = await import("yaml");
  const lines = new LineCounter();
  const document: Document = parseDocument(text, { lineCounter: lines });
  const [fault] = document.errors;
  if (fault) {
    const [reason = ""] = fault.message.split(/ at line \d+/);
    throw configFault([`${file}:${fault.linePos?.[0].line ?? 1}: ${reason}`]);
  }
  const lineOf = (path: ConfigProblem["path"]): number => {
    for (let length = path.length; length > 0; length--) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  return usable(document.toJS(), ({ path }) => `${file}:${lineOf(path)}`);
}

/**
 * Takes what a program gives as its configuration.
 *
 * @throws ConfigError `CONFIG.FILE` with every problem
 */
export function takeConfig(file: string, value: unknown): PygenConfig {
  return usable(value, () => file);
}

function usable(value: unknown, placeOf: (problem: ConfigProblem) => string): PygenConfig {
  const checked = checkConfig(value);
  if (!checked.problems) return checked.config;
  throw configFault(checked.problems.map((problem) => `${placeOf(problem)}: ${sentence(problem)}`));
}

function sentence({ path, message }: ConfigProblem): string {
  const at = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`)).join("");
  return `${at.replace(/^\./, "") || "it"} ${message}`;
}

function configFault(problems: readonly string[]): ConfigError {
  return new ConfigError("CONFIG.FILE", problems.join("\n"), {
    hint: "Correct the configuration; docs/generating.md lists what it may hold.",
  });
}
