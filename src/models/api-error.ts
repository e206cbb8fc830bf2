import { isRecord, type JsonObject } from "./json.js";

/** The error object in the body of a refused call (contract 2.1). */
export interface ApiErrorBody {
  readonly code: number;
  readonly message: string;
  readonly missing?: readonly JsonObject[];
  readonly duplicated?: readonly JsonObject[];
  readonly isAutoRetryable?: boolean;
}

/** The error object that a body holds; gateways answer with bodies of other forms. */
export function errorIn(body: unknown): ApiErrorBody | undefined {
  const error = isRecord(body) ? body["error"] : undefined;
  return isErrorBody(error) ? error : undefined;
}

function isErrorBody(error: unknown): error is ApiErrorBody {
  if (!isRecord(error)) return false;
  const { code, message, missing, duplicated, isAutoRetryable } = error;
  const named = typeof code === "number" && typeof message === "string";
  const listed = [missing, duplicated].every(
    (list) => list === undefined || (Array.isArray(list) && list.every(isRecord)),
  );
  return named && listed && (isAutoRetryable === undefined || typeof isAutoRetryable === "boolean");
}
