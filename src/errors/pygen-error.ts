import { type ErrorKind, errorBrand } from "./brand.js";
import { redact, redactJson, redactUrl } from "./redact.js";
import { causeToJSON, safeCause, setHidden } from "./safe-cause.js";

/** Names one thing that a call could not find or met twice, as the service gave it. */
export type ErrorItem = Readonly<Record<string, unknown>>;

/**
 * What became of what a failed call asked for: `"unsent"` when nothing left the client, `"refused"` when the service did
 * nothing, `"unknown"` when it may have been applied.
 */
export type Outcome = "unsent" | "refused" | "unknown";

/** What an error can tell beyond its code and message. */
export interface ErrorDetails {
  /** HTTP status of the answer. */
  readonly status?: number | undefined;
  /** The service's id of the request: quote it in support cases. */
  readonly requestId?: string | undefined;
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly missing?: readonly ErrorItem[] | undefined;
  readonly duplicated?: readonly ErrorItem[] | undefined;
  readonly mismatched?: readonly ErrorItem[] | undefined;
  /** Where in the arguments or in the answer, for example `items[3].space`. */
  readonly path?: string | undefined;
  /** What to do about it. */
  readonly hint?: string | undefined;
  readonly outcome?: Outcome | undefined;
  readonly cause?: unknown;
  /** Values that must not appear anywhere in the error; they are not kept. */
  readonly secrets?: readonly string[] | undefined;
}

/** An error as `JSON.stringify` shows it. */
export interface ErrorJSON {
  readonly name: string;
  readonly code: string;
  readonly message: string;
  readonly [detail: string]: unknown;
}

/**
 * Base of every error of this package. Tokens, passwords and signatures are taken out when the error is made, from
 * its message, its address and its whole chain of causes, so it can be logged as it is.
 *
 * Recognise errors with `isPygenError`, `isApiError`, ... and by `code`, which is stable; messages are for people.
 *
 * @example
 * ```ts
 * import { isApiError } from "pygen";
 *
 * try {
 *   await client.spaces.create([{ space: "wind" }]);
 * } catch (error) {
 *   if (isApiError(error) && error.code === "API.FORBIDDEN") console.error(error.hint, error.requestId);
 *   else throw error;
 * }
 * ```
 */
export abstract class PygenError extends Error {
  /** Stable and dotted, for example `API.NOT_FOUND`. */
  readonly code: string;
  /** HTTP status, where there was an answer. */
  declare readonly status?: number;
  /** The service's id of the request. */
  declare readonly requestId?: string;
  declare readonly method?: string;
  /** The address, without credentials and secrets. */
  declare readonly url?: string;
  /** What the service could not find. */
  declare readonly missing?: readonly ErrorItem[];
  /** What the service met twice. */
  declare readonly duplicated?: readonly ErrorItem[];
  /** Instances with values that are not as their views say, `{ space, externalId, path }` each: the first 20 of a page. */
  declare readonly mismatched?: readonly ErrorItem[];
  /** Where in the arguments or in the answer something is wrong, for example `items[3].space`. */
  declare readonly path?: string;
  /** What to do about it. */
  declare readonly hint?: string;
  /** Whether what the call asked for may have been applied; on errors of calls. */
  declare readonly outcome?: Outcome;

  protected constructor(kind: ErrorKind, name: string, code: string, message: string, details: ErrorDetails = {}) {
    const secrets = details.secrets ?? [];
    super(
      redact(message, secrets),
      details.cause === undefined ? undefined : { cause: safeCause(details.cause, secrets) },
    );
    setHidden(this, "name", name);
    setHidden(this, errorBrand, kind);
    this.code = code;
    const { status, requestId, method, url, missing, duplicated, mismatched, path, hint, outcome } = details;
    Object.assign(
      this,
      withoutUndefined({
        status,
        requestId: requestId && redact(requestId, secrets),
        method,
        url: url && redactUrl(url, secrets),
        missing: missing && redactJson(missing, secrets),
        duplicated: duplicated && redactJson(duplicated, secrets),
        mismatched,
        path,
        hint: hint && redact(hint, secrets),
        outcome,
      }),
    );
  }

  /** The error as plain data: code, message and all details, without the stack. */
  toJSON(): ErrorJSON {
    const details = Object.fromEntries(Object.entries(this).filter(([key]) => key !== "code"));
    return {
      name: this.name,
      code: this.code,
      message: this.message,
      ...details,
      ...(this.cause === undefined ? {} : { cause: causeToJSON(this.cause) }),
    };
  }
}

function withoutUndefined(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
