import { InputError } from "../errors/index.js";
import type { TransferRequest } from "./request.js";
import type { Answer, Send } from "./transport.js";

/** An answer whose body is left to the caller when it is a success. */
export interface Received extends Answer {
  readonly response: Response;
}

/** Runtimes hold requests and joined signals but weakly: once they are collected, an abort stops nothing. */
const held = new WeakMap<Response, readonly unknown[]>();

/** Sends a body of any kind once. With a token on board, or a body, redirects are not followed. */
export async function sendTransfer(send: Send, address: URL, init: RequestInit, signed: boolean): Promise<Received> {
  const stream = isStream(init.body);
  // A runtime that may have to follow a redirect keeps a copy of the whole stream for it.
  const redirect = stream ? "error" : signed || init.method !== "GET" ? "manual" : "follow";
  const request = new Request(address, { ...init, redirect, ...(stream && { duplex: "half" }) });
  const response = await send(request);
  held.set(response, [request, init.signal]);
  const { status, headers } = response;
  return { status, headers, text: response.ok ? "" : await response.text(), response };
}

/** Whether a body can be sent only once. */
export function isStream(body: unknown): boolean {
  return body instanceof ReadableStream || (typeof body === "object" && body !== null && Symbol.asyncIterator in body);
}

/** Milliseconds that a body may take to be sent: 10 s for each MB, any time where its size is not known. */
export function allowanceOf(body: TransferRequest["body"]): number {
  if (body === undefined) return 0;
  if (typeof body === "string") return body.length / 100;
  if (body instanceof Blob) return body.size / 100;
  return "byteLength" in body ? body.byteLength / 100 : Number.POSITIVE_INFINITY;
}

/** An address, which may be relative to that of the service. */
export function addressIn(baseUrl: string, url: string): URL {
  try {
    return new URL(url, `${baseUrl}/`);
  } catch {
    throw new InputError("INPUT.URL", "The url of a transfer must be an address.", { path: "url" });
  }
}
