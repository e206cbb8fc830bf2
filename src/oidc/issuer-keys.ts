import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from "jose";
import { isRecord } from "../models/index.js";
import { TokenRefusal } from "./token-refusal.js";

/** Whose tokens are accepted. */
export interface OidcOptions {
  /** The issuer, as tokens name it in `iss`; its keys are found by its `/.well-known/openid-configuration`. */
  readonly issuer: string;
  /** What a token must be for, as it says in `aud`; of several, any. */
  readonly audience: string | readonly string[];
  /** Milliseconds that the issuer's clock may differ from this one. @defaultValue 60,000 */
  readonly clockTolerance?: number;
  /** How the issuer is reached. @defaultValue the platform's `fetch` */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** An issuer's name, as its tokens spell it, and its keys. */
export interface IssuerKeys {
  readonly issuer: string;
  readonly keyOf: JWTVerifyGetKey;
}

/** Milliseconds for each answer of the issuer. */
const TIMEOUT = 5_000;

/**
 * Makes what finds an issuer's keys by discovery, on first use and, where that fails, on the next. Keys are kept for 10
 * minutes; a token with a key that is not among them has them fetched anew, at most every 30 seconds.
 */
export function issuerKeys(options: OidcOptions): () => Promise<IssuerKeys> {
  let found: Promise<IssuerKeys> | undefined;
  return () => {
    found ??= discover(options).catch((error: unknown) => {
      found = undefined;
      throw error;
    });
    return found;
  };
}

async function discover(options: OidcOptions): Promise<IssuerKeys> {
  const { issuer } = options;
  const send = senderOf(options);
  const document: unknown = await send(`${bare(issuer)}/.well-known/openid-configuration`, {
    signal: AbortSignal.timeout(TIMEOUT),
  })
    .then((response) => (response.ok ? response.json() : undefined))
    .catch(() => undefined);
  if (!isRecord(document) || typeof document["issuer"] !== "string" || typeof document["jwks_uri"] !== "string") {
    throw unreachable(issuer);
  }
  if (bare(document["issuer"]) !== bare(issuer)) {
    throw new TokenRefusal("unchecked", `the issuer at ${issuer} calls itself ${document["issuer"]}.`);
  }
  const remote = createRemoteJWKSet(new URL(document["jwks_uri"]), { timeoutDuration: TIMEOUT, [customFetch]: send });
  return {
    issuer: document["issuer"],
    keyOf: (header, token) =>
      remote(header, token).catch((error: unknown) => {
        if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
        throw unreachable(issuer);
      }),
  };
}

/** Runtimes hold a request but weakly: once it is collected, its signal stops nothing. */
const underWay = new Set<Request>();

function senderOf({ fetch: own }: OidcOptions): (url: string, init: RequestInit) => Promise<Response> {
  if (!own) return (url, init) => fetch(url, init);
  return async (url, init) => {
    const request = new Request(url, init);
    underWay.add(request);
    try {
      return await own(request);
    } finally {
      underWay.delete(request);
    }
  };
}

function bare(issuer: string): string {
  return issuer.replace(/\/+$/, "");
}

function unreachable(issuer: string): TokenRefusal {
  return new TokenRefusal("unchecked", `the keys of the issuer ${issuer} cannot be had right now.`);
}
