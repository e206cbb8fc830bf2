import { cpSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Browser } from "@playwright/test";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser, type ServeOptions, serveFolder, type Visit, visit } from "./browser.js";
import { PackedApp } from "./packed-app.js";
import { PROJECT, startWindfarm } from "./windfarm-server.js";

let app: PackedApp;
let server: Awaited<ReturnType<typeof startWindfarm>>;
let browser: Browser;
let integrity: Readonly<Record<string, string>>;

const shared = { "access-control-allow-origin": "*" };

/** A page that loads files of the CDN, held to their hashes, and then a script of its own. */
const page = (cdn: string, files: readonly string[]): string => {
  const tags = files.map(
    (file) => `<script src="${cdn}/${file}" integrity="${integrity[file]}" crossorigin="anonymous"></script>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>page</title></head>
<body>${tags.join("\n")}<script src="./page.js"></script></body></html>\n`;
};

/** Opens such a page: the files come from one server, the page from another, as with a CDN. */
async function open(files: readonly string[], script: string, cdnOptions: ServeOptions): Promise<Visit> {
  const cdn = await serveFolder(app.path("cdn"), cdnOptions);
  app.write("page/index.html", page(cdn.url, files));
  app.write("page/page.js", script);
  const policy = `default-src 'self'; script-src 'self' ${cdn.url}; connect-src ${server.url}`;
  const site = await serveFolder(app.path("page"), { headers: { "content-security-policy": policy } });
  try {
    return await visit(browser, site.url);
  } finally {
    await Promise.all([site.stop(), cdn.stop()]);
  }
}

beforeAll(async () => {
  app = await PackedApp.create();
  cpSync(path.join(app.installed, "dist/cdn"), app.path("cdn"), { recursive: true });
  integrity = JSON.parse(readFileSync(app.path("cdn/sri.json"), "utf8"));
  [server, browser] = await Promise.all([startWindfarm(app), openBrowser()]);
});

afterAll(async () => {
  await Promise.all([browser?.close(), server?.stop()]);
  app.remove();
});

/** What a page does with the global: without a bundler and without generated code. */
const list = (url: string): string => `(async () => {
  const client = new Pygen.PygenClient({
    baseUrl: "${url}", project: "${PROJECT}", application: "page", credentials: Pygen.token("any"),
  });
  const source = Pygen.viewReference({ space: "wind", externalId: "Turbine", version: "v1" });
  const { items } = await client.instances.list({ sources: [{ source }] });
  return items.map((turbine) => turbine.externalId).sort();
})().then((rows) => { window.outcome = rows; }, (error) => console.error(String(error)))
  .finally(() => { document.documentElement.dataset.done = ""; });`;

/** The same with handles of a model that is read at run time, which are in the second file, and a nested selection. */
const nested = (url: string): string => `(async () => {
  const client = new Pygen.PygenClient({
    baseUrl: "${url}", project: "${PROJECT}", application: "page", credentials: Pygen.token("any"),
  });
  const wind = await Pygen.model(client, { space: "wind", externalId: "WindFarm", version: "v1" });
  const rows = await wind.turbine.list({ select: { farm: { select: { name: true } } }, sort: [{ externalId: "asc" }] });
  return rows.map(({ externalId, farm }) => [externalId, typeof farm?.name]);
})().then((rows) => { window.outcome = rows; }, (error) => { window.outcome = [error.code, Pygen.isConfigError(error)]; })
  .finally(() => { document.documentElement.dataset.done = ""; });`;

describe("script tags of the packed package", () => {
  it("load from another origin, held to the hashes of sri.json, and list", async () => {
    const { outcome, problems } = await open(["pygen.min.js"], list(server.url), { headers: shared });
    expect(problems).toEqual([]);
    expect(outcome).toEqual(["A1", "A2", "A3", "B1"]);
  });

  it("load more from where they came from, held to its hash too", async () => {
    const { outcome, problems } = await open(["pygen.min.js"], nested(server.url), { headers: shared });
    expect(problems).toEqual([]);
    expect(outcome).toEqual(["A1", "A2", "A3", "B1"].map((id) => [id, "string"]));
  });

  it("take more that the page loads itself", async () => {
    const files = ["pygen.min.js", "pygen.more.min.js"];
    const { outcome, problems } = await open(files, nested(server.url), { headers: shared });
    expect(problems).toEqual([]);
    expect(outcome).toEqual(["A1", "A2", "A3", "B1"].map((id) => [id, "string"]));
  });

  it("refuse more in which a single byte was added", async () => {
    const tampered = (file: string, bytes: Buffer): Buffer =>
      file.includes("more") ? Buffer.concat([bytes, Buffer.from(" ")]) : bytes;
    const { outcome, problems } = await open(["pygen.min.js"], nested(server.url), {
      headers: shared,
      change: tampered,
    });
    expect(outcome).toEqual(["CONFIG.PART", true]);
    expect(problems.join("\n")).toMatch(/digest|integrity/i);
  });

  it("load one after the other, the second adding signing in", async () => {
    const files = ["pygen.min.js", "pygen.auth.min.js"];
    const script =
      "window.outcome = [typeof Pygen.PygenClient, typeof Pygen.openSession]; document.documentElement.dataset.done = '';";
    expect(await open(files, script, { headers: shared })).toEqual({ outcome: ["function", "function"], problems: [] });
  });

  it("are refused by the browser when a single byte was added", async () => {
    const tampered = (_: string, bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.from(" ")]);
    const script = "window.outcome = typeof Pygen; document.documentElement.dataset.done = '';";
    const { outcome, problems } = await open(["pygen.min.js"], script, { headers: shared, change: tampered });
    expect(outcome).toBe("undefined");
    expect(problems.join("\n")).toMatch(/digest|integrity/i);
  });
});
