import ky from "ky";
import type { Method } from "./retry-policy.js";

/**
 * What sends requests: `globalThis.fetch`, or anything with the same behaviour for a `Request`, such as the `fetch` of an
 * emulator in the same process.
 */
export type Fetch = (request: Request) => Promise<Response>;

/** One request as it goes out. */
export interface Outgoing {
  readonly method: Method;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** One answer, read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/**
 * Sends one request once and reads the whole answer. Retries, time limits and errors of status are ours, so the
 * library's own are off. Redirects are not followed: the token would go where it was not meant to.
 */
export async function exchange(fetch: Fetch | undefined, outgoing: Outgoing, signal: AbortSignal): Promise<Answer> {
  const { method, url, headers, body } = outgoing;
  const send = fetch ?? globalThis.fetch;
  const response = await ky(url, {
    method,
    headers,
    signal,
    ...(body === undefined ? {} : { body }),
    redirect: "manual",
    retry: 0,
    timeout: false,
    throwHttpErrors: false,
    fetch: (input) => send(input instanceof Request ? input : new Request(input)),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}
