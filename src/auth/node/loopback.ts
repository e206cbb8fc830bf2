import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { CredentialsError } from "../../errors/index.js";

/** What waits on this machine for the browser to come back. */
export interface Loopback {
  readonly redirectUri: string;
  /** The parameters with which the browser came back. */
  readonly answer: Promise<URLSearchParams>;
  /** Shows what is left to show, and ends. */
  close(): Promise<void>;
}

/** Milliseconds that the browser has to fetch the last page. */
const grace = 2_000;

/**
 * Listens on this machine alone. What comes without the right `state` is not an answer to this sign-in and changes nothing. The
 * browser is sent on at once to an address without parameters, so that no code stays in its history.
 *
 * @throws CredentialsError `CREDENTIALS.FAILED` when the port is taken
 */
export async function listen(port: number, state: string): Promise<Loopback> {
  const server = createServer();
  let came = false;
  const answered = new Promise<URLSearchParams>((resolve) => {
    server.on("request", (request: IncomingMessage, response: ServerResponse) => {
      const found = answerIn(request, server, state);
      if (found === "other") return show(response, 404, "Not found", "There is nothing here.");
      if (found === "done") return show(response, 200, "Signed in", "You can close this page and go back.");
      if (found === "failed") return show(response, 200, "Not signed in", "Go back: what went wrong is shown there.");
      response.writeHead(303, { ...headers, location: found.has("code") ? "/done" : "/failed" }).end();
      came = true;
      resolve(found);
    });
  });
  const shown = new Promise<void>((resolve) => {
    server.on("request", ({ url }: IncomingMessage, response: ServerResponse) => {
      if (url === "/done" || url === "/failed") response.on("close", resolve);
    });
  });
  await started(server, port);
  return {
    redirectUri: `http://localhost:${portOf(server)}`,
    answer: answered,
    close: async () => {
      if (came) await Promise.race([shown, wait(grace, undefined, { ref: false })]);
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

const headers = { "cache-control": "no-store", "referrer-policy": "no-referrer", connection: "close" };

async function started(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause) =>
      reject(
        new CredentialsError("CREDENTIALS.FAILED", `No browser can come back to port ${port} of this machine.`, {
          hint: "Give another port, or none: then a free one is taken.",
          cause,
        }),
      ),
    );
    server.listen(port, "127.0.0.1", resolve);
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

function answerIn(
  { url = "", method, headers: { host } }: IncomingMessage,
  server: Server,
  state: string,
): URLSearchParams | "done" | "failed" | "other" {
  // Another host is a page elsewhere whose name was made to point here.
  if (method !== "GET" || !/^(localhost|127\.0\.0\.1):\d+$/.test(host ?? "")) return "other";
  const own = `http://localhost:${portOf(server)}`;
  // Any page can have the browser ask for `//`, which is no address.
  if (!URL.canParse(url, own)) return "other";
  const { pathname, searchParams } = new URL(url, own);
  if (pathname === "/done") return "done";
  if (pathname === "/failed") return "failed";
  const isAnswer = pathname === "/" && searchParams.get("state") === state;
  return isAnswer && (searchParams.has("code") || searchParams.has("error")) ? searchParams : "other";
}

function show(response: ServerResponse, status: number, title: string, text: string): void {
  const policy = { "content-security-policy": "default-src 'none'", "x-content-type-options": "nosniff" };
  response.writeHead(status, { ...headers, ...policy, "content-type": "text/html; charset=utf-8" });
  response.end(
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head>` +
      `<body><h1>${title}</h1><p>${text}</p></body></html>`,
  );
}
