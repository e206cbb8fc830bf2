import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { keepAliveTimeout } from "./keep-alive.js";

/** A request as it came in. */
export interface Received {
  readonly method: string;
  /** Path with query. */
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: unknown;
  /** Milliseconds, monotonic. */
  readonly at: number;
}

/** What the server does with one request. */
export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON unless it is a string. */
  readonly body?: unknown;
  /** Wait before the headers, in milliseconds. */
  readonly delay?: number;
  /** Send the headers and the first bytes, then nothing more. */
  readonly stall?: boolean;
  /** Cut the connection: before the headers, or within the body. */
  readonly cut?: "before" | "within";
}

export type Script = (request: Received, index: number) => Reply | Promise<Reply>;

/** A real HTTP server that answers as a script says, and remembers what it was asked. */
export interface ScriptedServer {
  readonly url: string;
  readonly received: readonly Received[];
  /** The most requests that were under way at once. */
  readonly peak: () => number;
  close(): Promise<void>;
}

/** Starts a server on a free port of this machine. Every list of replies is used in order; its last one for the rest. */
export async function scriptedServer(script: Script | readonly Reply[]): Promise<ScriptedServer> {
  const received: Received[] = [];
  const answer: Script =
    typeof script === "function" ? script : (_request, index) => script[Math.min(index, script.length - 1)] ?? {};
  let active = 0;
  let peak = 0;
  const server = createServer({ keepAliveTimeout }, async (incoming, outgoing) => {
    active += 1;
    peak = Math.max(peak, active);
    outgoing.on("close", () => {
      active -= 1;
    });
    const request = await read(incoming).catch(() => undefined);
    // The client gave up while it sent.
    if (request === undefined) return;
    received.push(request);
    await reply(await answer(request, received.length - 1), outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, received, peak: () => peak, close: () => stop(server) };
}

async function read(incoming: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const text = (incoming.headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes).toString("utf8");
  return {
    method: incoming.method ?? "",
    url: incoming.url ?? "",
    headers: incoming.headers,
    body: contentOf(text),
    at: performance.now(),
  };
}

/** A body as JSON where it is JSON, else its text. */
function contentOf(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

async function reply(planned: Reply, outgoing: ServerResponse): Promise<void> {
  if (planned.delay !== undefined) await new Promise((resolve) => setTimeout(resolve, planned.delay));
  if (planned.cut === "before") {
    outgoing.destroy();
    return;
  }
  const text = typeof planned.body === "string" ? planned.body : JSON.stringify(planned.body ?? {});
  const partial = planned.stall === true || planned.cut === "within";
  outgoing.writeHead(planned.status ?? 200, {
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(text)),
    ...planned.headers,
  });
  if (!partial) {
    outgoing.end(text);
    return;
  }
  await new Promise<void>((resolve) => outgoing.write(text.slice(0, 1), () => resolve()));
  if (planned.cut === "within") outgoing.destroy();
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
