import { ANYONE, type Caller } from "../auth/index.js";
import { Fault } from "../engine/fault.js";

/** The one token that is accepted, or what tells which are; without it any is. */
export type TokenRule = string | ((token: string) => boolean);

/** Tells who calls, by the token that a call brings; refuses tokens with a {@link Fault}. */
export type Authenticate = (token: string) => Caller | Promise<Caller>;

/**
 * The bearer token of a call.
 *
 * @throws Fault 401 when there is none
 */
export function bearerToken(header: string | undefined): string {
  const token = /^Bearer +([^\s]+) *$/i.exec(header ?? "")?.[1];
  if (token === undefined) throw new Fault(401, "Unauthorized: the header Authorization must be 'Bearer <token>'.");
  return token;
}

/** Makes what accepts the tokens of a rule (contract 1.2); whoever has one may do everything. */
export function byRule(rule: TokenRule | undefined): Authenticate {
  return (token) => {
    const accepted = rule === undefined || (typeof rule === "string" ? rule === token : rule(token));
    if (!accepted) throw new Fault(401, "Unauthorized: the token is not accepted.");
    return ANYONE;
  };
}
