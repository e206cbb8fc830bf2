import { CredentialsError } from "../../../errors/index.js";

/** The package that speaks to Entra ID. */
export type Msal = typeof import("@azure/msal-node");

/**
 * Loads MSAL, which the application brings.
 *
 * @throws CredentialsError `CREDENTIALS.PACKAGE` when it is not installed
 */
export async function loadMsal(): Promise<Msal> {
  try {
    return await import("@azure/msal-node");
  } catch (cause) {
    throw new CredentialsError(
      "CREDENTIALS.PACKAGE",
      "This way of signing in needs the package @azure/msal-node, which cannot be loaded.",
      { hint: "Run: npm install @azure/msal-node", cause },
    );
  }
}
