import * as oauth from "oauth4webapi";
import type { AccessToken } from "../../../http/index.js";
import type { Settings } from "../settings.js";
import type { Wanted } from "../user-session.js";
import { explained, findServer, purpose, tokenOf } from "./server.js";
import { stillGood, TokenPlace } from "./stored-tokens.js";

/** A token for an application itself, by the standard. */
export async function oauthClientToken(settings: Settings, wanted: Wanted): Promise<AccessToken> {
  const { scopes, forceRefresh, line } = wanted;
  const place = new TokenPlace(settings, scopes);
  const kept = settings.stored && !forceRefresh ? await place.load() : undefined;
  const good = kept && stillGood(kept);
  if (good !== undefined) return good;
  const token = await explained(line, async () => {
    const { server, client, proof, options } = await findServer(settings, line);
    const parameters = purpose(scopes, settings.audience);
    const answer = await oauth.clientCredentialsGrantRequest(server, client, proof, parameters, options);
    return tokenOf(await oauth.processClientCredentialsResponse(server, client, answer));
  });
  if (settings.stored) await place.save(token, undefined);
  return token;
}
