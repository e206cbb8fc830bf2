import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import type { Answer } from "./address.js";

/** What a server of pages serves. */
export interface Pages {
  /** The folders of the files, the first that has a file gives it. */
  readonly folders: readonly string[];
  /** The content security policy of every page. */
  readonly policy: string;
  /** What `/config.json` tells the page. */
  readonly config: unknown;
}

/** A plain server of files, as they are made for single pages everywhere. */
export function servePages({ folders, policy, config }: Pages): Answer {
  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    context.header("content-security-policy", policy);
    context.header("cache-control", "no-cache");
    context.header("referrer-policy", "no-referrer");
    context.header("x-content-type-options", "nosniff");
  });
  app.get("/config.json", (context) => context.json(config));
  for (const root of folders) app.use(serveStatic({ root }));
  return (request) => app.fetch(request);
}

/** Files of their own origin; calls to the data service and the identity provider; its frames; nothing inline. */
export function policyFor(api: string, issuer: string): string {
  return `default-src 'self'; connect-src 'self' ${api} ${issuer}; frame-src ${issuer}`;
}
