import { CredentialsError, type CredentialsErrorCode } from "../../errors/index.js";

/** An identity provider's no. */
export interface Refusal {
  /** Such as `invalid_client`. */
  readonly error: string;
  readonly description?: string | undefined;
  readonly correlationId?: string | undefined;
  readonly status?: number | undefined;
  readonly url?: string | undefined;
}

const kinds: ReadonlyMap<string, CredentialsErrorCode> = new Map<string, CredentialsErrorCode>([
  ["interaction_required", "CREDENTIALS.INTERACTION"],
  ["login_required", "CREDENTIALS.INTERACTION"],
  ["consent_required", "CREDENTIALS.INTERACTION"],
  ["account_selection_required", "CREDENTIALS.INTERACTION"],
  ["expired_token", "CREDENTIALS.TIMEOUT"],
  ["server_error", "CREDENTIALS.UNREACHABLE"],
  ["temporarily_unavailable", "CREDENTIALS.UNREACHABLE"],
]);

const hints: ReadonlyMap<string, string> = new Map([
  [
    "invalid_client",
    "Check clientId and the secret or certificate: it may have ended, belong to another application, or be the id of the secret " +
      "instead of its value. Some providers want it sent in another way: clientAuthentication.",
  ],
  ["unauthorized_client", "Allow the application this way of signing in, in its registration with the provider."],
  ["invalid_scope", "Check scopes: with Entra ID it is one, https://{cluster}.cognitedata.com/.default."],
  ["invalid_target", "Check audience and scopes: the provider does not know who the token would be for."],
  ["invalid_resource", "Check scopes: the provider does not know who the token would be for."],
  ["unsupported_grant_type", "Allow the application this way of signing in, in its registration with the provider."],
  ["access_denied", "The user or the provider said no: sign in again, or ask an administrator for consent."],
  ["authorization_declined", "The user said no: sign in again."],
  ["redirect_uri_mismatch", "Register the redirect address http://localhost with the provider."],
  ["expired_token", "The code was not used in time: sign in again."],
  ["invalid_grant", "What was signed in with has ended, or was withdrawn: sign in again."],
  ["server_error", "The provider failed: try again."],
  ["temporarily_unavailable", "The provider is too busy: try again."],
]);

const userHint = "The user has to sign in again.";
const otherHint = "Ask who runs the identity provider, with its code and correlation id.";

/** The error for a refusal, in the provider's words. */
export function refusedError(refusal: Refusal, secrets: readonly string[], cause?: unknown): CredentialsError {
  const { error, description, correlationId, status, url } = refusal;
  const words = description === undefined ? "" : `: ${description.split(/\r?\n/)[0]}`;
  const code = kinds.get(error) ?? "CREDENTIALS.REFUSED";
  const hint = hints.get(error) ?? (code === "CREDENTIALS.INTERACTION" ? userHint : otherHint);
  const details = { providerCode: error, correlationId, status, url, hint, secrets, cause };
  return new CredentialsError(code, `The identity provider refused with ${error}${words}`, details);
}

/** Whether a renewal that was refused so can only be helped by the user, who has to sign in again. */
export function needsUser(refusal: Refusal): boolean {
  return refusal.error === "invalid_grant" || kinds.get(refusal.error) === "CREDENTIALS.INTERACTION";
}

/** The refusal in an answer, where it is one. */
export function refusalOf(body: unknown, answer: Response, url: string): Refusal | undefined {
  if (typeof body !== "object" || body === null || !("error" in body) || typeof body.error !== "string")
    return undefined;
  return {
    error: body.error,
    description: textOf(body, "error_description"),
    correlationId: textOf(body, "correlation_id") ?? correlationIdOf(answer.headers),
    status: answer.status,
    url,
  };
}

const correlationHeaders = ["x-correlation-id", "x-request-id", "x-ms-request-id", "x-auth0-requestid"];

/** By which the provider finds the request, as its answer says. */
export function correlationIdOf(headers: Headers): string | undefined {
  for (const name of correlationHeaders) {
    const value = headers.get(name);
    if (value !== null) return value;
  }
  return undefined;
}

function textOf(body: object, name: string): string | undefined {
  const value: unknown = Object.hasOwn(body, name) ? Reflect.get(body, name) : undefined;
  return typeof value === "string" ? value : undefined;
}
