import { onTestFinished } from "vitest";
import type { EmulatorOptions } from "../../../src/emulator/index.js";
import { type OidcServer, type OidcServerOptions, startOidcServer } from "../../tools/oidc-server.js";
import { fetchOf } from "../../tools/oidc-server-browser.js";
import { type Answer, ask, type Served, serve } from "../http/serving.js";

export const audience = "https://api.test";

/** An emulator that checks the tokens of a provider, both over HTTP. */
export interface SignedIn extends Served {
  readonly server: OidcServer;
  /** A token of the provider for client `service`, or for another. */
  readonly token: (client?: string, form?: Readonly<Record<string, string>>) => Promise<string>;
  /** Calls below project `demo` with a token. */
  readonly as: (token: string, path: string, body?: unknown) => Promise<Answer>;
}

/** Starts both; they stop when the test ends. Further clients have the secret `secret`. */
export async function signedIn(
  options: EmulatorOptions = {},
  provider: OidcServerOptions = {},
  clients: readonly string[] = [],
): Promise<SignedIn> {
  const server = await startOidcServer({
    clients: clients.map((client_id) => ({
      client_id,
      client_secret: "secret",
      grant_types: ["client_credentials"],
      redirect_uris: [],
      response_types: [],
    })),
    ...provider,
  });
  onTestFinished(() => server.stop());
  const send = fetchOf(server);
  const served = await serve({
    oidc: { issuer: server.issuer, audience, fetch: (request) => send(request.url) },
    ...options,
  });
  return {
    ...served,
    server,
    token: async (client_id = "service", form = {}) => {
      const body = new URLSearchParams({
        grant_type: "client_credentials",
        client_id,
        client_secret: "secret",
        ...form,
      });
      const answer = await send(`${server.issuer}/token`, { method: "POST", body });
      return ((await answer.json()) as { readonly access_token: string }).access_token;
    },
    as: (token, path, body) =>
      ask(`${served.url}/api/v1/projects/demo${path}`, {
        ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
        headers: { authorization: `Bearer ${token}` },
      }),
  };
}
