import { type ListenOptions as AnyListenOptions, type Listening, listenOn } from "../../server/index.js";
import type { Emulator } from "../index.js";
import { acceptsGzip, packed } from "./gzip.js";

/** Options of {@link listen}. */
export interface ListenOptions extends AnyListenOptions {
  /** Whether answers are packed with gzip for clients that accept it. @defaultValue true */
  readonly gzip?: boolean;
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
export function listen(emulator: Pick<Emulator, "fetch">, options: ListenOptions = {}): Promise<Listening> {
  const { gzip = true } = options;
  const serve = async (request: Request): Promise<Response> => {
    const response = await emulator.fetch(request);
    return gzip ? await packed(response, acceptsGzip(request.headers.get("accept-encoding"))) : response;
  };
  return listenOn(serve, options);
}
