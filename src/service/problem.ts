import type { Diagnostic } from "../errors/index.js";

/** Statuses of refusals. */
export type ProblemStatus = 400 | 401 | 403 | 404 | 405 | 408 | 413 | 415 | 422 | 429 | 500 | 502 | 503;

/** One thing that is wrong with a request. */
export interface RequestFault {
  /** Where in the body, for example `config.exclude.views`. */
  readonly path: string;
  readonly message: string;
}

/** What goes with a problem. */
export interface ProblemDetails {
  /** What to do about it. */
  readonly hint?: string;
  readonly errors?: readonly RequestFault[];
  readonly diagnostics?: readonly Diagnostic[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** A refusal, answered as `application/problem+json` (RFC 9457). */
export class Problem extends Error {
  override readonly name = "Problem";

  constructor(
    readonly status: ProblemStatus,
    /** Stable and dotted: `REQUEST.…`, `ACCESS.…`, `LIMIT.…`, `MODEL.…`, `SERVICE.…`. */
    readonly code: string,
    message: string,
    readonly details: ProblemDetails = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
  }
}

const titles: Readonly<Record<ProblemStatus, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  408: "Request Timeout",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  429: "Too Many Requests",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Unavailable",
};

/** Of a refusal nobody reads more: what quotes a model may be as long as the model. */
const most = { characters: 2_000, diagnostics: 200 };

function short(text: string): string {
  return text.length > most.characters ? `${text.slice(0, most.characters)}…` : text;
}

/** The answer that tells a problem. */
export function problemResponse({ status, code, message, details }: Problem, requestId: string): Response {
  const { hint, errors, diagnostics, headers } = details;
  const body = {
    type: "about:blank",
    title: titles[status],
    status,
    detail: short(message),
    code,
    hint,
    requestId,
    errors: errors?.map(({ path, message: fault }) => ({ path: short(path), message: short(fault) })),
    diagnostics: diagnostics?.slice(0, most.diagnostics).map((each) => ({ ...each, message: short(each.message) })),
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store", ...headers },
  });
}
