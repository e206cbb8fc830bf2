import path from "node:path";
import { generate, type Target, typescript } from "../../codegen/index.js";
import { CliError } from "../cli-error.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import type { CliIo } from "../io.js";
import { readSource, type SourceOptions } from "../model-source.js";
import { countsText, diagnosticsText, hasErrors } from "../report.js";
import { writeFiles } from "../write-files.js";

/** Options of `pygen generate`. */
export interface GenerateCommandOptions extends SourceOptions {
  readonly out: string;
  readonly language: string;
  readonly importExtension?: ".js" | ".ts" | "";
  readonly int64?: "number" | "bigint";
  readonly json?: boolean;
}

/** `pygen generate`: writes the SDK of a model, or nothing where the model has errors. */
export async function generateCommand(
  files: readonly string[],
  options: GenerateCommandOptions,
  io: CliIo,
): Promise<ExitCode> {
  const target = targetOf(options);
  const source = await readSource(files, options, io);
  const generated = generate({ ...source, target });
  const { diagnostics } = generated;
  const failed = hasErrors(diagnostics);
  const told = diagnostics.filter(({ severity }) => severity !== "info");
  if (told.length > 0) io.stderr(`${diagnosticsText(told)}${countsText(diagnostics)}\n`);
  const out = path.resolve(io.cwd, options.out);
  const result = failed ? { written: [], unchanged: [], removed: [] } : await writeFiles(out, generated.files);
  if (options.json) io.stdout(`${JSON.stringify({ ok: !failed, out: options.out, ...result, diagnostics })}\n`);
  if (failed) {
    io.stderr(
      "error: the model has errors; nothing was written\nhint: Correct them, or generate from another data model.\n",
    );
    return exitCodes.problems;
  }
  if (!options.json) {
    const { written, unchanged, removed } = result;
    io.stdout(
      `${generated.files.size} files in ${options.out}: ${written.length} written, ${unchanged.length} unchanged, ${removed.length} removed\n`,
    );
  }
  return exitCodes.ok;
}

function targetOf({ language, importExtension, int64 }: GenerateCommandOptions): Target {
  if (language !== "typescript") {
    throw new CliError(exitCodes.usage, `language ${language} is not known`, "Choose --language typescript.");
  }
  return typescript({
    ...(importExtension === undefined ? {} : { importExtension }),
    ...(int64 === undefined ? {} : { int64 }),
  });
}
