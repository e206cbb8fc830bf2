import { readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { Option } from "commander";
import { parseVersionedId } from "../../models/index.js";
import { usage } from "../cli-error.js";
import { type ConfigFormat, configText } from "../config/config-text.js";
import { configIn } from "../config/find-config.js";
import { exampleFiles } from "../example.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import type { CliIo } from "../io.js";
import { collect, type Program } from "../program.js";
import { type Language, languages } from "../sdk-job.js";

/** Options of `pygen init`; what is not given is asked for, where there is someone to ask. */
export interface InitCommandOptions {
  /** Files and folders with models, or data models of the service. */
  readonly from?: readonly string[];
  readonly out?: string;
  readonly language?: Language;
  readonly format?: ConfigFormat;
  /** Writes a small model and a program that uses it too, and asks nothing. */
  readonly example?: boolean;
  /** Takes the proposals, and asks nothing. */
  readonly yes?: boolean;
}

/** `pygen init`: writes a configuration. */
export async function initCommand(io: CliIo, options: InitCommandOptions): Promise<ExitCode> {
  const there = await configIn(io.cwd);
  if (there !== undefined) {
    throw usage(`there is ${there} already`, "Change that one, or remove it first.");
  }
  if (options.example) return writeExample(io);
  const ask = async (question: string, proposal: string): Promise<string> => {
    if (options.yes || !io.ask) return proposal;
    return (await io.ask(`${question} [${proposal}] `)).trim() || proposal;
  };
  const from =
    options.from ?? words(await ask("Where are the models: files, folders, or space/externalId@version", "model.json"));
  const out = options.out ?? (await ask("Folder for the SDK", "src/sdk"));
  const language = options.language ?? languageOf(await ask("Language: typescript or python", "typescript"));
  const format = options.format ?? formatOf(await ask("Format of the configuration: ts, mjs, json or yaml", "yaml"));
  const file = `pygen.config.${format}`;
  const isService = from.every((each) => parseVersionedId(each) !== undefined);
  await writeFile(path.join(io.cwd, file), configText(format, sdkOf(from, isService, out, language)), { flag: "wx" });
  if (io.verbosity !== "quiet")
    io.stdout(`${file} is written; run ${isService ? "pygen pull, then " : ""}pygen generate\n`);
  return exitCodes.ok;
}

/** Files of others are not replaced: then nothing is written. */
async function writeExample(io: CliIo): Promise<ExitCode> {
  const files = Object.entries(exampleFiles());
  const there = await readdir(io.cwd);
  const taken = files.map(([name]) => name).filter((name) => there.includes(name));
  if (taken.length > 0) {
    const message = `there is ${taken.join(" and ")} already`;
    throw usage(message, "Write the example to an empty folder.");
  }
  for (const [name, text] of files) await writeFile(path.join(io.cwd, name), text, { flag: "wx" });
  if (io.verbosity !== "quiet")
    io.stdout(`${files.map(([name]) => name).join(", ")} are written; run pygen generate\n`);
  return exitCodes.ok;
}

function words(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((word) => word !== "");
}

function sdkOf(from: readonly string[], isService: boolean, out: string, language: Language): object {
  const source = isService ? { dataModels: from, snapshot: `${path.basename(out)}.model.json` } : { models: from };
  return { ...source, out, ...(language === "typescript" ? {} : { language }) };
}

function formatOf(text: string): ConfigFormat {
  if (text === "ts" || text === "mjs" || text === "json" || text === "yaml") return text;
  throw usage(`format ${text} is not known`, "Choose ts, mjs, json or yaml.");
}

function languageOf(text: string): Language {
  const language = languages.find((each) => each === text);
  if (language !== undefined) return language;
  throw usage(`language ${text} is not known`, `Choose ${languages.join(" or ")}.`);
}

/** Adds `pygen init` to the program. */
export function addInit({ commander, action }: Program): void {
  commander
    .command("init")
    .description("ask what an SDK is to be made of, and write pygen.config for it")
    .option(
      "--from <model>",
      "file or folder with models, or space/externalId@version of the service; may be repeated",
      collect,
    )
    .option("-o, --out <folder>", "folder for the SDK")
    .addOption(new Option("--language <name>", "language of the SDK").choices(languages))
    .addOption(new Option("--format <ending>", "format of the configuration").choices(["ts", "mjs", "json", "yaml"]))
    .option("--example", "write a small model and a program that uses it too, and ask nothing")
    .option("-y, --yes", "take the proposals, and ask nothing")
    .addHelpText(
      "after",
      "\nExamples:\n  pygen init --from model.json --out src/windfarm --yes\n  pygen init --example",
    )
    .action(action(initCommand));
}
