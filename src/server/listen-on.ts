import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import { ConfigError } from "../errors/index.js";

/** Where and how to listen. */
export interface ListenOptions {
  /** The port to listen on; 0 takes a free one. @defaultValue 0 */
  readonly port?: number;
  /** The address to listen on. @defaultValue "127.0.0.1", which other machines cannot reach */
  readonly host?: string;
  /** Milliseconds that calls under way have to end when it closes. @defaultValue 5000 */
  readonly grace?: number;
}

/** A server that listens. */
export interface Listening {
  /** Where: for example `http://127.0.0.1:4000`. */
  readonly url: string;
  /**
   * Takes no new connection, ends those that are idle, and lets calls under way end; those that are not done in time are
   * cut off. Calling it again does nothing more.
   */
  readonly close: () => Promise<void>;
}

/** Where a request comes from. */
export interface Connection {
  readonly address: string | undefined;
  /** Ends it at once, also within an answer. */
  readonly disconnect: () => void;
}

/** Answers a request. */
export type Serve = (request: Request, from: Connection) => Promise<Response>;

/** What Node has of a request and its answer. */
interface Exchange {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
}

/** Longer than clients keep connections, so that it is never the server that ends one while a call is on its way. */
const KEEP_ALIVE = 75_000;

/**
 * Serves on a port of this machine.
 *
 * @throws ConfigError `CONFIG.PORT_IN_USE` when another program has the port, `CONFIG.LISTEN` when it cannot be had
 */
export async function listenOn(serve: Serve, options: ListenOptions = {}): Promise<Listening> {
  const { port = 0, host = "127.0.0.1", grace = 5000 } = options;
  const answer = async (request: Request, { incoming, outgoing }: Exchange): Promise<Response> => {
    try {
      return await serve(request, { address: incoming.socket.remoteAddress, disconnect: () => outgoing.destroy() });
    } catch (error) {
      // It rejects for clients that have gone alone: nobody is there to read this.
      if (request.signal.aborted) return new Response(null, { status: 499 });
      throw error;
    }
  };
  const fetch = answer as (request: Request, environment: object) => Promise<Response>;
  const server = createAdaptorServer({ fetch, overrideGlobalObjects: false }) as Server;
  server.keepAliveTimeout = KEEP_ALIVE;
  server.headersTimeout = KEEP_ALIVE + 1000;
  const bound = await bind(server, port, host);
  let closing: Promise<void> | undefined;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}`,
    close: () => {
      closing ??= close(server, grace);
      return closing;
    },
  };
}

function bind(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(refused(error, port, host)));
    try {
      server.listen(port, host, () => {
        const address = server.address();
        resolve(typeof address === "object" && address ? address.port : port);
      });
    } catch (error) {
      // Numbers that are no ports are thrown, not emitted.
      reject(refused(error as NodeJS.ErrnoException, port, host));
    }
  });
}

function refused(error: NodeJS.ErrnoException, port: number, host: string): ConfigError {
  if (error.code === "EADDRINUSE") {
    return new ConfigError("CONFIG.PORT_IN_USE", `Port ${port} of ${host} is in use by another program.`, {
      hint: "Choose another port, or 0 for any free one.",
      cause: error,
    });
  }
  return new ConfigError("CONFIG.LISTEN", `Cannot listen on port ${port} of ${host}: ${error.message}`, {
    hint: "Choose another port or host.",
    cause: error,
  });
}

function close(server: Server, grace: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), grace);
    // Connections that were busy are idle once their calls are answered.
    const sweep = setInterval(() => server.closeIdleConnections(), 20);
    server.close(() => {
      clearTimeout(cut);
      clearInterval(sweep);
      resolve();
    });
    server.closeIdleConnections();
  });
}
