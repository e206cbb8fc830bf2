import { CredentialsError } from "../../errors/index.js";

type Bridge = typeof import("@azure/msal-browser/redirect-bridge").broadcastResponseToMainFrame;

/**
 * Loads the part of MSAL for redirect pages, which the application brings.
 *
 * @throws CredentialsError `CREDENTIALS.PACKAGE` when it is not installed
 */
export async function loadBridge(): Promise<Bridge> {
  try {
    const { broadcastResponseToMainFrame } = await import("@azure/msal-browser/redirect-bridge");
    return broadcastResponseToMainFrame;
  } catch (cause) {
    throw new CredentialsError(
      "CREDENTIALS.PACKAGE",
      "pygen/auth/redirect needs the package @azure/msal-browser, which cannot be loaded.",
      { hint: "Run: npm install @azure/msal-browser", cause },
    );
  }
}
