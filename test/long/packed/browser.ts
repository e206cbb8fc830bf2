import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { type Browser, chromium, type Page } from "@playwright/test";
import { chromiumArguments, findChromium } from "../../tools/find-chromium.mjs";

/** The Chromium of the browser tests, which speaks to nothing but what it is told to. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    args: [...chromiumArguments],
  });
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".map": "application/json",
};

/** What a folder is served with: more headers, and a change to what a file holds. */
export interface ServeOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly change?: (file: string, bytes: Buffer) => Buffer;
}

/** Serves the files of a folder on a free port of this machine, as a web server or a CDN does. */
export async function serveFolder(
  folder: string,
  { headers = {}, change = (_, bytes) => bytes }: ServeOptions = {},
): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const file = path.join(folder, pathname === "/" ? "index.html" : path.normalize(pathname));
    try {
      const body = change(pathname, readFileSync(file));
      response.writeHead(200, { "content-type": types[path.extname(file)] ?? "text/plain", ...headers }).end(body);
    } catch {
      response.writeHead(pathname === "/favicon.ico" ? 204 : 404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, stop };
}

/** A page that a busy machine may take long for. */
export async function newPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage();
  page.setDefaultTimeout(300_000);
  return page;
}

/** What a page did. */
export interface Visit {
  /** What it left in `window.outcome`, as JSON text; undefined when it left nothing. */
  readonly outcome: unknown;
  /** Errors, whether thrown or told by the browser. */
  readonly problems: readonly string[];
}

/** Opens a page, waits until it says that it is done (`<html data-done>`), and tells what it did. */
export async function visit(browser: Browser, url: string): Promise<Visit> {
  const page = await newPage(browser);
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  try {
    await page.goto(url);
    await page.waitForSelector("html[data-done]", { state: "attached" }).catch(() => {
      problems.push("the page did not come to an end");
    });
    return { outcome: await page.evaluate("window.outcome"), problems };
  } finally {
    await page.close();
  }
}
