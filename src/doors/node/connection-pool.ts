import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Dispatcher } from "undici";
import { AbortError } from "../../errors/index.js";
import type { Answer, Transport } from "../../http/index.js";
import { dispatcherOf } from "./dispatcher.js";
import { exchangeOver } from "./exchange.js";
import type { ConnectionPoolOptions } from "./options.js";

const pack = promisify(gzip);

/** Bytes of a piece of what is packed, at least. */
const smallestPiece = 16_384;

/** Connections of a client's own, kept open between calls. Made by {@link connectionPool}. */
export class ConnectionPool implements Transport {
  // Private to the runtime too: the proxy's password in it must not show when a client is printed.
  readonly #dispatcher: Dispatcher;
  #closing: Promise<void> | undefined;

  /** Use {@link connectionPool}. */
  constructor(options: ConnectionPoolOptions) {
    this.#dispatcher = dispatcherOf(options);
  }

  /** Sends one request by the built-in fetch, over this pool: for uploads and downloads. */
  readonly fetch = async (request: Request): Promise<Response> => {
    this.#refuseClosed();
    return globalThis.fetch(request, overPool(this.#dispatcher, request));
  };

  /** Sends one request and reads the whole answer, at less cost than by `fetch`. */
  readonly exchange: NonNullable<Transport["exchange"]> = async (outgoing, signal): Promise<Answer> => {
    this.#refuseClosed();
    return exchangeOver(this.#dispatcher, outgoing, signal);
  };

  /**
   * Packs a body off the main thread, with the least effort: more costs time and saves little of JSON. Most of it fits a
   * quarter of its length, and is packed in one go then; every other piece would wait for the main thread.
   */
  readonly compress = async (text: string): Promise<Uint8Array<ArrayBuffer>> =>
    new Uint8Array(await pack(text, { level: 1, chunkSize: Math.max(smallestPiece, text.length >> 2) }));

  /** Ends all connections at once; calls under way fail. `close()` of the client does this too. */
  close(): Promise<void> {
    this.#closing ??= this.#dispatcher.destroy();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #refuseClosed(): void {
    if (this.#closing !== undefined) throw new AbortError("ABORT.CLOSED", "The connection pool is closed.");
  }
}

/** The built-in fetch takes a dispatcher that its type in the DOM's library does not know. */
function overPool(dispatcher: Dispatcher, { redirect }: Request): RequestInit {
  // Without a window, a streamed body is not kept in case of a redirect that is not followed anyway.
  const init: RequestInit = redirect === "error" ? { window: null } : {};
  return Object.assign<RequestInit, { dispatcher: unknown }>(init, { dispatcher });
}

/**
 * Connections for a client in Node: kept alive and limited in number, with HTTP/2, a proxy or certificates of your own
 * where asked for, and bodies packed by zlib. Only this client's calls use them; the process's global dispatcher stays
 * as it is. Close it, or the client, when done.
 *
 * @throws ConfigError when an option is wrong
 *
 * @example
 * ```ts
 * import { PygenClient, tokenProvider } from "pygen";
 * import { connectionPool } from "pygen/node";
 *
 * const client = new PygenClient({
 *   cluster: "westeurope-1",
 *   project: "acme",
 *   application: "turbine-report",
 *   credentials: tokenProvider(() => fetchToken()),
 *   transport: connectionPool({ connections: 16, proxy: "environment" }),
 * });
 * await client.spaces.list();
 * await client.close();
 * ```
 */
export function connectionPool(options: ConnectionPoolOptions = {}): ConnectionPool {
  return new ConnectionPool(options);
}
