import { type ErrorDetails, PygenError } from "./pygen-error.js";

/** One problem of a data model. */
export interface Diagnostic {
  /** Stable and dotted, for example `MODEL.MISSING_VIEW`. */
  readonly code: string;
  readonly severity: "error" | "warning" | "info";
  readonly message: string;
  /** Where, for example `views.wind/Turbine@v1.properties.blades`. */
  readonly place: string;
  /** What to do about it. */
  readonly hint?: string;
}

/** Codes of {@link ModelError}. */
export type ModelErrorCode = `MODEL.${string}`;

/** A data model that cannot be used; every problem at once in `diagnostics`. */
export class ModelError extends PygenError {
  declare readonly code: ModelErrorCode;
  readonly diagnostics: readonly Diagnostic[];

  constructor(
    code: ModelErrorCode,
    message: string,
    diagnostics: readonly Diagnostic[] = [],
    details: ErrorDetails = {},
  ) {
    super("model", "ModelError", code, message, details);
    this.diagnostics = diagnostics;
  }
}
