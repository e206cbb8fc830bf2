import {
  type Diagnostic,
  isConfigError,
  isInputError,
  isModelError,
  isPygenError,
  isQueryError,
} from "../errors/index.js";
import { CliError } from "./cli-error.js";
import { type ExitCode, exitCodes } from "./exit-codes.js";
import type { CliIo } from "./io.js";

/**
 * Tells what ended a command, and gives its exit code. Stack traces come with `PYGEN_DEBUG` only.
 *
 * @param asJson - whether the command was to print its result as JSON: that it has none is told in the same way
 */
export function reportError(error: unknown, io: CliIo, asJson: boolean): ExitCode {
  const hint = hintOf(error);
  if (asJson) io.stdout(`${JSON.stringify(errorResult(error))}\n`);
  const message = error instanceof Error ? error.message : String(error);
  const more = isModelError(error) && error.diagnostics.length > 1 ? diagnosticsText(error.diagnostics) : "";
  io.stderr(`error: ${message}\n${more}${hint ? `hint: ${hint}\n` : ""}`);
  if (io.env["PYGEN_DEBUG"] && error instanceof Error) io.stderr(`${error.stack ?? ""}\n`);
  return exitCodeOf(error);
}

/** What stands in place of a result. */
function errorResult(error: unknown): object {
  const message = error instanceof Error ? error.message : String(error);
  if (!isPygenError(error)) return { ok: false, error: { message, hint: hintOf(error) }, diagnostics: [] };
  const { diagnostics = [], ...details } = error.toJSON();
  return { ok: false, error: details, diagnostics };
}

function hintOf(error: unknown): string | undefined {
  if (error instanceof CliError || isPygenError(error)) return error.hint;
  if (isSystemError(error)) return "Check the path, and what you may do there.";
  return "This is a fault of pygen. Run again with PYGEN_DEBUG=1 and report what it prints.";
}

/** Codes of settings that are right in themselves, and meet a port or a folder that is not. */
const unreachable: ReadonlySet<string> = new Set(["CONFIG.PORT_IN_USE", "CONFIG.LISTEN", "CONFIG.OUTPUT"]);

function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CliError) return error.exitCode;
  if (isModelError(error)) return exitCodes.problems;
  if (isConfigError(error)) return unreachable.has(error.code) ? exitCodes.unreachable : exitCodes.usage;
  if (isQueryError(error) || isInputError(error)) return exitCodes.usage;
  return isPygenError(error) || isSystemError(error) ? exitCodes.unreachable : exitCodes.fault;
}

/** Whether the operating system refused something: a path leads through a file, a disk is full. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && "syscall" in error;
}

const titles: Readonly<Record<Diagnostic["severity"], string>> = { error: "error", warning: "warning", info: "note" };

/** Diagnostics for people: the worst first. */
export function diagnosticsText(diagnostics: readonly Diagnostic[]): string {
  return bySeverity(diagnostics)
    .map(({ severity, code, place, message, hint }) => {
      const text = message.startsWith(place) || place === "" ? message : `${place}: ${message}`;
      return `${titles[severity]} ${code} ${text}\n${hint ? `  ${hint}\n` : ""}`;
    })
    .join("");
}

/** The diagnostics that are told beside what a command does: errors, warnings unless it is quiet, notes if it is verbose. */
export function told(diagnostics: readonly Diagnostic[], { verbosity }: CliIo): readonly Diagnostic[] {
  const shown = { quiet: ["error"], normal: ["error", "warning"], verbose: ["error", "warning", "info"] };
  return diagnostics.filter(({ severity }) => shown[verbosity ?? "normal"].includes(severity));
}

/** `2 errors, 1 warning, 0 notes`. */
export function countsText(diagnostics: readonly Diagnostic[]): string {
  const count = (severity: Diagnostic["severity"]): string => {
    const found = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    return `${found} ${titles[severity]}${found === 1 ? "" : "s"}`;
  };
  return [count("error"), count("warning"), count("info")].join(", ");
}

/** Whether any of them is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}

function bySeverity(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const ranks = { error: 0, warning: 1, info: 2 };
  return [...diagnostics].sort((a, b) => ranks[a.severity] - ranks[b.severity]);
}
