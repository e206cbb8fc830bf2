import path from "node:path";
import type { SdkConfig } from "../../codegen/index.js";
import { snakeCase } from "../../codegen/index.js";
import { CliError } from "../cli-error.js";
import { exitCodes } from "../exit-codes.js";
import type { CliIo } from "../io.js";
import { textIfThere } from "../source-files.js";
import { dropped, isAddress, needless, variables } from "../v1-flags.js";
import { configText } from "./config-text.js";
import type { FoundConfig } from "./find-config.js";
import { type TomlValue, tomlTable } from "./toml-table.js";

const file = "pyproject.toml";
const table = "tool.pygen";
const secretFile = ".secret.toml";

/**
 * The settings of Pygen v1 in a folder, as a configuration: `[tool.pygen]` of `pyproject.toml`, and the secret of
 * `.secret.toml` (S1, S2, C5). The user is told what takes their place.
 *
 * @returns `undefined` where there are none
 */
export async function v1Settings(io: CliIo): Promise<FoundConfig | undefined> {
  const text = await textIfThere(path.join(io.cwd, file));
  const settings = text === undefined ? undefined : tomlTable(file, text, table);
  if (!settings) return undefined;
  if (settings.has("client_secret")) {
    throw usage(`${file} holds client_secret`, "Take it out of the file, and set the variable IDP_CLIENT_SECRET.");
  }
  const hints: string[] = [];
  const env: Record<string, string> = {};
  for (const [key, value] of settings) {
    const flag = `--${key.replaceAll("_", "-")}`;
    const variable = variables[flag];
    const reason = dropped[flag] ?? needless[flag];
    if (variable !== undefined) {
      env[variable] = Array.isArray(value) ? value.join(" ") : String(value);
      hints.push(`${key} is the variable ${variable} now`);
    } else if (reason !== undefined) {
      hints.push(`${key} is not needed: ${reason}`);
    }
  }
  const secret = await secretOf(io);
  if (secret !== undefined) {
    env["IDP_CLIENT_SECRET"] = secret;
    hints.push(`client_secret of ${secretFile} is the variable IDP_CLIENT_SECRET now`);
  }
  const sdk = sdkOf(settings);
  hints.push(`[${table}] of ${file} is pygen.config.yaml now; write there:\n${configText("yaml", sdk)}`);
  for (const hint of hints) io.stderr(`hint: ${hint.trimEnd()}\n`);
  return { file, folder: io.cwd, config: { sdks: [sdk] }, env };
}

function sdkOf(settings: ReadonlyMap<string, TomlValue>): SdkConfig {
  const text = (key: string): string | undefined => {
    const value = settings.get(key);
    return value === undefined ? undefined : String(value);
  };
  const ids = settings.has("data_models")
    ? listOf(settings.get("data_models"))
    : [["space", "external_id", "version"].map((key) => text(key) ?? "")];
  const dataModels = ids.map((id) => {
    const [space = "", externalId = "", version = ""] = listOf(id).map(String);
    if (space && externalId && version) return `${space}/${externalId}@${version}`;
    throw usage(
      `[${table}] of ${file} names no data model`,
      "It needs space, external_id and version, or data_models.",
    );
  });
  const [first = ""] = listOf(ids[0]).map(String).slice(1);
  const [cluster, project] = [text("cdf_cluster"), text("cdf_project")];
  const url = text("cdf_url") ?? (cluster !== undefined && isAddress(cluster) ? cluster : undefined);
  const place = url === undefined ? { cluster } : { url };
  return {
    dataModels,
    service: Object.fromEntries(Object.entries({ ...place, project }).filter(([, value]) => value !== undefined)),
    out: text("output_dir") ?? text("top_level_package")?.replaceAll(".", "/") ?? snakeCase(first),
    language: "python",
  };
}

function listOf(value: TomlValue | undefined): readonly TomlValue[] {
  return typeof value === "object" ? value : [];
}

async function secretOf({ cwd }: CliIo): Promise<string | undefined> {
  const text = await textIfThere(path.join(cwd, secretFile));
  if (text === undefined) return undefined;
  const secret = tomlTable(secretFile, text, "cognite")?.get("client_secret");
  if (typeof secret === "string") return secret;
  throw usage(`${secretFile} has no client_secret in [cognite]`, "Set the variable IDP_CLIENT_SECRET instead.");
}

function usage(message: string, hint: string): CliError {
  return new CliError(exitCodes.usage, message, hint);
}
