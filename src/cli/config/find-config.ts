import { access } from "node:fs/promises";
import path from "node:path";
import type { PygenConfig } from "../../codegen/index.js";
import { readConfig, takeConfig } from "../../codegen/index.js";
import { CliError } from "../cli-error.js";
import { exitCodes } from "../exit-codes.js";
import type { CliIo } from "../io.js";
import { readText } from "../source-files.js";
import { importProgram } from "./import-program.js";

/** A configuration, and the folder that its paths start from. */
export interface FoundConfig {
  readonly file: string;
  readonly folder: string;
  readonly config: PygenConfig;
  /** Variables that it sets where the environment does not. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Names of files of configuration, in the order in which they are looked for. */
const configNames = ["ts", "mts", "mjs", "js", "json", "yaml", "yml"].map((ending) => `pygen.config.${ending}`);

/** The configuration that was named, or that of the folder; `undefined` where it has none. */
export async function findConfig(named: string | undefined, io: CliIo): Promise<FoundConfig | undefined> {
  const file = named ?? (await configIn(io.cwd));
  if (file === undefined) return undefined;
  const absolute = path.resolve(io.cwd, file);
  const config = /\.[cm]?[jt]s$/.test(file)
    ? takeConfig(file, await importProgram(absolute, file))
    : await readConfig(file, await readText(file, io.cwd, "configuration"));
  return { file, folder: path.dirname(absolute), config };
}

/** The name of the configuration in a folder. */
export async function configIn(folder: string): Promise<string | undefined> {
  for (const name of configNames) {
    try {
      await access(path.join(folder, name));
      return name;
    } catch {
      // The next one may be there.
    }
  }
  return undefined;
}

/** What tells that a command needs a configuration or a model. */
export function noModel(): CliError {
  return new CliError(
    exitCodes.usage,
    "no model is given",
    "Give model files or --model space/externalId@version, or write a pygen.config file: pygen init.",
  );
}
