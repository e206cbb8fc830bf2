import { ConfigError } from "../errors/index.js";
import { type OidcOptions, TokenRefusal, tokenVerifier } from "../oidc/index.js";
import { Problem } from "./problem.js";

/** Who may use the service. Without keys and issuer, everybody. */
export interface ServiceAccess {
  /** Keys by the name of who holds them, which logs and limits go by; sent as `X-API-Key`. At least 16 characters each. */
  readonly apiKeys?: Readonly<Record<string, string>> | undefined;
  /** Whose tokens are accepted, as `Authorization: Bearer`. */
  readonly oidc?: OidcOptions | undefined;
}

/** Who asks: a name for limits and logs; none where everybody may. */
export type Identify = (request: Request) => Promise<string | undefined>;

const challenge = { "www-authenticate": 'Bearer realm="pygen"' };

/** One way to say who asks; `undefined` where a request does not use it. */
type Way = (headers: Headers) => Promise<string> | undefined;

/** Makes what tells who asks, or refuses. */
export function identifier({ apiKeys, oidc }: ServiceAccess, now: () => number): Identify {
  const ways: readonly (readonly [name: string, way: Way])[] = [
    ...(apiKeys ? [["X-API-Key", byKey(apiKeys)] as const] : []),
    ...(oidc ? [["Authorization: Bearer", byToken(oidc, now)] as const] : []),
  ];
  if (ways.length === 0) return async () => undefined;
  return async ({ headers }) => {
    for (const [, way] of ways) {
      const found = way(headers);
      if (found) return found;
    }
    const names = ways.map(([name]) => name).join(" or ");
    throw new Problem(401, "ACCESS.MISSING", `This service needs ${names}.`, { headers: challenge });
  };
}

/** Keys are compared by their hashes, so that the time it takes says nothing about them. */
function byKey(apiKeys: Readonly<Record<string, string>>): Way {
  const names = namesByHash(apiKeys);
  const nameOf = async (key: string): Promise<string> => {
    const name = (await names).get(await hashOf(key));
    if (name !== undefined) return `key ${name}`;
    throw new Problem(401, "ACCESS.KEY", "The API key is not known.", { headers: challenge });
  };
  return (headers) => {
    const key = headers.get("x-api-key");
    return key === null ? undefined : nameOf(key);
  };
}

function byToken(oidc: OidcOptions, now: () => number): Way {
  const verify = tokenVerifier(oidc, now);
  const subjectOf = async (token: string): Promise<string> => {
    try {
      return `subject ${(await verify(token)).subject}`;
    } catch (error) {
      throw error instanceof TokenRefusal ? refusedToken(error) : error;
    }
  };
  return (headers) => {
    const token = bearerOf(headers.get("authorization"));
    return token === undefined ? undefined : subjectOf(token);
  };
}

function refusedToken({ kind, message }: TokenRefusal): Problem {
  return kind === "invalid"
    ? new Problem(401, "ACCESS.TOKEN", `The token is not accepted: ${message}`, { headers: challenge })
    : new Problem(503, "ACCESS.ISSUER", `Tokens cannot be checked: ${message}`, { headers: { "retry-after": "5" } });
}

/** The token of a header `Bearer <token>`. */
export function bearerOf(header: string | null): string | undefined {
  return /^bearer +(\S+)$/i.exec(header ?? "")?.[1];
}

async function namesByHash(apiKeys: Readonly<Record<string, string>>): Promise<ReadonlyMap<string, string>> {
  const pairs = Object.entries(apiKeys).map(async ([name, key]) => [await hashOf(key), name] as const);
  return new Map(await Promise.all(pairs));
}

/** @throws ConfigError `CONFIG.API_KEY` for a key that can be guessed */
export function checkAccess({ apiKeys = {} }: ServiceAccess): void {
  const short = Object.entries(apiKeys).find(([, key]) => key.length < 16);
  if (short) {
    throw new ConfigError("CONFIG.API_KEY", `The API key of '${short[0]}' has fewer than 16 characters.`, {
      hint: "Use a random one: openssl rand -hex 32",
    });
  }
}

/** SHA-256, in hexadecimal digits. */
export async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
