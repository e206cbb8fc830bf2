import { Buffer } from "node:buffer";
import * as oauth from "oauth4webapi";
import type { AccessToken } from "../../../http/index.js";
import type { ProviderLine } from "../provider-line.js";
import type { Proof, Settings } from "../settings.js";

/** A provider's addresses, who asks it, and how. */
export interface OAuthServer {
  readonly server: oauth.AuthorizationServer;
  readonly client: oauth.Client;
  readonly proof: oauth.ClientAuth;
  readonly options: OAuthRequestOptions;
}

/** What requests of the library take. */
export interface OAuthRequestOptions {
  readonly [oauth.customFetch]: (url: string, options: OAuthFetchOptions) => Promise<Response>;
  readonly [oauth.allowInsecureRequests]: true;
}

interface OAuthFetchOptions {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: URLSearchParams | undefined;
}

/** Finds the provider: by asking for its addresses, or by the one that was given. */
export async function findServer(settings: Settings, line: ProviderLine): Promise<OAuthServer> {
  const { tokenUrl, clientId, proof } = settings;
  const options = requestOptions(line);
  const server = tokenUrl === undefined ? await discover(settings, options) : fixed(tokenUrl);
  // Nothing of an ID token is used, so that a clock that differs does no harm.
  const client = { client_id: clientId, [oauth.clockTolerance]: 86_400 };
  return { server, client, proof: await clientAuth(proof, server, tokenUrl), options };
}

async function discover(
  { authority = "" }: Settings,
  options: OAuthRequestOptions,
): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(authority);
  return oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, options));
}

function fixed(tokenUrl: string): oauth.AuthorizationServer {
  return { issuer: new URL(tokenUrl).origin, token_endpoint: tokenUrl };
}

function requestOptions(line: ProviderLine): OAuthRequestOptions {
  return {
    [oauth.customFetch]: (url, { method, headers, body }) =>
      line.send({ url, method: method === "POST" ? "POST" : "GET", headers, body: body?.toString() }),
    // The line itself sends by http only to this machine.
    [oauth.allowInsecureRequests]: true,
  };
}

async function clientAuth(
  { secret, certificate, authentication }: Proof,
  server: oauth.AuthorizationServer,
  tokenUrl: string | undefined,
): Promise<oauth.ClientAuth> {
  if (certificate !== undefined) {
    const pkcs8 = certificate.key.export({ type: "pkcs8", format: "der" });
    const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
    const key = await crypto.subtle.importKey("pkcs8", pkcs8, algorithm, false, ["sign"]);
    return oauth.PrivateKeyJwt(key, {
      [oauth.modifyAssertion]: (header, payload) => {
        header["x5t#S256"] = Buffer.from(certificate.thumbprint, "hex").toString("base64url");
        if (tokenUrl !== undefined) payload["aud"] = tokenUrl;
      },
    });
  }
  if (secret === undefined) return oauth.None();
  // Without a word of it, the standard says in the header.
  const known = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
  const inHeader =
    authentication === undefined ? known.includes("client_secret_basic") : authentication === "client_secret_basic";
  return inHeader ? oauth.ClientSecretBasic(secret) : oauth.ClientSecretPost(secret);
}

/** The token in an answer. */
export function tokenOf({ access_token: token, expires_in: seconds }: oauth.TokenEndpointResponse): AccessToken {
  return seconds === undefined ? { token } : { token, expiresAt: Date.now() + seconds * 1000 };
}

/** Parameters that say what a token is for. */
export function purpose(scopes: readonly string[], audience: string | undefined): Record<string, string> {
  return {
    ...(scopes.length === 0 ? {} : { scope: scopes.join(" ") }),
    ...(audience === undefined ? {} : { audience }),
  };
}

/** Runs something of the library's; what it throws becomes an error of ours. */
export async function explained<T>(line: ProviderLine, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw line.errorFor(error);
  }
}
