import { msalSession } from "./msal/msal-session.js";
import { OAuthSession } from "./oauth/oauth-session.js";
import { type Settings, speaksMsal } from "./settings.js";
import type { UserSession, Wanted } from "./user-session.js";

/** A user's sign-in, by what can speak to the provider. */
export async function openSession(settings: Settings, wanted: Wanted): Promise<UserSession> {
  return speaksMsal(settings) ? msalSession(settings, wanted) : new OAuthSession(settings, wanted);
}
