import { writeFile } from "node:fs/promises";
import path from "node:path";
import { Option } from "commander";
import { usage } from "../cli-error.js";
import { type ConfigFormat, configText } from "../config/config-text.js";
import { configIn } from "../config/find-config.js";
import { readV1Settings } from "../config/v1-settings.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import type { CliIo } from "../io.js";
import type { Program } from "../program.js";

/** Options of `pygen migrate`. */
export interface MigrateCommandOptions {
  readonly format?: ConfigFormat;
  /** Writes nothing, and prints what would be written. */
  readonly dryRun?: boolean;
}

/** `pygen migrate`: writes a configuration of what Pygen v1 was told, and says what became of each setting. */
export async function migrateCommand(io: CliIo, { format = "yaml", dryRun }: MigrateCommandOptions): Promise<ExitCode> {
  const found = await readV1Settings(io);
  if (!found) {
    throw usage("there are no settings of Pygen v1 here", "Run it beside a pyproject.toml with [tool.pygen].");
  }
  const there = await configIn(io.cwd);
  if (there !== undefined && !dryRun) {
    throw usage(`there is ${there} already`, "Change that one, or remove it first.");
  }
  const text = configText(format, found.sdk);
  const name = `pygen.config.${format}`;
  if (dryRun) io.stdout(text);
  else await writeFile(path.join(io.cwd, name), text, { flag: "wx" });
  if (io.verbosity === "quiet") return exitCodes.ok;
  for (const { told } of found.settings) io.stderr(`hint: ${told}\n`);
  // A secret is never shown or written.
  const variables = Object.keys(found.env);
  if (variables.length > 0) io.stderr(`hint: set ${variables.join(", ")} where pygen runs\n`);
  if (!dryRun) io.stdout(`${name} is written; take [tool.pygen] out of ${found.file}, and run pygen generate\n`);
  return exitCodes.ok;
}

/** Adds `pygen migrate` to the program. */
export function addMigrate({ commander, action }: Program): void {
  commander
    .command("migrate")
    .description("write pygen.config of the settings of Pygen v1: [tool.pygen] of pyproject.toml, and .secret.toml")
    .addOption(
      new Option("--format <ending>", "format of the configuration (default: yaml)").choices([
        "ts",
        "mjs",
        "json",
        "yaml",
      ]),
    )
    .option("--dry-run", "write nothing, and print what would be written")
    .addHelpText("after", "\nExamples:\n  pygen migrate --dry-run\n  pygen migrate --format ts")
    .action(action(migrateCommand));
}
