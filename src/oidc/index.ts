export type { OidcOptions } from "./issuer-keys.js";
export { TokenRefusal } from "./token-refusal.js";
export { type Holder, tokenVerifier } from "./token-verifier.js";
