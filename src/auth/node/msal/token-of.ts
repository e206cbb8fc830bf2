import type { AuthenticationResult } from "@azure/msal-node";
import { CredentialsError } from "../../../errors/index.js";
import type { AccessToken } from "../../../http/index.js";
import type { ProviderLine } from "../provider-line.js";

/** The token in what MSAL gives. */
export function tokenOf(result: AuthenticationResult | null): AccessToken {
  if (result === null || result.accessToken === "") {
    throw new CredentialsError("CREDENTIALS.MISSING", "The identity provider gave no access token.", {
      hint: "Check scopes: the provider gives a token only for what is asked.",
    });
  }
  return { token: result.accessToken, expiresAt: result.expiresOn?.getTime() };
}

/** Runs something of MSAL's; what it throws becomes an error of ours. */
export async function explained<T>(line: ProviderLine, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const id: unknown = error instanceof Error && "correlationId" in error ? error.correlationId : undefined;
    throw line.errorFor(error, typeof id === "string" && id !== "" ? id : undefined);
  }
}
