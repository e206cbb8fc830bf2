import { createServer, type RequestListener } from "node:http";
import { createSecureServer, type Http2SecureServer } from "node:http2";
import { createServer as createTlsServer } from "node:https";
import {
  type AddressInfo,
  connect,
  createServer as createTcpServer,
  type Socket,
  type Server as TcpServer,
} from "node:net";
import type { Duplex } from "node:stream";
import { onTestFinished } from "vitest";
import type { SelfSigned } from "../tools/certificate.js";
import { gate } from "../tools/gate.js";
import { keepAliveTimeout } from "../tools/keep-alive.js";

/** A server of a test: where it is, and the connections that it ever got and still has. */
export interface Listening {
  readonly url: string;
  readonly port: number;
  readonly accepted: () => number;
  readonly open: () => number;
}

/** Listens on a free port until the test ends. */
async function listen(server: TcpServer | Http2SecureServer, protocol: "http" | "https"): Promise<Listening> {
  const sockets = new Set<Socket>();
  let accepted = 0;
  server.on("connection", (socket: Socket) => {
    accepted += 1;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { url: `${protocol}://127.0.0.1:${port}`, port, accepted: () => accepted, open: () => sockets.size };
}

export const httpServer = (answer: RequestListener): Promise<Listening> =>
  listen(createServer({ keepAliveTimeout }, answer), "http");

export const httpsServer = (certificate: SelfSigned, answer: RequestListener): Promise<Listening> =>
  listen(createTlsServer({ ...certificate }, answer), "https");

/** What an HTTP/2 server saw: the version of each request, and the most requests under way at once. */
export interface Seen {
  readonly versions: string[];
  peak: number;
}

/** A server that speaks HTTP/2, and HTTP/1.1 to those that do not. It answers once so many requests have come. */
export function http2Server(certificate: SelfSigned, seen: Seen, together = 1): Promise<Listening> {
  let active = 0;
  const all = gate(together);
  const server = createSecureServer({ ...certificate, allowHTTP1: true }, (request, response) => {
    seen.versions.push(request.httpVersion);
    active += 1;
    seen.peak = Math.max(seen.peak, active);
    void all.pass().then(() => {
      active -= 1;
      response.setHeader("content-type", "application/json");
      response.end('{"items":[]}');
    });
  });
  return listen(server, "https");
}

/** A server that takes connections and never says a word. */
export const silentServer = (): Promise<Listening> => listen(createTcpServer(), "https");

/** A proxy that tunnels (CONNECT), and notes where to and with which credentials. */
export async function proxyServer(
  seen: { to: string; authorization: string | undefined }[],
  expected?: string,
): Promise<Listening> {
  const server = createServer((_request, response) => response.writeHead(405).end());
  server.on(
    "connect",
    (request: { url?: string; headers: Record<string, string | string[] | undefined> }, client: Duplex) => {
      const authorization = request.headers["proxy-authorization"];
      seen.push({
        to: request.url ?? "",
        authorization: typeof authorization === "string" ? authorization : undefined,
      });
      if (expected !== undefined && authorization !== expected) {
        client.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
        return;
      }
      const [host = "", port = ""] = (request.url ?? "").split(":");
      const target = connect(Number(port), host, () => {
        client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
        target.pipe(client).pipe(target);
      });
      target.on("error", () => client.destroy());
      client.on("error", () => target.destroy());
    },
  );
  return listen(server, "http");
}
