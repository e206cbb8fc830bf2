import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import type { Browser } from "@playwright/test";
import * as esbuild from "esbuild";
import { build as vite } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import webpack from "webpack";
import { openBrowser, serveFolder, type Visit, visit } from "./browser.js";
import { kB, measured, PackedApp, ROOT } from "./packed-app.js";
import { PROJECT, QUERY, ROW_TEXT, ROWS, startWindfarm } from "./windfarm-server.js";

let app: PackedApp;
let server: Awaited<ReturnType<typeof startWindfarm>>;
let browser: Browser;
const sizes: string[] = [];

/** The script of a web app, over the SDK in TypeScript or JavaScript. */
const script = (sdk: string, url: string): string => `import { bind, isPygenError, PygenClient, token } from "pygen";
import { Farm, Turbine } from "${sdk}";

async function main() {
  const client = new PygenClient({
    baseUrl: "${url}",
    project: "${PROJECT}",
    application: "web-app",
    credentials: token("any"),
  });
  const { turbine } = bind(client, { turbine: Turbine, farm: Farm });
  const rows = await turbine.list(${QUERY});
  const refused = await client.spaces.create([{ space: "cdf" }]).catch((error) => isPygenError(error) && error.status);
  return { rows: JSON.stringify(rows.map((row) => ${ROW_TEXT})), refused };
}

main()
  .then((outcome) => Object.assign(window, { outcome }), (error) => console.error(String(error)))
  .finally(() => { document.documentElement.dataset.done = ""; });
`;

/** The script of an app that signs in; nobody has done so yet. */
const signInScript = `import { openSession } from "pygen/auth/browser";

async function main() {
  const session = await openSession({ clientId: "app", authority: "https://127.0.0.1:1" });
  const code = await session.getToken().then(() => "none", (error) => error.code);
  return { signedIn: session.account !== undefined, code };
}

main()
  .then((outcome) => Object.assign(window, { outcome }), (error) => console.error(String(error)))
  .finally(() => { document.documentElement.dataset.done = ""; });
`;

const page = (src: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>app</title></head>
<body><script type="module" src="${src}"></script></body></html>\n`;

/** Each builds an app in a folder, from a script over the SDK in TypeScript or JavaScript; gives the folder to serve. */
const bundlers: Readonly<Record<string, (folder: string, code: (sdk: string) => string) => Promise<string>>> = {
  async vite(folder, code) {
    app.write(`${folder}/index.html`, page("./src/main.ts"));
    app.write(`${folder}/src/main.ts`, code("../../sdk/index.js"));
    await vite({ root: app.path(folder), configFile: false, logLevel: "error", build: { outDir: "out" } });
    return app.path(folder, "out");
  },
  async webpack(folder, code) {
    const compiler = webpack({
      mode: "production",
      context: app.path(folder),
      entry: app.write(`${folder}/main.js`, code("../sdk-js/index.js")),
      output: { path: app.path(folder, "out"), filename: "app.js" },
      performance: { hints: false },
    });
    if (!compiler) throw new Error("webpack made no compiler");
    const stats = await promisify(compiler.run.bind(compiler))();
    await promisify(compiler.close.bind(compiler))();
    expect(stats?.toJson({ all: false, errors: true, warnings: true })).toMatchObject({ errors: [], warnings: [] });
    app.write(`${folder}/out/index.html`, page("./app.js"));
    return app.path(folder, "out");
  },
  async esbuild(folder, code) {
    const { warnings } = await esbuild.build({
      entryPoints: { app: app.write(`${folder}/main.ts`, code("../sdk/index.js")) },
      outdir: app.path(folder, "out"),
      bundle: true,
      minify: true,
      splitting: true,
      format: "esm",
      logLevel: "silent",
    });
    expect(warnings).toEqual([]);
    app.write(`${folder}/out/index.html`, page("./app.js"));
    return app.path(folder, "out");
  },
};

/** Builds an app, opens it in Chromium under a policy that allows requests to `connect` alone, and tells what it did. */
async function tryOut(name: string, folder: string, code: (sdk: string) => string, connect: string): Promise<Tried> {
  const out = (await bundlers[name]?.(folder, code)) ?? "";
  const asked: string[] = [];
  const site = await serveFolder(out, {
    headers: { "content-security-policy": `default-src 'self'; connect-src 'self' ${connect}` },
    change: (file, bytes) => {
      if (file.endsWith(".js")) asked.push(path.join(out, file));
      return bytes;
    },
  });
  try {
    return { ...(await visit(browser, site.url)), out, asked };
  } finally {
    await site.stop();
  }
}

interface Tried extends Visit {
  /** The folder of what was built. */
  readonly out: string;
  /** The scripts that the page loaded. */
  readonly asked: readonly string[];
}

/** Bytes of scripts, as they are and packed. */
function weigh(files: readonly string[]): string {
  const gzip = files.reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0);
  return `${kB(files.reduce((sum, file) => sum + statSync(file).size, 0))}, gzip ${kB(gzip)}`;
}

beforeAll(async () => {
  app = await PackedApp.create();
  app.copySdk("sdk");
  await app.compileSdk("sdk-js");
  [server, browser] = await Promise.all([startWindfarm(app), openBrowser()]);
});

afterAll(async () => {
  await Promise.all([browser?.close(), server?.stop()]);
  app.remove();
  if (sizes.length > 0) measured("web apps, minified: the client with one typed list, and signing in", sizes);
});

describe("a web app over the packed package", () => {
  it.each(Object.keys(bundlers))("is built by %s, and lists in Chromium under a strict policy", async (name) => {
    const { outcome, problems, asked } = await tryOut(name, name, (sdk) => script(sdk, server.url), server.url);
    sizes.push(`${name.padEnd(8)} ${weigh(asked)}`);
    // The browser tells each refused request by itself.
    expect(problems.filter((text) => !text.includes("status of 400"))).toEqual([]);
    expect(outcome).toEqual({ rows: ROWS, refused: 400 });
  });

  it.each(Object.keys(bundlers))("built by %s loads MSAL when a session is opened, and not before", async (name) => {
    const peer = app.path("node_modules/@azure/msal-browser");
    mkdirSync(path.dirname(peer), { recursive: true });
    if (!existsSync(peer)) symlinkSync(path.join(ROOT, "node_modules/@azure/msal-browser"), peer, "junction");
    const { outcome, problems, asked } = await tryOut(name, `sign-in-${name}`, () => signInScript, "");
    expect(problems).toEqual([]);
    expect(outcome).toEqual({ signedIn: false, code: "CREDENTIALS.INTERACTION" });
    const [first = "", ...later] = asked;
    sizes.push(`${name.padEnd(8)} signing in: ${weigh([first])} at first, ${weigh(later)} with the session`);
    expect(statSync(first).size).toBeLessThan(80_000);
    expect(later.reduce((sum, file) => sum + statSync(file).size, 0)).toBeGreaterThan(150_000);
  });
});
