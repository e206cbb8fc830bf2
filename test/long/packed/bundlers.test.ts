import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import type { Browser } from "@playwright/test";
import * as esbuild from "esbuild";
import { build as vite } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import webpack from "webpack";
import { openBrowser, serveFolder, visit } from "./browser.js";
import { kB, measured, PackedApp } from "./packed-app.js";
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
  .finally(() => { document.title = "done"; });
`;

const page = (src: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>app</title></head>
<body><script type="module" src="${src}"></script></body></html>\n`;

/** Each writes an app that can be served, with its index.html, into the folder it returns. */
const bundlers: Readonly<Record<string, () => Promise<string>>> = {
  async vite() {
    app.write("vite/index.html", page("./src/main.ts"));
    app.write("vite/src/main.ts", script("../../sdk/index.js", server.url));
    await vite({ root: app.path("vite"), configFile: false, logLevel: "error", build: { outDir: "out" } });
    return app.path("vite/out");
  },
  async webpack() {
    const entry = app.write("webpack/main.js", script("../sdk-js/index.js", server.url));
    const compiler = webpack({
      mode: "production",
      context: app.path("webpack"),
      entry,
      output: { path: app.path("webpack/out"), filename: "app.js" },
    });
    if (!compiler) throw new Error("webpack made no compiler");
    const stats = await promisify(compiler.run.bind(compiler))();
    await promisify(compiler.close.bind(compiler))();
    expect(stats?.toJson({ all: false, errors: true, warnings: true })).toMatchObject({ errors: [], warnings: [] });
    app.write("webpack/out/index.html", page("./app.js"));
    return app.path("webpack/out");
  },
  async esbuild() {
    const entry = app.write("esbuild/main.ts", script("../sdk/index.js", server.url));
    const { warnings } = await esbuild.build({
      entryPoints: [entry],
      outfile: app.path("esbuild/out/app.js"),
      bundle: true,
      minify: true,
      format: "esm",
      logLevel: "silent",
    });
    expect(warnings).toEqual([]);
    app.write("esbuild/out/index.html", page("./app.js"));
    return app.path("esbuild/out");
  },
};

/** Bytes of all scripts below a folder, as they are and packed. */
function weigh(folder: string): string {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".js"))
    .map((file) => path.join(folder, file));
  const gzip = files.reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0);
  return `${kB(files.reduce((sum, file) => sum + statSync(file).size, 0))}, gzip ${kB(gzip)}`;
}

beforeAll(async () => {
  app = await PackedApp.create();
  app.copySdk("sdk");
  await app.compileSdk("sdk-js");
  [server, browser] = await Promise.all([startWindfarm(app), openBrowser()]);
}, 300_000);

afterAll(async () => {
  await Promise.all([browser?.close(), server?.stop()]);
  app.remove();
  if (sizes.length > 0) measured("web app with the client and one typed list", sizes);
});

describe("a web app over the packed package", () => {
  it.each(Object.keys(bundlers))("is built by %s, and lists in Chromium under a strict policy", async (name) => {
    const folder = (await bundlers[name]?.()) ?? "";
    sizes.push(`${name.padEnd(8)} ${weigh(folder)}`);
    const policy = `default-src 'self'; connect-src 'self' ${server.url}`;
    const site = await serveFolder(folder, { headers: { "content-security-policy": policy } });
    try {
      const { outcome, problems } = await visit(browser, site.url);
      // The browser tells each refused request by itself.
      expect(problems.filter((text) => !text.includes("status of 400"))).toEqual([]);
      expect(outcome).toEqual({ rows: ROWS, refused: 400 });
    } finally {
      await site.stop();
    }
  });
});
