import { ConfigError } from "../../errors/index.js";
import type { Fetch } from "../../http/index.js";
import type { Certificate } from "./certificate.js";
import { readCertificate } from "./certificate.js";
import { checkOptions } from "./check-options.js";
import type { ClientCredentialsOptions, DeviceCodeOptions, InteractiveOptions } from "./options.js";
import { memoryStore, type TokenStore } from "./token-store.js";

/** How an application shows that it is itself; a user's application has nothing to show. */
export interface Proof {
  readonly secret?: string | undefined;
  readonly certificate?: Certificate | undefined;
  readonly authentication?: "client_secret_basic" | "client_secret_post" | undefined;
}

/** Options of any way of signing in, looked at and made alike. */
export interface Settings {
  /** The address of the provider; one of both. */
  readonly authority: string | undefined;
  readonly tokenUrl: string | undefined;
  readonly isEntra: boolean;
  readonly clientId: string;
  readonly scopes: readonly string[] | undefined;
  readonly audience: string | undefined;
  readonly proof: Proof;
  readonly fetch: Fetch | undefined;
  readonly timeout: number;
  readonly store: TokenStore;
  /** Tokens outlive this process, so that the first may be there already. */
  readonly stored: boolean;
}

type AnyOptions = ClientCredentialsOptions | DeviceCodeOptions | InteractiveOptions;

/** Hosts of Entra ID, in its several clouds. */
const entraHost = /(^|\.)(microsoftonline\.(com|us)|partner\.microsoftonline\.cn|chinacloudapi\.cn)$/;

/**
 * Looks at the options and makes them alike.
 *
 * @throws ConfigError for one that is missing, unknown or wrong, or contradicts another
 */
export function settingsOf(options: AnyOptions, method: string): Settings {
  checkOptions(options, method);
  const { tenantId, authority, tokenUrl, clientId, scopes, audience, fetch, timeout = 30_000, cache } = options;
  const address = tenantId === undefined ? authority : `https://login.microsoftonline.com/${tenantId}`;
  const isEntra = address !== undefined && entraHost.test(new URL(address).hostname);
  if (isEntra && audience !== undefined) {
    throw new ConfigError("CONFIG.CONFLICT", "Entra ID takes no audience.", {
      hint: "Give scopes: https://{cluster}.cognitedata.com/.default.",
    });
  }
  return {
    // Entra ID's issuer ends so; as MSAL takes it, it does not.
    authority: isEntra ? address.replace(/\/(v2\.0\/?)?$/, "") : address,
    tokenUrl,
    isEntra,
    clientId,
    scopes,
    audience,
    proof: proofOf(options),
    fetch,
    timeout,
    store: cache ?? memoryStore(),
    stored: cache !== undefined,
  };
}

function proofOf(options: AnyOptions): Proof {
  if (!("clientSecret" in options) && !("certificate" in options)) return {};
  const { clientSecret, certificate, clientAuthentication } = options;
  return {
    secret: clientSecret,
    certificate: certificate && readCertificate(certificate),
    authentication: clientAuthentication,
  };
}

/**
 * The scopes to ask for: those of the options, or with Entra ID those of the client. Others do not know the client's.
 *
 * @throws ConfigError when Entra ID would be asked for nothing
 */
export function scopesFor(settings: Settings, asked: readonly string[] | undefined): readonly string[] {
  const scopes = settings.scopes ?? (settings.isEntra ? asked : undefined) ?? [];
  if (settings.isEntra && scopes.length === 0) {
    throw new ConfigError("CONFIG.MISSING", "The option scopes is missing.", {
      hint: "Outside of a client, Entra ID must be told what the token is for: https://{cluster}.cognitedata.com/.default.",
    });
  }
  return scopes;
}

/** Whether MSAL can speak to the provider: it refuses http, and knows neither audiences nor secrets in the header. */
export function speaksMsal({ isEntra, authority, audience, proof }: Settings): boolean {
  if (isEntra) return true;
  if (authority === undefined || audience !== undefined) return false;
  return authority.startsWith("https:") && proof.authentication !== "client_secret_basic";
}
