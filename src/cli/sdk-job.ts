import path from "node:path";
import { type GenerateOptions, type GenerationConfig, generationOf, type SdkConfig } from "../codegen/index.js";
import { usage } from "./cli-error.js";
import { findConfig, noModel } from "./config/find-config.js";
import { v1Settings } from "./config/v1-settings.js";
import type { CliIo } from "./io.js";
import type { SourceOptions } from "./model-source.js";

/** The languages that an SDK can be written in. */
export const languages: readonly ["typescript", "python"] = ["typescript", "python"];

/** One of them. */
export type Language = (typeof languages)[number];

/** Options that say how an SDK is made; those of the command line count before those of the configuration. */
export interface SdkOptions extends SourceOptions {
  /** A file of configuration. */
  readonly config?: string;
  /** Names of the SDKs of the configuration that are meant. */
  readonly sdk?: readonly string[];
  readonly out?: string;
  readonly language?: Language;
  readonly importExtension?: ".js" | ".ts" | "none";
  readonly int64?: "number" | "bigint";
  readonly timestamps?: "date" | "string";
  readonly schemas?: boolean;
  readonly typesOnly?: boolean;
  readonly excludeView?: readonly string[];
  readonly excludeSpace?: readonly string[];
  readonly excludeProperty?: readonly string[];
  readonly strict?: boolean;
}

/** One SDK to be made, or one model to be looked at. */
export interface SdkJob {
  readonly name: string;
  /** Files and folders with models; empty where they come from the service. */
  readonly files: readonly string[];
  readonly source: SourceOptions;
  /** Where `pygen pull` puts the models. */
  readonly snapshot?: string;
  /** The folder to write to, as it was given. */
  readonly out?: string;
  readonly generation: Omit<GenerateOptions, "document" | "dependencies" | "dataModel">;
  /** The absolute path of the configuration that says so. */
  readonly config?: string;
  /** As the process is seen from the folder that paths start from. */
  readonly io: CliIo;
}

/** What a command is to do: what the command line names, else the SDKs of the configuration. */
export async function jobsOf(files: readonly string[], options: SdkOptions, io: CliIo): Promise<readonly SdkJob[]> {
  const given = files.length > 0 || (options.model ?? []).length > 0;
  if (given && options.config === undefined) return [jobOf(files, undefined, options, io)];
  const found = (await findConfig(options.config, io)) ?? (await v1Settings(io));
  if (!found) throw noModel();
  if (given) throw usage("a model and --config are both given", "Leave one of them out.");
  const named = found.config.sdks.map((sdk) => ({ name: sdk.name ?? path.basename(sdk.out), sdk }));
  const wanted = options.sdk ?? named.map(({ name }) => name);
  const unknown = wanted.find((name) => !named.some((each) => each.name === name));
  if (unknown !== undefined) {
    throw usage(`${found.file} has no SDK ${unknown}`, `It has ${named.map(({ name }) => name).join(", ")}.`);
  }
  const chosen = named.filter(({ name }) => wanted.includes(name));
  if (options.out !== undefined && chosen.length > 1) throw usage("--out is for one SDK", "Choose one by --sdk.");
  const around = { ...io, cwd: found.folder, env: { ...found.env, ...io.env } };
  const asked = found.folder === io.cwd ? options : withWholePaths(options, io.cwd);
  const config = path.resolve(found.folder, path.basename(found.file));
  return chosen.map(({ name, sdk }) => ({ ...jobOf([], sdk, asked, around), name, config }));
}

/** Paths of the command line start from where it was given, not from the configuration's folder. */
function withWholePaths(options: SdkOptions, cwd: string): SdkOptions {
  const whole = (file: string): string => (file === "-" ? file : path.resolve(cwd, file));
  const { out, tokenFile, dependsOn, variables } = options;
  return {
    ...options,
    ...defined({
      out: out === undefined ? undefined : whole(out),
      tokenFile: tokenFile === undefined ? undefined : whole(tokenFile),
      dependsOn: dependsOn?.map(whole),
      variables: variables?.map(whole),
    }),
  };
}

function jobOf(files: readonly string[], sdk: SdkConfig | undefined, options: SdkOptions, io: CliIo): SdkJob {
  const out = options.out ?? sdk?.out;
  const snapshot = sdk?.snapshot;
  const { url, cluster, project } = { ...sdk?.service, ...defined({ ...options }) };
  const model = options.model ?? sdk?.dataModels ?? [];
  return {
    name: out ?? "model",
    files: sdk ? (sdk.models ?? []) : files,
    source: {
      ...defined({ url, cluster, project, tokenFile: options.tokenFile }),
      model,
      dependsOn: options.dependsOn ?? sdk?.dependsOn ?? [],
      ...defined({ dataModel: options.dataModel ?? sdk?.dataModel }),
      values: sdk?.variables ?? {},
      variable: options.variable ?? [],
      variables: options.variables ?? sdk?.variableFiles ?? [],
    },
    ...defined({ snapshot, out }),
    generation: generationOf(generationConfig(sdk, options)),
    io,
  };
}

function generationConfig(sdk: SdkConfig | undefined, options: SdkOptions): GenerationConfig {
  const { views, spaces, properties } = sdk?.exclude ?? {};
  const { importExtension, int64, timestamps, schemas, typesOnly } = options;
  return {
    ...sdk,
    ...defined({ language: options.language, strict: options.strict }),
    exclude: defined({
      views: options.excludeView ?? views,
      spaces: options.excludeSpace ?? spaces,
      properties: options.excludeProperty ?? properties,
    }),
    typescript: {
      ...sdk?.typescript,
      ...(importExtension === undefined ? {} : { importExtension: importExtension === "none" ? "" : importExtension }),
      ...defined({ int64, timestamps, schemas, typesOnly }),
    },
  };
}

/** The members that are given. */
function defined<T extends object>(members: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>;
  };
}
