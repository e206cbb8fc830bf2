export type { AccessToken, Credentials, TokenRequest } from "../http/index.js";
export { token } from "./token.js";
export { TokenCache, type TokenCacheOptions, type TokenFetch, type TokenFetchRequest } from "./token-cache.js";
export { type TokenProviderOptions, type TokenSource, tokenProvider } from "./token-provider.js";
