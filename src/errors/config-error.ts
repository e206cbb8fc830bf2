import { type ErrorDetails, PygenError } from "./pygen-error.js";

/** Codes of {@link ConfigError}. */
export type ConfigErrorCode = `CONFIG.${string}`;

/** An option is missing, unknown, wrong, or contradicts another; the message names it. */
export class ConfigError extends PygenError {
  declare readonly code: ConfigErrorCode;

  constructor(code: ConfigErrorCode, message: string, details: ErrorDetails = {}) {
    super("config", "ConfigError", code, message, details);
  }
}
