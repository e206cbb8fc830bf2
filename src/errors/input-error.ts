import { type ErrorDetails, PygenError } from "./pygen-error.js";

/** Codes of {@link InputError}. */
export type InputErrorCode = `INPUT.${string}`;

/** An argument of a call is wrong; nothing was sent. */
export class InputError extends PygenError {
  declare readonly code: InputErrorCode;

  constructor(code: InputErrorCode, message: string, details: ErrorDetails = {}) {
    super("input", "InputError", code, message, { ...details, outcome: "unsent" });
  }
}
