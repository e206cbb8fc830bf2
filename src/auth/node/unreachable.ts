import { CredentialsError } from "../../errors/index.js";

const tlsCode = /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|HOSTNAME_MISMATCH|EPROTO)/;

const tlsHint =
  "Trust the authority that signed its certificate: start Node with NODE_EXTRA_CA_CERTS=authority.pem, or give fetch, such as " +
  "connectionPool({ ca }).fetch of pygen/node.";

/** The error for a request to the identity provider that got no answer. */
export function unreachableError(cause: unknown, url: string, secrets: readonly string[]): CredentialsError {
  const root = rootOf(cause);
  const code = codeOf(root);
  const message = `The identity provider at ${hostOf(url)} cannot be reached: ${messageOf(root)}${code === undefined ? "" : ` (${code})`}`;
  const hint =
    code !== undefined && tlsCode.test(code)
      ? tlsHint
      : "Check the network, a proxy, and the address of the identity provider.";
  return new CredentialsError("CREDENTIALS.UNREACHABLE", message, { url, hint, secrets, cause });
}

/** The deepest cause: what wraps it says only "fetch failed". */
function rootOf(error: unknown): unknown {
  const inner = error instanceof AggregateError ? error.errors[0] : error instanceof Error ? error.cause : undefined;
  return inner === undefined ? error : rootOf(inner);
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The call's own address takes the place of `url` in the client's errors, so the message says where too. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : "an address that is none";
}
