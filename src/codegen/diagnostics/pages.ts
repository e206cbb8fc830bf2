import type { Diagnostic } from "../../errors/index.js";
import { type DiagnosticCode, diagnosticRules } from "../../ir/index.js";
import { sourceHints } from "../sources/index.js";
import { type AnyDiagnosticCode, catalogue, type DiagnosticText, type ModelCode } from "./catalogue.js";

/** All there is to say about a code. */
export interface DiagnosticPage extends DiagnosticText {
  readonly code: AnyDiagnosticCode;
  readonly severity: Diagnostic["severity"];
  /** What to do. */
  readonly cure: string;
}

const cures: Readonly<Record<ModelCode, string>> = {
  "MODEL.INVALID":
    "Correct the place that the message names: create form, an answer of the service, or a toolkit file.",
  "MODEL.DUPLICATE": "Keep one of them.",
  "MODEL.NOT_FOUND": "Give files with data models or views, or one of the ids that the message lists.",
  "MODEL.AMBIGUOUS": "Name it as space/externalId@version.",
};

/**
 * Every code that a diagnostic can have, with what it means and what to do, sorted by code.
 *
 * @example
 * ```ts
 * import { diagnosticPages } from "pygen/codegen";
 * const page = diagnosticPages().find(({ code }) => code === "IR.NAME_CLASH");
 * ```
 */
export function diagnosticPages(): readonly DiagnosticPage[] {
  return Object.entries(catalogue)
    .map(([code, text]): DiagnosticPage => ({ ...text, ...ruleOf(code as AnyDiagnosticCode) }))
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}

function ruleOf(code: AnyDiagnosticCode): Pick<DiagnosticPage, "code" | "severity" | "cure"> {
  if (isIrCode(code)) {
    const [severity, cure] = diagnosticRules[code];
    return { code, severity, cure };
  }
  return { code, severity: "error", cure: isModelCode(code) ? cures[code] : sourceHints[code] };
}

function isIrCode(code: AnyDiagnosticCode): code is DiagnosticCode {
  return Object.hasOwn(diagnosticRules, code);
}

function isModelCode(code: AnyDiagnosticCode): code is ModelCode {
  return Object.hasOwn(cures, code);
}
