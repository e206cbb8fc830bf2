import { isRecord } from "../../models/index.js";
import type { CogniteAnswer } from "./cognite-client.js";

/**
 * The answer behind an error of `@cognite/sdk`: an `HttpError` holds it, a `CogniteError` what the service said in it.
 * `undefined` for errors of another kind, such as a failed connection.
 */
export function refusalOf(error: unknown): CogniteAnswer | undefined {
  if (!isRecord(error) || typeof error["status"] !== "number") return undefined;
  const { status, data, headers, requestId } = error;
  const own = typeof requestId === "string" ? { "x-request-id": requestId } : {};
  return {
    status,
    headers: isRecord(headers) ? (headers as CogniteAnswer["headers"]) : own,
    data: data ?? envelopeOf(status, error),
  };
}

/** An error body as the service writes it (contract 2.1). */
function envelopeOf(code: number, error: Readonly<Record<string, unknown>>): unknown {
  const { errorMessage, message, missing, duplicated, extra } = error;
  return { error: { code, message: errorMessage ?? message, missing, duplicated, extra } };
}

/** A body as text: of a client that reads JSON whatever it is asked for (as doubles in tests do), JSON again. */
export function textOf(data: unknown): string {
  if (typeof data === "string") return data;
  if (data instanceof ArrayBuffer) return new TextDecoder().decode(data);
  return data === undefined ? "" : JSON.stringify(data);
}
