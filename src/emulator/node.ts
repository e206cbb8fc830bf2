import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import { ConfigError } from "../errors/index.js";
import type { Emulator } from "./index.js";

/** Options of {@link listen}. */
export interface ListenOptions {
  /** The port to listen on; 0 takes a free one. @defaultValue 0 */
  readonly port?: number;
  /** The address to listen on. @defaultValue "127.0.0.1", which other machines cannot reach */
  readonly host?: string;
}

/** An emulator that listens. */
export interface Listening {
  /** Where: the `baseUrl` for clients, for example `http://127.0.0.1:4000`. */
  readonly url: string;
  /** Stops listening and ends every connection. Calling it again does nothing more. */
  readonly close: () => Promise<void>;
}

/**
 * Lets an emulator listen on a port of this machine.
 *
 * @throws ConfigError `CONFIG.PORT_IN_USE` when another program has the port, `CONFIG.LISTEN` when it cannot be had
 *
 * @example
 * ```ts
 * import { createEmulator } from "pygen/emulator";
 * import { listen } from "pygen/emulator/node";
 * const server = await listen(createEmulator(), { port: 4000 });
 * console.log(server.url);
 * await server.close();
 * ```
 */
export async function listen(emulator: Pick<Emulator, "fetch">, options: ListenOptions = {}): Promise<Listening> {
  const { port = 0, host = "127.0.0.1" } = options;
  const server = createAdaptorServer({ fetch: emulator.fetch, overrideGlobalObjects: false }) as Server;
  const bound = await bind(server, port, host);
  let closing: Promise<void> | undefined;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}`,
    close: () => {
      closing ??= close(server);
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

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
