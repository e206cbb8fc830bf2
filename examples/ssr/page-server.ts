import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import type { Credentials } from "pygen";
import type { connect, renderPage } from "./src/server.js";

/** What the server is made of. */
export interface PageServerOptions {
  /** Address of the data service. */
  readonly baseUrl: string;
  readonly project: string;
  readonly credentials: Credentials;
  /** The page as Vite built it, and the folder of its files. */
  readonly template: string;
  readonly folder: string;
  /** The server's side of the app, as Vite built it. */
  readonly app: { readonly connect: typeof connect; readonly renderPage: typeof renderPage };
}

/**
 * The page with its first rows, its files, and the reads that the page goes on with in the browser. Everybody may read
 * here: a server of yours would look who asks before it lends its own rights.
 */
export function pageServer(options: PageServerOptions): Hono {
  const { baseUrl, project, credentials, template, folder, app } = options;
  const wind = app.connect({ baseUrl, project, credentials, application: "ssr-example" });
  const server = new Hono();
  server.use(async (context, next) => {
    await next();
    context.header("content-security-policy", "default-src 'self'; img-src 'self' data:");
  });
  server.onError((error, context) => {
    console.error(error);
    return context.text("The turbines cannot be read now. Try again in a moment.", 503);
  });
  server.get("/", async (context) => context.html(await app.renderPage(template, wind, project)));
  server.use("/assets/*", serveStatic({ root: folder }));
  server.post(`/api/v1/projects/${project}/models/instances/:call{list|query|byids}`, async (context) => {
    const { token } = await credentials.getToken();
    const answer = await fetch(new URL(context.req.path, baseUrl), {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: await context.req.text(),
      signal: context.req.raw.signal,
    });
    return new Response(answer.body, {
      status: answer.status,
      headers: {
        "content-type": answer.headers.get("content-type") ?? "application/json",
        "x-request-id": answer.headers.get("x-request-id") ?? "",
      },
    });
  });
  return server;
}
