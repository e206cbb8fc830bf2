import { Buffer } from "node:buffer";
import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";
import type { Dispatcher } from "undici";
import { type Answer, onAbort, type Transport } from "../../http/index.js";
import { textOf } from "./text-of.js";

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
  readonly headers: Answer["headers"];
  readonly chunks: readonly Buffer[];
}

/**
 * Sends one request and reads the whole answer, straight over the connections: the built-in fetch makes requests, streams
 * and signals of its own on the way, which cost as much again as the rest of a call.
 *
 * @throws TypeError as fetch does, whose cause says why there is no answer; the signal's reason when it is aborted
 */
export async function exchangeOver(dispatcher: Dispatcher, outgoing: Outgoing, signal: AbortSignal): Promise<Answer> {
  const { status, headers, chunks } = await dispatched(dispatcher, outgoing, signal);
  const unpack = unpackers.get(headers.get("content-encoding")?.toLowerCase() ?? "");
  if (unpack === undefined || chunks.length === 0) return { status, headers, text: textOf(chunks) };
  try {
    return { status, headers, text: textOf([await unpack(Buffer.concat(chunks))]) };
  } catch (error) {
    throw failed(error);
  }
}

function dispatched(dispatcher: Dispatcher, outgoing: Outgoing, signal: AbortSignal): Promise<Received> {
  const { method, url, body } = outgoing;
  const { origin, pathname, search } = new URL(url);
  const headers = { "accept-encoding": "gzip", ...outgoing.headers };
  return new Promise((resolve, reject) => {
    let undo = (): void => {};
    let status = 0;
    let received = headersOf({});
    const chunks: Buffer[] = [];
    dispatcher.dispatch(
      { origin, path: `${pathname}${search}`, method, headers, body: body ?? null },
      {
        onRequestStart(controller) {
          // Again for a request that is put off: only the last one can be stopped.
          undo();
          const stop = (): void => controller.abort(signal.reason);
          if (signal.aborted) stop();
          else undo = onAbort(signal, stop);
        },
        onResponseStart(_controller, statusCode, given) {
          status = statusCode;
          received = headersOf(given);
        },
        onResponseData(_controller, chunk) {
          chunks.push(chunk);
        },
        onResponseEnd() {
          undo();
          resolve({ status, headers: received, chunks });
        },
        onResponseError(_controller, error) {
          undo();
          reject(signal.aborted ? signal.reason : failed(error));
        },
      },
    );
  });
}

/** What a header says, by its name. A `Headers` would have Node load its own fetch, which nothing else here needs. */
function headersOf(given: Readonly<Record<string, string | string[] | undefined>>): Answer["headers"] {
  const values = new Map(Object.entries(given).map(([name, value = []]) => [name.toLowerCase(), [value].flat()]));
  return { get: (name) => values.get(name.toLowerCase())?.join(", ") ?? null };
}

function failed(cause: unknown): TypeError {
  return new TypeError("fetch failed", { cause });
}
