import type { AccessToken } from "../../http/index.js";
import type { DeviceCodePrompt } from "./options.js";
import type { ProviderLine } from "./provider-line.js";

/** What a token is wanted for. */
export interface Wanted {
  readonly scopes: readonly string[];
  readonly forceRefresh: boolean;
  readonly line: ProviderLine;
}

/** What a user's browser is sent to, and what belongs to its way back. */
export interface BrowserTrip {
  readonly redirectUri: string;
  readonly state: string;
  readonly verifier: string;
  /** The verifier's SHA-256. */
  readonly challenge: string;
  readonly prompt: string | undefined;
}

/** A user's sign-in, by one library or the other. */
export interface UserSession {
  /** A token without asking the user, or `undefined` when the user has to sign in. */
  silent(): Promise<AccessToken | undefined>;
  /** The address at which the user signs in. */
  address(trip: BrowserTrip): Promise<string>;
  /** The token for the parameters with which the browser came back. */
  redeem(trip: BrowserTrip, parameters: URLSearchParams): Promise<AccessToken>;
  /** Has the user sign in on another device. */
  device(onCode: (prompt: DeviceCodePrompt) => void): Promise<AccessToken>;
}
