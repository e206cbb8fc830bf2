import {
  CredentialsError,
  type CredentialsErrorCode,
  type CredentialsErrorDetails,
  isPygenError,
  type PygenError,
} from "../../errors/index.js";

/** What MSAL's errors have, of whichever class. */
interface MsalError extends Error {
  readonly errorCode: string;
  readonly errorMessage?: string;
  readonly subError?: string;
  readonly correlationId?: string;
  /** Of errors that the provider gave. */
  readonly status?: number;
}

type Kind = readonly [code: CredentialsErrorCode, what: string, hint?: string];

const signInAgain: Kind = [
  "CREDENTIALS.INTERACTION",
  "the user has to sign in again",
  "Call signIn() when the user asks for it. Without a refresh token, browsers that block cookies of other sites end here.",
];
const cancelled: Kind = ["CREDENTIALS.CANCELLED", "signing in was ended"];
const blocked: Kind = [
  "CREDENTIALS.POPUP_BLOCKED",
  "the browser let no window open",
  'Call signIn() at once when a click is handled, or set popupBlocked: "redirect".',
];
const unreachable: Kind = [
  "CREDENTIALS.UNREACHABLE",
  "the identity provider does not answer",
  "Check authority, the network, and that the page's content security policy names the provider in connect-src.",
];
const late: Kind = [
  "CREDENTIALS.TIMEOUT",
  "the identity provider's answer did not come in time",
  "Check that the page at redirectUri is there and calls completeSignIn(), and that frame-src names the provider and 'self'.",
];
const busy: Kind = ["CREDENTIALS.FAILED", "signing in or out is under way already", "Wait for it to end, in this tab."];

/** MSAL's own codes. */
const kinds: ReadonlyMap<string, Kind> = new Map([
  ["no_tokens_found", signInAgain],
  ["refresh_token_expired", signInAgain],
  ["no_account_error", signInAgain],
  ["no_account_in_silent_request", signInAgain],
  ["interaction_required", signInAgain],
  ["login_required", signInAgain],
  ["consent_required", signInAgain],
  ["bad_token", signInAgain],
  ["invalid_grant", signInAgain],
  ["user_cancelled", cancelled],
  ["user_canceled", cancelled],
  ["interaction_in_progress_cancelled", cancelled],
  ["popup_window_error", blocked],
  ["empty_window_error", blocked],
  ["no_network_connectivity", unreachable],
  ["network_error", unreachable],
  ["post_request_failed", unreachable],
  ["get_request_failed", unreachable],
  ["failed_to_parse_response", unreachable],
  ["endpoints_resolution_error", unreachable],
  ["openid_config_error", unreachable],
  ["server_error", unreachable],
  ["temporarily_unavailable", unreachable],
  ["timed_out", late],
  ["interaction_in_progress", busy],
]);

/**
 * What MSAL threw, as an error of ours. Codes of the provider's are kept; addresses with codes and states are not.
 *
 * @param action - what failed, such as `Signing in`
 * @param url - where the identity provider is
 */
export function toCredentialsError(error: unknown, action: string, url: string): PygenError {
  if (isPygenError(error)) return error;
  if (!isMsalError(error)) {
    return new CredentialsError("CREDENTIALS.FAILED", `${action} failed: ${textOf(error)}`, { url, cause: error });
  }
  const [code, what, hint] = kindOf(error);
  const correlationId = error.correlationId || undefined;
  const details: CredentialsErrorDetails = {
    url,
    hint,
    correlationId,
    status: error.status,
    providerCode: error.errorCode,
    cause: error,
  };
  return new CredentialsError(code, `${action} failed: ${what} (${error.errorCode}).`, details);
}

function isMsalError(error: unknown): error is MsalError {
  return error instanceof Error && "errorCode" in error && typeof error.errorCode === "string";
}

function kindOf(error: MsalError): Kind {
  const { name, errorCode, status } = error;
  if (name === "InteractionRequiredAuthError") return signInAgain;
  const known = kinds.get(errorCode);
  if (known !== undefined) return known;
  if (name !== "ServerError") return ["CREDENTIALS.FAILED", error.errorMessage || error.message];
  if (status !== undefined && status >= 500) return unreachable;
  return ["CREDENTIALS.REFUSED", error.errorMessage || "the identity provider said no"];
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
