import type { PublicClientApplication } from "@azure/msal-browser";
import { CredentialsError } from "../../errors/index.js";

/** The class of MSAL that signs in. */
export type Msal = typeof PublicClientApplication;

/**
 * Loads MSAL, which the application brings.
 *
 * @throws CredentialsError `CREDENTIALS.PACKAGE` when it is not installed
 */
export async function loadMsal(): Promise<Msal> {
  try {
    const { PublicClientApplication } = await import("@azure/msal-browser");
    return PublicClientApplication;
  } catch (cause) {
    throw new CredentialsError(
      "CREDENTIALS.PACKAGE",
      "pygen/auth/browser needs the package @azure/msal-browser, which cannot be loaded.",
      { hint: "Run: npm install @azure/msal-browser", cause },
    );
  }
}
