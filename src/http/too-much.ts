import { isApiError } from "../errors/index.js";

/** Whether the service ran out of time (contract 2.4) or refused the size of it, so that less at once may do. */
export function isTooMuch(error: unknown): boolean {
  return isApiError(error) && (error.status === 408 || error.status === 413);
}
