import { ConfigError } from "../../errors/index.js";

/**
 * Makes sure that signing in can work here.
 *
 * @throws ConfigError `CONFIG.ENVIRONMENT` outside of a browser's page, `CONFIG.INSECURE` where browsers have no cryptography
 */
export function checkEnvironment(): void {
  if (typeof window === "undefined" || typeof document === "undefined") {
    throw new ConfigError("CONFIG.ENVIRONMENT", "openSession needs the page of a browser.", {
      hint: "On servers use pygen/auth/node; when rendering on a server, open the session in the browser only.",
    });
  }
  if (!window.isSecureContext) {
    throw new ConfigError(
      "CONFIG.INSECURE",
      `Browsers allow signing in on secure pages only, which ${location.origin} is not.`,
      {
        hint: "Serve the page over https, or from http://localhost while developing.",
      },
    );
  }
}
