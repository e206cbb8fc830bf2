import path from "node:path";
import type { SdkConfig } from "../../codegen/index.js";
import { snakeCase } from "../../codegen/index.js";
import { type TomlTable, type TomlValue, tableIn } from "../../toml/index.js";
import { usage } from "../cli-error.js";
import type { CliIo } from "../io.js";
import { textIfThere } from "../source-files.js";
import { dropped, isAddress, needless, variables } from "../v1-flags.js";
import { configText } from "./config-text.js";
import type { FoundConfig } from "./find-config.js";

const file = "pyproject.toml";
const table = "tool.pygen";
const secretFile = ".secret.toml";

/** Settings that stand in `pygen.config`, and where. */
const configured: ReadonlyMap<string, string> = new Map([
  ...["space", "external_id", "version", "data_models"].map((name) => [name, "`dataModels`"] as const),
  ...["cdf_cluster", "cdf_url", "cdf_project"].map((name) => [name, "`service`"] as const),
  ["output_dir", "`out`"],
]);

/** A setting of Pygen v1, and what takes its place. */
export interface V1Setting {
  readonly name: string;
  /** How the command line tells it. */
  readonly told: string;
}

/** The settings of Pygen v1 in a folder. */
export interface V1Settings {
  readonly file: string;
  readonly sdk: SdkConfig;
  /** Variables that take the place of settings; the secret is among them. */
  readonly env: Readonly<Record<string, string>>;
  readonly settings: readonly V1Setting[];
}

/**
 * Reads the settings of Pygen v1 in a folder: `[tool.pygen]` of `pyproject.toml`, and the secret of `.secret.toml` (S1, S2, C5).
 *
 * @returns `undefined` where there are none
 * @throws CliError for settings that cannot be meant, ConfigError for those that cannot be read
 */
export async function readV1Settings(io: CliIo): Promise<V1Settings | undefined> {
  const text = await textIfThere(path.join(io.cwd, file));
  const settings = text === undefined ? undefined : tableIn(file, text, ["tool", "pygen"]);
  if (!settings) return undefined;
  if (Object.hasOwn(settings, "client_secret")) {
    throw usage(`${file} holds client_secret`, "Take it out of the file, and set the variable IDP_CLIENT_SECRET.");
  }
  const found: V1Setting[] = [];
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(settings)) {
    const flag = `--${name.replaceAll("_", "-")}`;
    const variable = variables[flag];
    const reason = dropped[flag] ?? needless[flag];
    if (variable !== undefined) {
      env[variable] = Array.isArray(value) ? value.join(" ") : String(value);
      found.push({ name, told: `${name} is the variable ${variable} now` });
    } else if (reason !== undefined) {
      found.push({ name, told: `${name} is not needed: ${reason}` });
    } else {
      const place = configured.get(name);
      found.push({ name, told: place ? `${name} is ${place} now` : `${name} is no setting of Pygen v1, and left out` });
    }
  }
  const secret = await secretOf(io);
  if (secret !== undefined) {
    env["IDP_CLIENT_SECRET"] = secret;
    const told = `client_secret of ${secretFile} is the variable IDP_CLIENT_SECRET now`;
    found.push({ name: "client_secret", told });
  }
  return { file, sdk: sdkOf(settings), env, settings: found };
}

/** The settings of Pygen v1 in a folder, as a configuration. The user is told what takes their place. */
export async function v1Settings(io: CliIo): Promise<FoundConfig | undefined> {
  const found = await readV1Settings(io);
  if (!found) return undefined;
  const { sdk, env, settings } = found;
  for (const { told } of settings) io.stderr(`hint: ${told}\n`);
  io.stderr(
    `hint: [${table}] of ${file} is pygen.config.yaml now; pygen migrate writes it:\n${configText("yaml", sdk)}`,
  );
  return { file, folder: io.cwd, config: { sdks: [sdk] }, env };
}

function sdkOf(settings: TomlTable): SdkConfig {
  const text = (key: string): string | undefined => {
    const value = settings[key];
    return value === undefined ? undefined : String(value);
  };
  const ids = Object.hasOwn(settings, "data_models")
    ? listOf(settings["data_models"])
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
  return Array.isArray(value) ? value : [];
}

async function secretOf({ cwd }: CliIo): Promise<string | undefined> {
  const text = await textIfThere(path.join(cwd, secretFile));
  if (text === undefined) return undefined;
  const secret = tableIn(secretFile, text, ["cognite"])?.["client_secret"];
  if (typeof secret === "string") return secret;
  throw usage(`${secretFile} has no client_secret in [cognite]`, "Set the variable IDP_CLIENT_SECRET instead.");
}
