// The door `pygen/auth/node`: signing in from Node.
export { clientCredentials } from "./client-credentials.js";
export { deviceCode } from "./device-code.js";
export { fileCache } from "./file-cache.js";
export { type EnvironmentOptions, type EnvironmentSignIn, fromEnvironment } from "./from-environment.js";
export { interactive } from "./interactive.js";
export type {
  CertificateOptions,
  ClientCredentialsOptions,
  ClientProof,
  DeviceCodeOptions,
  DeviceCodePrompt,
  EntraAddress,
  InteractiveOptions,
  IssuerAddress,
  SignInOptions,
  TokenAddress,
} from "./options.js";
export type { TokenStore } from "./token-store.js";
