import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";

/** Answers a request. */
export type Answer = (request: Request) => Response | Promise<Response>;

/** An address on this machine, known before there is something to serve at it. */
export interface Address {
  /** Without a slash at its end. */
  readonly url: string;
  serve(answer: Answer): void;
  close(): Promise<void>;
}

/** Takes a free port of this machine. */
export async function takeAddress(): Promise<Address> {
  let answer: Answer = () => new Response("Starting ...", { status: 503 });
  const server = await new Promise<Server>((resolve) => {
    const options = { fetch: (request: Request) => answer(request), hostname: "127.0.0.1", port: 0 };
    const started = serve(options, () => resolve(started as Server));
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve: (given) => {
      answer = given;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
