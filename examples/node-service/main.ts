import { once } from "node:events";
import type { Server } from "node:http";
import { serve } from "@hono/node-server";
import { PygenClient } from "pygen";
import { fromEnvironment } from "pygen/auth/node";
import { windFarm } from "../windfarm/sdk/index.js";
import { createService } from "./service.js";

/** Milliseconds that answers under way get to end, once the service is asked to stop. */
const GRACE = 10_000;

const client = new PygenClient({
  ...fromEnvironment(),
  application: "node-service-example",
  timeout: { attempt: 20_000, total: 40_000 },
});
const service = createService(windFarm(client, { space: process.env["WIND_SPACE"] ?? "wind_data" }));

const server = serve(
  { fetch: service.fetch, hostname: "127.0.0.1", port: Number(process.env["PORT"] ?? 3000) },
  ({ port }) => console.log(`http://127.0.0.1:${port}/turbines?minCapacity=8`),
) as Server;

async function stop(): Promise<void> {
  server.close();
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), GRACE).unref();
  await once(server, "close");
  await client.close();
}
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void stop());
