import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { serve } from "@hono/node-server";
import { fromEnvironment } from "pygen/auth/node";
import { type PageServerOptions, pageServer } from "./page-server.js";

/** What Vite built: the files for browsers in `client`, the server's side of the app in `server`. */
const folder = process.env["APP_FOLDER"] ?? join(import.meta.dirname, "dist");
const app = (await import(pathToFileURL(join(folder, "server/server.js")).href)) as PageServerOptions["app"];

const server = serve(
  {
    fetch: pageServer({
      ...fromEnvironment(),
      template: await readFile(join(folder, "client/index.html"), "utf8"),
      folder: join(folder, "client"),
      app,
    }).fetch,
    hostname: "127.0.0.1",
    port: Number(process.env["PORT"] ?? 3000),
  },
  ({ port }) => console.log(`http://127.0.0.1:${port}/`),
);
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => server.close());
