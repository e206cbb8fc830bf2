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
  const all = [...problems, ...sharedFolders(result.output)];
  return all.length > 0 ? { problems: all } : { config: result.output };
}

/** Two SDKs of one folder would take each other's files for stale ones. */
function sharedFolders({ sdks }: PygenConfig): readonly ConfigProblem[] {
  const folders = sdks.map(({ out }) => plainPath(out));
  return folders.flatMap((folder, index): readonly ConfigProblem[] => {
    const first = folders.indexOf(folder);
    return first === index ? [] : [{ path: ["sdks", index, "out"], message: `is the folder of sdks[${first}] too` }];
  });
}

/** A path as file systems that tell no cases apart take it. */
function plainPath(path: string): string {
  const parts = path.split(/[\\/]/).filter((part, index) => part !== "." && (part !== "" || index === 0));
  return parts.join("/").toLowerCase();
}

function problemOf(issue: v.BaseIssue<unknown>): ConfigProblem {
  const path = (issue.path ?? []).map(({ key }) => (typeof key === "number" ? key : String(key)));
  return { path, message: issue.message };
}
