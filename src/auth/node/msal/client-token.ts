import { randomUUID } from "node:crypto";
import type { AccessToken } from "../../../http/index.js";
import type { Settings } from "../settings.js";
import type { Wanted } from "../user-session.js";
import { configurationOf } from "./configuration.js";
import { loadMsal } from "./load.js";
import { explained, tokenOf } from "./token-of.js";

/** A token for an application itself, by MSAL. */
export async function msalClientToken(settings: Settings, wanted: Wanted): Promise<AccessToken> {
  const { scopes, forceRefresh, line } = wanted;
  const { ConfidentialClientApplication } = await loadMsal();
  return explained(line, async () => {
    const application = new ConfidentialClientApplication(configurationOf(settings, line));
    const skipCache = forceRefresh || !settings.stored;
    const request = { scopes: [...scopes], skipCache, correlationId: randomUUID() };
    return tokenOf(await application.acquireTokenByClientCredential(request));
  });
}
