import { generate } from "../../codegen/index.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import type { CliIo } from "../io.js";
import { readSource, type SourceOptions } from "../model-source.js";
import { countsText, diagnosticsText, hasErrors } from "../report.js";

/** Options of `pygen validate`. */
export interface ValidateCommandOptions extends SourceOptions {
  readonly json?: boolean;
}

/** `pygen validate`: prints everything that is odd about a model. */
export async function validateCommand(
  files: readonly string[],
  options: ValidateCommandOptions,
  io: CliIo,
): Promise<ExitCode> {
  const source = await readSource(files, options, io);
  const { diagnostics } = generate(source);
  const failed = hasErrors(diagnostics);
  io.stdout(
    options.json
      ? `${JSON.stringify({ ok: !failed, diagnostics })}\n`
      : `${diagnosticsText(diagnostics)}${countsText(diagnostics)}\n`,
  );
  return failed ? exitCodes.problems : exitCodes.ok;
}
