import { errors, type JWTPayload, jwtVerify } from "jose";
import { issuerKeys, type OidcOptions } from "./issuer-keys.js";
import { TokenRefusal } from "./token-refusal.js";

/** What a token says of its holder. */
export interface Holder {
  readonly subject: string;
  readonly groups: readonly string[];
}

/** Only signatures whose key the issuer alone has. */
const ALGORITHMS = [
  ...["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"],
  ...["ES256", "ES384", "ES512", "EdDSA", "Ed25519"],
];

/**
 * Makes what tells whose token it is: signature, issuer, audience and times are checked.
 *
 * Throws TokenRefusal that says what is wrong with a token, without showing it, or that the issuer's keys cannot be had.
 */
export function tokenVerifier(options: OidcOptions, now: () => number): (token: string) => Promise<Holder> {
  const { audience, clockTolerance = 60_000 } = options;
  const keys = issuerKeys(options);
  return async (token) => {
    const { issuer, keyOf } = await keys();
    try {
      const { payload } = await jwtVerify(token, keyOf, {
        issuer,
        audience: typeof audience === "string" ? audience : [...audience],
        algorithms: ALGORITHMS,
        requiredClaims: ["exp", "sub"],
        clockTolerance: clockTolerance / 1000,
        currentDate: new Date(now()),
      });
      return holderOf(payload);
    } catch (error) {
      throw error instanceof TokenRefusal ? error : new TokenRefusal("invalid", reasonOf(error));
    }
  };
}

function holderOf({ sub = "", groups }: JWTPayload): Holder {
  const named: readonly unknown[] = Array.isArray(groups) ? groups : [];
  return { subject: sub, groups: named.filter((group) => typeof group === "string") };
}

const claims: ReadonlyMap<string, string> = new Map([
  ["iss", "the token is from another issuer."],
  ["aud", "the token is for another audience."],
  ["nbf", "the token is not valid yet."],
]);

/** What is wrong with a token. The libraries' own messages may show parts of it. */
function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return "the token has expired.";
  if (error instanceof errors.JWTClaimValidationFailed) {
    return claims.get(error.claim) ?? `the token's claim '${error.claim}' is missing or not valid.`;
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) return "the token's signature is wrong.";
  if (error instanceof errors.JWKSNoMatchingKey) return "the issuer has no such key as the token is signed with.";
  if (error instanceof errors.JOSEAlgNotAllowed) return "the token's algorithm is not accepted.";
  return "the token is not a signed JWT.";
}
