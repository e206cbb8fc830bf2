import { type Diagnostic, ModelError } from "../../errors/index.js";

/** Codes of what can be wrong with a file that a model is read from. */
export type SourceCode =
  | "SOURCE.SYNTAX"
  | "SOURCE.NOT_A_MODEL"
  | "SOURCE.VARIABLE_MISSING"
  | "SOURCE.DML_MODEL"
  | "SOURCE.DML_TYPE"
  | "SOURCE.DML_DIRECTIVE";

/** What to do, by code. */
export const sourceHints: Readonly<Record<SourceCode, string>> = {
  "SOURCE.SYNTAX": "Correct the file; its ending says how it is read: .json, .yaml or .graphql.",
  "SOURCE.NOT_A_MODEL":
    "Give a file in create form, an answer of the service, a file of the CDF toolkit (NAME.view.yaml), or GraphQL.",
  "SOURCE.VARIABLE_MISSING": "Give its value by --variable NAME=VALUE, or a file with values by --variables.",
  "SOURCE.DML_MODEL": "Name the data model by --data-model space/externalId@version.",
  "SOURCE.DML_TYPE":
    "Define each type and field of the file once, or import a type from another data model by @import.",
  "SOURCE.DML_DIRECTIVE": "Correct the directive's arguments.",
};

/** One problem of a file; `line` counts from 1. */
export function sourceProblem(code: SourceCode, path: string, message: string, line?: number): Diagnostic {
  const place = line === undefined ? path : `${path}:${line}`;
  return { code, severity: "error", place, message: `${place}: ${message}`, hint: sourceHints[code] };
}

/** What ends reading, with all problems. */
export function unusable(diagnostics: readonly Diagnostic[]): ModelError {
  const [first] = diagnostics;
  const more = diagnostics.length > 1 ? ` (and ${diagnostics.length - 1} more)` : "";
  return new ModelError("MODEL.INVALID", `not a usable data model: ${first?.message ?? ""}${more}`, diagnostics, {
    hint: first?.hint,
  });
}
