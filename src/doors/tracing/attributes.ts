import type { CallInfo, RequestEndEvent, ResponseEvent, RetryEvent } from "../../http/index.js";

/** What spans and events say: names by OpenTelemetry's HTTP conventions, and ours under `pygen.`. */
export type Facts = Record<string, string | number>;

/** Where a name of the user's stands in an address, and what stands for it in the route. */
const placeholders: readonly (readonly [RegExp, string])[] = [
  [/^projects\/[^/]+/, "projects/{project}"],
  [
    /\/userapis\/spaces\/[^/]+\/datamodels\/[^/]+\/versions\/[^/]+/,
    "/userapis/spaces/{space}/datamodels/{externalId}/versions/{version}",
  ],
  // The service's own words are lower case letters; anything else is an id.
  [/\/(?!\{)[^/]*[^/a-z][^/]*/g, "/{id}"],
];

/**
 * The path of an address with place holders for everything that a user names, so that spans of one kind have one name;
 * `undefined` for addresses outside of the service, which storage makes up for one upload or download.
 */
export function routeOf(url: URL): string | undefined {
  const [, path] = /\/api\/v1\/(.*)$/.exec(url.pathname) ?? [];
  if (path === undefined) return undefined;
  return `/api/v1/${placeholders.reduce((text, [pattern, name]) => text.replace(pattern, name), path)}`;
}

/** What is known when a call begins. Queries stay out, and paths of storage, which may hold a signature. */
export function startFacts(call: CallInfo, url: URL, route: string | undefined): Facts {
  return {
    "http.request.method": call.method,
    "url.full": route === undefined ? url.origin : `${url.origin}${url.pathname}`,
    ...(route === undefined ? {} : { "url.template": route }),
    "server.address": url.hostname,
    "server.port": Number(url.port) || (url.protocol === "https:" ? 443 : 80),
    "pygen.lane": call.lane,
  };
}

/** The answer of an attempt. */
export function answerFacts({ status, requestId, responseBytes }: ResponseEvent): Facts {
  return {
    "http.response.status_code": status,
    "http.response.body.size": responseBytes,
    ...(requestId === undefined ? {} : { "pygen.request_id": requestId }),
  };
}

/** One repetition. */
export function retryFacts({ attempt, code, status, waitMilliseconds }: RetryEvent): Facts {
  return {
    "http.request.resend_count": attempt,
    "error.type": status === undefined ? code : String(status),
    "pygen.error.code": code,
    "pygen.wait_ms": waitMilliseconds,
  };
}

/** What is known when a call is done. Messages of errors stay out: they may quote data. */
export function endFacts({ attempts, queuedMilliseconds, error }: RequestEndEvent): Facts {
  return {
    "pygen.queued_ms": queuedMilliseconds,
    ...(attempts > 1 ? { "http.request.resend_count": attempts - 1 } : {}),
    ...(error === undefined
      ? {}
      : { "error.type": String(error.status ?? error.code), "pygen.error.code": error.code }),
  };
}
