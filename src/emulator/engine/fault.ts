import type { JsonObject } from "../../models/index.js";

/** A refusal of the service: becomes the error envelope of contract 2.1. */
export class Fault extends Error {
  override readonly name = "Fault";

  constructor(
    readonly status: 400 | 401 | 403 | 404 | 405 | 408 | 409 | 413 | 422 | 429 | 503,
    message: string,
    readonly details: { readonly missing?: readonly JsonObject[]; readonly duplicated?: readonly JsonObject[] } = {},
  ) {
    super(message);
  }
}

/** A refusal for a request that can never succeed as it is. */
export function badRequest(message: string): Fault {
  return new Fault(400, message);
}

/** A refusal for a request that takes too long (contract 2.2). */
export function timedOut(): Fault {
  return new Fault(408, "Graph query timed out. Reduce load or contention, or optimise your query.");
}
