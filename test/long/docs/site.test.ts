import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, posix } from "node:path";
import { type Browser, chromium, type Page } from "@playwright/test";
import { afterAll, beforeAll, expect, it } from "vitest";
import { chromiumArguments } from "../../tools/find-chromium.mjs";
import { newPage } from "../packed/browser.js";

const ROOT = join(import.meta.dirname, "../../..");
const SITE = join(ROOT, "docs/.vitepress/dist");
const CHROMIUM = process.env["CHROMIUM_PATH"];

const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};

let server: Server;
let url: string;
let browser: Browser | undefined;
/** The text of each page, by its path in the site. */
let pages: ReadonlyMap<string, string>;

beforeAll(async () => {
  // A proxy that nobody listens at: what went outside would fail.
  const offline = { HTTP_PROXY: "http://127.0.0.1:9", HTTPS_PROXY: "http://127.0.0.1:9", npm_config_offline: "true" };
  execFileSync("npm", ["run", "docs:site"], { cwd: ROOT, env: { ...process.env, ...offline }, stdio: "pipe" });
  const files = readdirSync(SITE, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".html"));
  pages = new Map(files.map((file) => [`/${file}`, readFileSync(join(SITE, file), "utf8")]));
  server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://site").pathname;
    const file = join(SITE, path.endsWith("/") ? `${path}index.html` : path);
    if (!existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream" });
    return response.end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  if (CHROMIUM) browser = await chromium.launch({ executablePath: CHROMIUM, args: [...chromiumArguments] });
});

afterAll(async () => {
  await browser?.close();
  server?.close();
});

const linksOf = (html: string): string[] => [...html.matchAll(/\shref="([^"]+)"/g)].map(([, href = ""]) => href);

it("has every page of docs/, and a page of reference for every door", () => {
  const written = readdirSync(join(ROOT, "docs")).filter((file) => file.endsWith(".md"));
  for (const file of written) expect(pages.has(`/${file.replace(/md$/, "html")}`), file).toBe(true);
  const { exports }: { exports: Record<string, unknown> } = JSON.parse(
    readFileSync(join(ROOT, "package.json"), "utf8"),
  );
  const doors = Object.keys(exports).filter((door) => door !== "./package.json");
  for (const door of doors) {
    expect(pages.has(`/${posix.join("reference/pygen", door, "index.html")}`), door).toBe(true);
  }
});

it("leads to places that are there: pages and headings", () => {
  const ids = new Map(
    [...pages].map(([page, html]) => [page, new Set([...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id))]),
  );
  const dead: string[] = [];
  for (const [page, html] of pages) {
    for (const href of linksOf(html)) {
      if (/^[a-z]+:/.test(href)) continue;
      const { pathname, hash } = new URL(href, `http://site${page}`);
      const target = decodeURIComponent(pathname.endsWith("/") ? `${pathname}index.html` : pathname);
      const id = decodeURIComponent(hash.slice(1));
      const found = id === "" ? existsSync(join(SITE, target)) : (ids.get(target)?.has(id) ?? false);
      if (!found) dead.push(`${page}: ${href}`);
    }
  }
  expect(dead).toEqual([]);
});

it("loads nothing from elsewhere, and allows what is inline by hashes only", () => {
  for (const [page, html] of pages) {
    expect(html, page).not.toMatch(/<(?:script|img|iframe|link)[^>]*\s(?:src|href)="(?:https?:)?\/\//);
    const [, policy = ""] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html) ?? [];
    expect(policy, page).toMatch(
      /^default-src 'none'; script-src 'self'(?: 'sha256-[^']+')*; style-src 'self' 'unsafe-hashes'(?: 'sha256-[^']+')*;/,
    );
    expect(policy, page).not.toMatch(/unsafe-(?!hashes)/);
  }
});

/** Opens a page, and keeps what goes wrong in it, what its policy stops, and what it asks of others. */
async function open(path: string): Promise<{ readonly page: Page; readonly problems: readonly string[] }> {
  const page = await newPage(browser!);
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (/error|warning/.test(message.type())) problems.push(message.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(url)) problems.push(request.url());
  });
  await page.goto(url + path);
  return { page, problems };
}

it("colours code under its policy, in the dark as well, and on pages that links lead to", async ({ skip }) => {
  if (!browser) return skip("Chromium is not there: set CHROMIUM_PATH.");
  const { page, problems } = await open("/queries.html");
  const colourOf = (text: string) =>
    page
      .locator("pre.shiki span", { hasText: new RegExp(`^\\s*${text}\\s*$`) })
      .first()
      .evaluate((span) => getComputedStyle(span).color);
  const light = await colourOf("const");
  expect(light).not.toBe(await colourOf('"asc"'));
  await page.getByRole("switch").first().click();
  await expect.poll(() => colourOf("const")).not.toBe(light);
  const dark = await colourOf("const");
  await page.getByRole("link", { name: "Writing" }).first().click();
  await page.waitForURL(/writing/);
  await expect.poll(() => colourOf("const")).toBe(dark);
  await page.getByRole("button", { name: "Search" }).first().click();
  await page.getByRole("searchbox").fill("upsert");
  await page.locator("#localsearch-list .result").first().waitFor();
  expect(problems).toEqual([]);
  return undefined;
});

it("runs the playground in its page, under its policy, calling nobody", async ({ skip }) => {
  if (!browser) return skip("Chromium is not there: set CHROMIUM_PATH.");
  const { page, problems } = await open("/playground.html");
  await page.getByRole("button", { name: "Load the wind farm" }).click();
  await page.getByText(/^wind\/WindFarm@v1 is loaded/).waitFor();
  await page.getByText(/^\d+ files of TypeScript/).waitFor();
  await page.getByRole("button", { name: "Write", exact: true }).click();
  await page.getByText(/nodes and edges were written/).waitFor();
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.getByText("2 rows.").waitFor();
  await page.getByRole("button", { name: "Plan", exact: true }).click();
  await page.getByText(/'blades' of root/).waitFor();
  expect(problems).toEqual([]);
  return undefined;
});
