import type { Fetch } from "../../http/index.js";
import type { TokenStore } from "./token-store.js";

/** Sign-in by Microsoft Entra ID. */
export interface EntraAddress {
  /** Id or domain name of the tenant: the identity provider is `https://login.microsoftonline.com/{tenantId}`. */
  readonly tenantId: string;
  readonly authority?: undefined;
  readonly tokenUrl?: undefined;
  readonly audience?: undefined;
}

/** Sign-in by an OpenID provider, which is asked for its addresses. */
export interface IssuerAddress {
  /** The issuer: `{authority}/.well-known/openid-configuration` says the rest. Such as `https://acme.eu.auth0.com`. */
  readonly authority: string;
  readonly tenantId?: undefined;
  readonly tokenUrl?: undefined;
  /** Who the token is for, of providers that ask for it, such as Auth0. */
  readonly audience?: string;
}

/** Sign-in at an address for tokens, such as `https://auth.cognite.com/oauth2/token`. */
export interface TokenAddress {
  /** Address that gives tokens; nothing else is asked for. */
  readonly tokenUrl: string;
  readonly tenantId?: undefined;
  readonly authority?: undefined;
  /** Who the token is for, of providers that ask for it. */
  readonly audience?: string;
}

/** What all ways of signing in take. */
export interface SignInOptions {
  /** Id of the application, as registered with the identity provider. */
  readonly clientId: string;
  /**
   * What the token may be used for.
   *
   * @defaultValue with Entra ID `{address of the service}/.default`, as the client asks; else none is sent
   */
  readonly scopes?: readonly string[];
  /** Sends the requests: `connectionPool({ ca, proxy }).fetch` for own certificates or a proxy. @defaultValue the global `fetch` */
  readonly fetch?: Fetch;
  /** Milliseconds for each request to the identity provider. @defaultValue 30_000 */
  readonly timeout?: number;
  /** Where tokens stay between runs: `fileCache()`. @defaultValue in memory only */
  readonly cache?: TokenStore;
}

/** A certificate that stands in for a secret. */
export interface CertificateOptions {
  /** PEM of the private key. */
  readonly privateKey: string;
  /** PEM of the certificate, as registered with the identity provider. */
  readonly certificate: string;
  /** Of the private key, where it is encrypted. */
  readonly passphrase?: string;
}

/** How an application shows that it is itself. */
export type ClientProof =
  | {
      readonly clientSecret: string;
      /**
       * How the secret is sent, off Entra ID.
       *
       * @defaultValue as MSAL does where it signs in (in the body); else as the provider says, or in the header
       */
      readonly clientAuthentication?: "client_secret_basic" | "client_secret_post";
      readonly certificate?: undefined;
    }
  | {
      readonly certificate: CertificateOptions;
      readonly clientSecret?: undefined;
      readonly clientAuthentication?: undefined;
    };

/** Options of {@link clientCredentials}. */
export type ClientCredentialsOptions = (EntraAddress | IssuerAddress | TokenAddress) & SignInOptions & ClientProof;

/** What a user needs for signing in on another device. */
export interface DeviceCodePrompt {
  /** What the user types. */
  readonly userCode: string;
  /** Where. */
  readonly verificationUri: string;
  /** The same with the code in it, for a link or a QR code. */
  readonly verificationUriComplete?: string;
  /** A sentence that says so. */
  readonly message: string;
  /** When the code ends, in milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Options of {@link deviceCode}. */
export type DeviceCodeOptions = (EntraAddress | IssuerAddress) &
  SignInOptions & {
    /** Shows the user where to go; called each time that the user has to sign in. */
    readonly onCode: (prompt: DeviceCodePrompt) => void;
    /** Ends signing in that is under way, and refuses what comes later. */
    readonly signal?: AbortSignal;
  };

/** Options of {@link interactive}. */
export type InteractiveOptions = (EntraAddress | IssuerAddress) &
  SignInOptions & {
    /** Opens the address in a browser. @defaultValue the browser of the system */
    readonly openBrowser?: (url: string) => void | Promise<void>;
    /** Port of this machine to which the browser comes back. @defaultValue a free one */
    readonly port?: number;
    /** What the provider asks of the user, such as `login`, `consent` or `select_account`. @defaultValue as it likes */
    readonly prompt?: string;
    /** Ends signing in that is under way, and refuses what comes later. */
    readonly signal?: AbortSignal;
  };
