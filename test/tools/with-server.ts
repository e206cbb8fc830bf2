import { onTestFinished } from "vitest";
import { HTTPClient, type HTTPClientOptions } from "../../src/http/index.js";
import { type Reply, type Script, type ScriptedServer, scriptedServer } from "./scripted-server.js";

/** A scripted server that stops when the test ends, and a client of it that retries without waiting long. */
export async function clientOf(
  script: Script | readonly Reply[],
  options: Partial<HTTPClientOptions> = {},
): Promise<{ http: HTTPClient; server: ScriptedServer }> {
  const server = await scriptedServer(script);
  onTestFinished(() => server.close());
  const http = new HTTPClient({
    baseUrl: server.url,
    project: "acme",
    application: "tests",
    credentials: { getToken: async () => ({ token: "planted-token-1" }) },
    retry: { baseDelay: 1 },
    ...options,
  });
  return { http, server };
}
