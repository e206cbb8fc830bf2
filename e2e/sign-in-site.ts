import { readFile } from "node:fs/promises";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { SessionOptions } from "pygen/auth/browser";
import { issued } from "../test/tools/certificate.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const cdn = path.join(root, "dist/cdn");

/** What is known only when the site's own address is. */
export interface SiteSettings {
  readonly session: SessionOptions;
  readonly api: string;
  /** The content security policy of every page. */
  readonly policy: string;
}

export interface Site {
  readonly origin: string;
  configure(settings: SiteSettings): void;
  close(): Promise<void>;
}

const page = (scripts: readonly string[]): string => `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Wind farm</title></head>
  <body>
    <p id="account">opening</p>
    <button id="sign-in">Sign in</button>
    <button id="sign-in-popup">Sign in by popup</button>
    <button id="sign-in-late">Sign in late</button>
    <button id="sign-out">Sign out</button>
    <button id="sign-out-popup">Sign out by popup</button>
    <button id="call">Call</button>
    <pre id="outcome"></pre>
    ${scripts.map((script) => `<script src="${script}"></script>`).join("\n    ")}
  </body>
</html>
`;

/** The page's own script, which takes the package from the global `Pygen` or has it inside. */
async function appScript(bundled: boolean): Promise<string> {
  const loaded = bundled
    ? 'import { PygenClient } from "pygen"; import { openSession } from "pygen/auth/browser"; start({ PygenClient, openSession });'
    : "start(window.Pygen);";
  return bundle(`import { start } from "./e2e/sign-in-app.ts"; ${loaded}`);
}

/** Bundles code that imports the package as its users do. */
export async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root, loader: "ts" },
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    target: "es2022",
    // The project's own would lead from the package to its sources.
    tsconfigRaw: {},
    logLevel: "error",
  });
  return outputFiles[0]?.text ?? "";
}

/**
 * Serves the application over HTTPS, as a site that uses the package would: pages, scripts, and the redirect page.
 *
 * @param bundled - from the doors as ES modules, instead of by the files for script tags
 */
export async function startSite(bundled: boolean): Promise<Site> {
  let policy = "";
  const javascript = "text/javascript";
  const html = "text/html";
  const scripts = bundled ? [] : ["/pygen.min.js", "/pygen.auth.min.js"];
  const body = page([...scripts, "/settings.js", "/app.js"]);
  const redirectScript = bundled
    ? bundle('import { completeSignIn } from "pygen/auth/redirect"; completeSignIn();')
    : readFile(path.join(cdn, "pygen.redirect.min.js"));
  const files = new Map<string, readonly [type: string, body: string | Buffer]>([
    ["/", [html, body]],
    ["/farms/horns", [html, body]],
    ["/app.js", [javascript, await appScript(bundled)]],
    ["/pygen.min.js", [javascript, await readFile(path.join(cdn, "pygen.min.js"))]],
    ["/pygen.more.min.js", [javascript, await readFile(path.join(cdn, "pygen.more.min.js"))]],
    ["/pygen.auth.min.js", [javascript, await readFile(path.join(cdn, "pygen.auth.min.js"))]],
    ["/pygen.redirect.min.js", [javascript, await redirectScript]],
    ["/redirect.html", [html, await readFile(path.join(cdn, "redirect.html"))]],
    ["/favicon.ico", ["image/x-icon", ""]],
  ]);
  const { key, cert } = issued();
  const server = createServer({ key, cert }, (request, response) => {
    const file = files.get(new URL(request.url ?? "/", "https://localhost").pathname);
    if (!file) return response.writeHead(404).end();
    const [type, content] = file;
    const headers = { "content-type": `${type}; charset=utf-8`, "content-security-policy": policy };
    return response.writeHead(200, headers).end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `https://localhost:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    configure: (settings) => {
      policy = settings.policy;
      const { session, api } = settings;
      files.set("/settings.js", [javascript, `window.settings = ${JSON.stringify({ session, api })};`]);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
