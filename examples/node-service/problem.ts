import {
  isAbortError,
  isApiError,
  isCredentialsError,
  isNetworkError,
  isPygenError,
  isQueryError,
  isTimeoutError,
  type PygenError,
} from "pygen";

/** What went wrong, as RFC 9457 tells it. */
export interface Problem {
  readonly status: 400 | 404 | 500 | 502 | 503 | 504;
  readonly title: string;
  readonly detail?: string;
  /** The error's stable code. */
  readonly code?: string;
  /** The data service's id of the request: for support cases. */
  readonly requestId?: string;
}

export function problem(content: Problem): Response {
  return new Response(JSON.stringify({ type: "about:blank", ...content }), {
    status: content.status,
    headers: { "content-type": "application/problem+json" },
  });
}

/** The answer for an error. Callers learn nothing of our credentials or addresses: that is for the log. */
export function problemAnswer(error: unknown): Response {
  if (!isPygenError(error)) {
    console.error(error);
    return problem({ status: 500, title: "Internal error" });
  }
  // The caller went away: nobody reads the answer, and nothing is wrong.
  if (isAbortError(error)) return problem({ status: 500, title: "The call was stopped" });
  console.error(JSON.stringify(error));
  return problem({
    ...summary(error),
    code: error.code,
    ...(error.requestId === undefined ? {} : { requestId: error.requestId }),
  });
}

function summary(error: PygenError): Pick<Problem, "status" | "title" | "detail"> {
  if (isQueryError(error)) return { status: 400, title: "Invalid query", detail: error.message };
  if (isTimeoutError(error)) return { status: 504, title: "The data service took too long" };
  if (isNetworkError(error)) return { status: 502, title: "The data service cannot be reached" };
  if (isCredentialsError(error)) return { status: 503, title: "This service cannot sign in to the data service" };
  if (isApiError(error)) {
    return error.status === 429 || error.status >= 500
      ? { status: 503, title: "The data service is busy or down: try again later" }
      : { status: 502, title: "The data service refused the request" };
  }
  return { status: 500, title: "Internal error" };
}
