import { type ErrorDetails, PygenError } from "./pygen-error.js";

/** Codes of {@link InputError}. */
export type InputErrorCode = `INPUT.${string}`;

/** What {@link InputError} can tell beyond other errors. */
export interface InputErrorDetails extends ErrorDetails {
  /** Where in the arguments, for example `items[3].space`. */
  readonly path?: string | undefined;
}

/** An argument of a call is wrong; nothing was sent. */
export class InputError extends PygenError {
  declare readonly code: InputErrorCode;
  /** Where in the arguments, for example `items[3].space`. */
  declare readonly path?: string;

  constructor(code: InputErrorCode, message: string, details: InputErrorDetails = {}) {
    super("input", "InputError", code, message, { ...details, outcome: "unsent" });
    if (details.path !== undefined) Object.assign(this, { path: details.path });
  }
}
