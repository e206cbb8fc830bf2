import { type Holder, type OidcOptions, TokenRefusal, tokenVerifier } from "../../oidc/index.js";
import { Fault } from "../engine/fault.js";

/**
 * Makes what tells whose token it is.
 *
 * Throws Fault 401 that says what is wrong with a token, without showing it; 503 while the issuer's keys cannot be had.
 */
export function holderOf(options: OidcOptions, now: () => number): (token: string) => Promise<Holder> {
  const verify = tokenVerifier(options, now);
  return async (token) => {
    try {
      return await verify(token);
    } catch (error) {
      if (!(error instanceof TokenRefusal)) throw error;
      throw error.kind === "invalid"
        ? new Fault(401, `Unauthorized: ${error.message}`)
        : new Fault(503, `The emulator cannot check tokens: ${error.message}`);
    }
  };
}
