import { parse, TomlError, type TomlTable } from "smol-toml";
import { ConfigError } from "../errors/index.js";
import { isRecord } from "../models/index.js";

/**
 * One table of a TOML file.
 *
 * @param name - of the file, for messages
 * @param keys - the way to the table: `["tool", "pygen"]` is `[tool.pygen]`
 * @returns `undefined` where the file has no such table
 * @throws ConfigError `CONFIG.TOML` naming the line that is not TOML, and nothing of what is in it: it may be a secret
 */
export function tableIn(name: string, text: string, keys: readonly string[]): TomlTable | undefined {
  let found: unknown;
  try {
    found = parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    throw new ConfigError("CONFIG.TOML", `${name}:${error.line} is not TOML`, { hint: "Correct this line." });
  }
  for (const key of keys) found = isRecord(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  return isRecord(found) ? (found as TomlTable) : undefined;
}
