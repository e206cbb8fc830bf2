import { isApiError, isPygenError, type Outcome } from "../errors/index.js";

/**
 * Whether what a failed call asked for may have been applied. Errors of calls say it themselves, their earlier attempts
 * included; of others their kind does.
 */
export function outcomeOf(error: unknown): Outcome {
  if (!isPygenError(error)) return "unknown";
  return error.outcome ?? (isApiError(error) ? outcomeOfStatus(error.status) : "unknown");
}

/** What a status says: a 408 or 5xx may come after the work was done, and a success may turn out to be unreadable. */
export function outcomeOfStatus(status: number): Outcome {
  return status === 408 || status > 499 || (status > 199 && status < 300) ? "unknown" : "refused";
}
