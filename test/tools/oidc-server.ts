import { generateKeyPairSync, randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ClientMetadata, JWK, Provider } from "oidc-provider";
import { issued, rsaSelfSigned, type SelfSigned } from "./certificate.js";
import { keepAliveTimeout } from "./keep-alive.js";
import { runOnClock } from "./oidc-server-clock.js";
import { configurationOf, knownClients, type OidcUser } from "./oidc-server-configuration.js";
import { serveInteraction } from "./oidc-server-interactions.js";
import type { OidcStore } from "./oidc-server-store.js";

export type { OidcUser } from "./oidc-server-configuration.js";

/** How a server fails: resets every connection, answers 500, or answers only once it fails no more. */
export type OidcFailure = "down" | "500" | "slow";

/** Options of {@link startOidcServer}. */
export interface OidcServerOptions {
  /** Redirect addresses of client `spa`; they, their folders and origins are also allowed after signing out. */
  readonly redirectUris?: readonly string[];
  /** Further clients, or others in place of those known. */
  readonly clients?: readonly ClientMetadata[];
  /** Life of access tokens in seconds. @defaultValue 3600 */
  readonly accessTokenTtl?: number;
  /** Milliseconds that the server's clock is ahead of this process (behind when negative). @defaultValue 0 */
  readonly clockOffset?: number;
  /** Claim `aud` of access tokens, unless `resource` or `audience` of the request says another. @defaultValue "https://api.test" */
  readonly audience?: string;
  /** Who can sign in, by name. @defaultValue alice, with password `wonderland` and group `editors` */
  readonly users?: Readonly<Record<string, OidcUser>>;
  /** @defaultValue 0: any free one */
  readonly port?: number;
}

/** A request for tokens, as it was answered; what never reached the server, or met a failure of it, is not noted. */
export interface OidcTokenRequest {
  readonly grant_type: string;
  readonly client_id: string;
  readonly scope: string | undefined;
  /** When it was answered, in milliseconds of this process's clock. */
  readonly at: number;
  /** Of the answer. */
  readonly status: number;
}

/** A running OpenID Connect provider. */
export interface OidcServer {
  /** `https://localhost:PORT`; the same port of 127.0.0.1 answers too. */
  readonly issuer: string;
  /** The same as `issuer`. */
  readonly url: string;
  /** The CA to trust, as PEM. */
  readonly ca: string;
  /** A file with it, for `NODE_EXTRA_CA_CERTS`. */
  readonly caFile: string;
  /** The key of client `service-jwt` and its certificate. */
  readonly certificate: SelfSigned;
  /** The requests for tokens so far. */
  readonly requests: readonly OidcTokenRequest[];
  /** Makes every request fail from now on, or none. */
  readonly fail: (kind: OidcFailure | undefined) => void;
  /** Signs with a new key; the old ones are gone. */
  readonly rotateKeys: () => void;
  /** Allows client `spa` further redirect addresses. */
  readonly allowRedirects: (...uris: readonly string[]) => void;
  /** Forgets sessions, consents and refresh tokens: users must sign in again when their access tokens end. */
  readonly endSessions: () => void;
  readonly stop: () => Promise<void>;
}

/**
 * Starts an OpenID Connect provider (oidc-provider) on 127.0.0.1, over HTTPS with a CA of its own.
 *
 * Clients: `spa` (public, code with PKCE, refresh tokens), `native` (the same on a loopback address of any port),
 * `device` (device code), `service` (secret `secret`, in a header or the form), `service-jwt` (signed assertions).
 * Access tokens are JWTs (RS256) with `sub` (of a client on its own: its id) and `groups`.
 */
export async function startOidcServer(options: OidcServerOptions = {}): Promise<OidcServer> {
  const { clockOffset = 0, audience = "https://api.test", accessTokenTtl = 3600, clients = [], port = 0 } = options;
  const users = new Map(Object.entries(options.users ?? { alice: { password: "wonderland", groups: ["editors"] } }));
  const { Provider, interactionPolicy } = await loadProvider();
  const tls = issued();
  const certificate = rsaSelfSigned();
  const folder = await mkdtemp(join(tmpdir(), "pygen-oidc-"));
  const caFile = join(folder, "ca.pem");
  await writeFile(caFile, tls.ca);

  const store: OidcStore = new Map();
  const requests: OidcTokenRequest[] = [];
  const failing = failures();
  const server = createServer({ key: tls.key, cert: tls.cert, keepAliveTimeout }, (request, response) => {
    failing.serve(request, response, () => runOnClock(clockOffset, () => void serve(request, response)));
  });
  server.on("connection", (socket) => {
    if (failing.kind() === "down") socket.destroy();
  });
  const issuer = `https://localhost:${await listening(server, port)}`;

  let redirectUris = options.redirectUris ?? ["http://localhost/redirect.html"];
  let keys = [newKey()];
  const cookieKey = randomUUID();
  const build = (): Provider => {
    const named = new Map([...knownClients(redirectUris, certificate.cert), ...clients].map((c) => [c.client_id, c]));
    const policy = interactionPolicy.base();
    policy.add(new interactionPolicy.Prompt({ name: "select_account", requestable: true }), 0);
    const facts = { audience, accessTokenTtl, users, clients: [...named.values()], store, keys, cookieKey, policy };
    const built = new Provider(issuer, configurationOf(facts));
    note(built, requests, clockOffset);
    return built;
  };
  let provider = build();
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader("date", new Date(Date.now()).toUTCString());
    if (!(await serveInteraction(provider, users, request, response))) await provider.callback()(request, response);
  }

  return {
    issuer,
    url: issuer,
    ca: tls.ca,
    caFile,
    certificate,
    requests,
    fail: (kind) => {
      failing.set(kind);
      if (kind === "down") server.closeAllConnections();
    },
    rotateKeys: () => {
      keys = [newKey()];
      provider = build();
    },
    allowRedirects: (...uris) => {
      redirectUris = [...redirectUris, ...uris];
      provider = build();
    },
    endSessions: () => store.clear(),
    stop: async () => {
      failing.set(undefined);
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** oidc-provider says on the console which versions of Node it would rather run on. */
async function loadProvider(): Promise<typeof import("oidc-provider")> {
  const { warn } = console;
  console.warn = () => undefined;
  try {
    return await import("oidc-provider");
  } finally {
    console.warn = warn;
  }
}

function newKey(): JWK {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { ...privateKey.export({ format: "jwk" }), kid: randomUUID(), use: "sig", alg: "RS256" } as JWK;
}

function listening(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}

function note(provider: Provider, requests: OidcTokenRequest[], clockOffset: number): void {
  provider.use(async (context, next) => {
    await next();
    if (context.path !== "/token" || context.method !== "POST") return;
    const body = context.oidc?.body ?? {};
    const basic = /^Basic (.+)$/i.exec(context.get("authorization"))?.[1] ?? "";
    const fromHeader = Buffer.from(basic, "base64").toString().split(":")[0];
    requests.push({
      grant_type: String(body["grant_type"] ?? ""),
      client_id: context.oidc?.client?.clientId ?? String(body["client_id"] ?? fromHeader),
      scope: body["scope"] as string | undefined,
      at: Date.now() - clockOffset,
      status: context.status,
    });
  });
}

interface Failures {
  readonly kind: () => OidcFailure | undefined;
  readonly set: (kind: OidcFailure | undefined) => void;
  readonly serve: (request: IncomingMessage, response: ServerResponse, serve: () => void) => void;
}

function failures(): Failures {
  let kind: OidcFailure | undefined;
  let waiting: (() => void)[] = [];
  return {
    kind: () => kind,
    set: (next) => {
      kind = next;
      if (next === "slow") return;
      for (const resume of waiting.splice(0)) resume();
    },
    serve: (request, response, serve) => {
      if (kind === "down") request.socket.destroy();
      else if (kind === "500") response.writeHead(500, { "content-type": "text/plain" }).end("Internal Server Error");
      else if (kind === "slow") waiting = [...waiting, serve];
      else serve();
    },
  };
}
