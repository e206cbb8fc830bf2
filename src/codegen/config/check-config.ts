import * as v from "valibot";
import type { PygenConfig } from "./config.js";
import { configSchema } from "./schema.js";

/** One thing that is wrong with a configuration. */
export interface ConfigProblem {
  /** Keys that lead to it from the top. */
  readonly path: readonly (string | number)[];
  /** What it must be, to be read after the path: `sdks[0].out is missing`. */
  readonly message: string;
}

/** A configuration that was read, or all that is wrong with it. */
export type CheckedConfig =
  | { readonly config: PygenConfig; readonly problems?: undefined }
  | { readonly problems: readonly ConfigProblem[] };

/** Checks what a file of configuration holds. */
export function checkConfig(value: unknown): CheckedConfig {
  const result = v.safeParse(configSchema, value);
  if (!result.success) return { problems: result.issues.map(problemOf) };
  const problems = result.output.sdks.flatMap((sdk, index): readonly ConfigProblem[] => {
    const problem = (message: string): ConfigProblem => ({ path: ["sdks", index], message });
    const { models = [], dataModels = [], snapshot } = sdk;
    return [
      ...(models.length + dataModels.length === 0
        ? [problem("needs models (files) or dataModels (of the service)")]
        : []),
      ...(models.length > 0 && dataModels.length > 0 ? [problem("has models and dataModels: give one of them")] : []),
      ...(snapshot !== undefined && dataModels.length === 0
        ? [problem("has a snapshot, and no dataModels to take it of")]
        : []),
    ];
  });
  return problems.length > 0 ? { problems } : { config: result.output };
}

function problemOf(issue: v.BaseIssue<unknown>): ConfigProblem {
  const path = (issue.path ?? []).map(({ key }) => (typeof key === "number" ? key : String(key)));
  return { path, message: issue.message };
}
