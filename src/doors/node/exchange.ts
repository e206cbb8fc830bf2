import { Buffer } from "node:buffer";
import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";
import type { Dispatcher } from "undici";
import type { Answer, Transport } from "../../http/index.js";

/** What was asked to go out. */
type Outgoing = Parameters<NonNullable<Transport["exchange"]>>[0];

/** How answers come packed, and what unpacks them. Only gzip is asked for. */
const unpackers: ReadonlyMap<string, (packed: Buffer) => Promise<Buffer>> = new Map([
  ["gzip", promisify(gunzip)],
  ["x-gzip", promisify(gunzip)],
  ["deflate", promisify(inflate)],
  ["br", promisify(brotliDecompress)],
]);

interface Received {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

/**
 * Sends one request and reads the whole answer, straight over the connections: the built-in fetch makes requests, streams
 * and signals of its own on the way, which cost as much again as the rest of a call.
 *
 * @throws TypeError as fetch does, whose cause says why there is no answer; the signal's reason when it is aborted
 */
export async function exchangeOver(dispatcher: Dispatcher, outgoing: Outgoing, signal: AbortSignal): Promise<Answer> {
  const { status, headers, body } = await dispatched(dispatcher, outgoing, signal);
  const unpack = unpackers.get(headers.get("content-encoding")?.toLowerCase() ?? "");
  const text = unpack === undefined || body.length === 0 ? body : await unpack(body).catch(failed);
  return { status, headers, text: new TextDecoder().decode(text) };
}

function dispatched(dispatcher: Dispatcher, outgoing: Outgoing, signal: AbortSignal): Promise<Received> {
  const { method, url, body } = outgoing;
  const { origin, pathname, search } = new URL(url);
  const headers = { "accept-encoding": "gzip", ...outgoing.headers };
  return new Promise((resolve, reject) => {
    let stop: (() => void) | undefined;
    let status = 0;
    let received = new Headers();
    const chunks: Buffer[] = [];
    const settled = (): void => {
      if (stop) signal.removeEventListener("abort", stop);
    };
    dispatcher.dispatch(
      { origin, path: `${pathname}${search}`, method, headers, body: body ?? null },
      {
        onRequestStart(controller) {
          // Again for a request that is put off: only the last one can be stopped.
          settled();
          stop = () => controller.abort(signal.reason);
          if (signal.aborted) stop();
          else signal.addEventListener("abort", stop, { once: true });
        },
        onResponseStart(_controller, statusCode, given) {
          status = statusCode;
          received = headersOf(given);
        },
        onResponseData(_controller, chunk) {
          chunks.push(chunk);
        },
        onResponseEnd() {
          settled();
          resolve({
            status,
            headers: received,
            body: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks),
          });
        },
        onResponseError(_controller, error) {
          settled();
          if (signal.aborted) reject(signal.reason);
          else failed(error).catch(reject);
        },
      },
    );
  });
}

function headersOf(given: Readonly<Record<string, string | string[] | undefined>>): Headers {
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(given)) {
    for (const value of typeof values === "string" ? [values] : values) headers.append(name, value);
  }
  return headers;
}

async function failed(cause: unknown): Promise<never> {
  throw new TypeError("fetch failed", { cause });
}
