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
  /** JSON, as text or as bytes (which may be packed: see `content-encoding`). */
  readonly body: string | Uint8Array<ArrayBuffer> | undefined;
}

/** One answer, read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: Pick<Headers, "get">;
  readonly text: string;
}

/** How requests leave. `fetch` is enough; the rest has defaults. */
export interface Transport {
  readonly fetch: Fetch;
  /** Sends one attempt, and reads the answer to its end. @defaultValue over `fetch`, redirects not followed */
  exchange?(outgoing: Outgoing, signal: AbortSignal): Promise<Answer>;
  /** Packs a body with gzip; `false`: never. @defaultValue `CompressionStream`, where there is one */
  readonly compress?: ((text: string) => Promise<Uint8Array<ArrayBuffer>>) | false;
  /** It signs requests itself: credentials are not asked, no authorization header is added. */
  readonly signsRequests?: boolean;
  /** It repeats requests itself: each is given to it once, without retries and without a refresh of the token. */
  readonly repeatsRequests?: boolean;
  /** Releases what it holds. */
  close?(): Promise<void>;
}

/** A JSON body, as text or as bytes. */
type Body = Outgoing["body"];

/**
 * Sends a request, whose JSON body may stand beside it: runtimes read a body that is inside of a request as a stream,
 * and copy it each time the request is.
 */
export type Send = (request: Request, body?: Body) => Promise<Response>;

/** Sends by the fetch of a transport. The platform's own takes no `this`, and is looked up anew, as tools replace it. */
export function sendBy(transport: Transport): Send {
  if (transport.fetch !== globalThis.fetch)
    return (request, body) => transport.fetch(body === undefined ? request : new Request(request, { body }));
  // Without a window, a body is not copied in case of a redirect that is not followed anyway.
  return (request, body) =>
    globalThis.fetch(request, {
      ...(body !== undefined && { body }),
      ...(request.redirect === "error" && { window: null }),
    });
}

/**
 * Sends one request once and reads the whole answer. Retries, time limits and errors of status are ours, so the
 * library's own are off. Redirects are not followed: the token would go where it was not meant to.
 */
export async function exchange(send: Send, outgoing: Outgoing, signal: AbortSignal): Promise<Answer> {
  const { method, url, headers, body } = outgoing;
  const response = await ky(url, {
    method,
    headers,
    signal,
    redirect: "manual",
    retry: 0,
    timeout: false,
    throwHttpErrors: false,
    fetch: (input) => send(input as Request, body),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}
