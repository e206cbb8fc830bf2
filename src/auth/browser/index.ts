// The door `pygen/auth/browser`: sign-in of users in a page.
export { openSession } from "./open-session.js";
export type { EntraSessionOptions, OidcSessionOptions, SessionOptions, SignInMode } from "./options.js";
export type { Session, SessionAccount, SignInOptions, SignOutOptions } from "./session.js";
