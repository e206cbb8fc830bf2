import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";

/** The policy our pages are served under: no inline scripts, no `eval`; requests may go anywhere. */
const policy = "default-src 'self'; script-src 'self'; connect-src *";

const built = new URL("../dist/", import.meta.url);

export interface PageServer {
  readonly url: string;
  close(): Promise<void>;
}

/** What a page has beside its script. */
export interface PageOptions {
  /** A module for `/worker.js`; it may import what is built, from `/dist/`. */
  readonly worker?: string;
}

/** Serves a page that loads the built script-tag bundle and then `script`, under a strict content security policy. */
export async function servePage(script: string, { worker }: PageOptions = {}): Promise<PageServer> {
  const files = new Map<string, { type: string; body: string | Buffer }>([
    ["/", { type: "text/html", body: page }],
    ["/page.js", { type: "text/javascript", body: script }],
    ["/pygen.min.js", { type: "text/javascript", body: await readBuilt("cdn/pygen.min.js") }],
    ["/pygen.more.min.js", { type: "text/javascript", body: await readBuilt("cdn/pygen.more.min.js") }],
    ["/favicon.ico", { type: "image/x-icon", body: "" }],
    ...(worker === undefined ? [] : [["/worker.js", { type: "text/javascript", body: worker }] as const]),
  ]);
  const find = async (path: string): Promise<{ type: string; body: string | Buffer } | undefined> => {
    if (worker === undefined || !/^\/dist\/[\w/-]+\.js$/.test(path)) return files.get(path);
    return { type: "text/javascript", body: await readBuilt(path.slice("/dist/".length)) };
  };
  const server = createServer(async (request, response) => {
    const file = await find(request.url ?? "/").catch(() => undefined);
    if (!file) return response.writeHead(404).end();
    return response
      .writeHead(200, { "content-type": `${file.type}; charset=utf-8`, "content-security-policy": policy })
      .end(file.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

async function readBuilt(name: string): Promise<Buffer> {
  try {
    return await readFile(fileURLToPath(new URL(name, built)));
  } catch (cause) {
    throw new Error(`dist/${name} is missing: run \`npm run build\` first.`, { cause });
  }
}

const page = `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Pygen</title></head>
  <body><script src="/pygen.min.js"></script><script src="/page.js"></script></body>
</html>
`;
