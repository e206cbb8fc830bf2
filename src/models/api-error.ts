import type { JsonObject } from "./json.js";

/** The error object in the body of a refused call (contract 2.1). */
export interface ApiErrorBody {
  readonly code: number;
  readonly message: string;
  readonly missing?: readonly JsonObject[];
  readonly duplicated?: readonly JsonObject[];
  readonly isAutoRetryable?: boolean;
}
