import * as oauth from "oauth4webapi";
import type { AccessToken } from "../../../http/index.js";
import { millisecondsSince, moment } from "../../clock.js";
import { promptOf } from "../device-prompt.js";
import type { DeviceCodePrompt } from "../options.js";
import { pause } from "../pause.js";
import { needsUser } from "../refusal.js";
import type { Settings } from "../settings.js";
import type { BrowserTrip, UserSession, Wanted } from "../user-session.js";
import { explained, findServer, type OAuthServer, purpose, tokenOf } from "./server.js";
import { stillGood, TokenPlace } from "./stored-tokens.js";

/** What lets a token be renewed without the user, of providers that know it. */
const always = ["openid", "offline_access"];

/** A user's sign-in by the standard. */
export class OAuthSession implements UserSession {
  readonly #settings: Settings;
  readonly #wanted: Wanted;
  readonly #place: TokenPlace;
  #found: Promise<OAuthServer> | undefined;

  constructor(settings: Settings, wanted: Wanted) {
    this.#settings = settings;
    this.#wanted = wanted;
    this.#place = new TokenPlace(settings, wanted.scopes);
  }

  async silent(): Promise<AccessToken | undefined> {
    const kept = await this.#place.load();
    if (kept === undefined) return undefined;
    const good = this.#wanted.forceRefresh ? undefined : stillGood(kept);
    if (good !== undefined || kept.refreshToken === undefined) return good;
    return this.#renew(kept.refreshToken);
  }

  async address({ redirectUri, state, challenge, prompt }: BrowserTrip): Promise<string> {
    return explained(this.#wanted.line, async () => {
      const { server, client } = await this.#server();
      const url = new URL(addressIn(server, "authorization_endpoint"));
      const parameters = {
        ...this.#purpose(server),
        client_id: client.client_id,
        response_type: "code",
        redirect_uri: redirectUri,
        state,
        code_challenge: challenge,
        code_challenge_method: "S256",
        ...(prompt === undefined ? {} : { prompt }),
      };
      for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
      return url.href;
    });
  }

  async redeem({ redirectUri, state, verifier }: BrowserTrip, parameters: URLSearchParams): Promise<AccessToken> {
    const { line } = this.#wanted;
    return explained(line, async () => {
      const { server, client, proof, options } = await this.#server();
      const checked = oauth.validateAuthResponse(server, client, parameters, state);
      const answer = await oauth.authorizationCodeGrantRequest(
        server,
        client,
        proof,
        checked,
        redirectUri,
        verifier,
        options,
      );
      return this.#keep(await oauth.processAuthorizationCodeResponse(server, client, answer));
    });
  }

  async device(onCode: (prompt: DeviceCodePrompt) => void): Promise<AccessToken> {
    return explained(this.#wanted.line, async () => {
      const { server, client, proof, options } = await this.#server();
      addressIn(server, "device_authorization_endpoint");
      const asked = await oauth.deviceAuthorizationRequest(server, client, proof, this.#purpose(server), options);
      const device = await oauth.processDeviceAuthorizationResponse(server, client, asked);
      onCode(
        promptOf({
          userCode: device.user_code,
          verificationUri: device.verification_uri,
          verificationUriComplete: device.verification_uri_complete,
          expiresIn: device.expires_in,
        }),
      );
      return this.#poll(device);
    });
  }

  async #renew(refreshToken: string): Promise<AccessToken | undefined> {
    const { line } = this.#wanted;
    return explained(line, async () => {
      const { server, client, proof, options } = await this.#server();
      const answer = await oauth.refreshTokenGrantRequest(server, client, proof, refreshToken, options);
      if (line.refusal !== undefined && needsUser(line.refusal)) return undefined;
      return this.#keep(await oauth.processRefreshTokenResponse(server, client, answer), refreshToken);
    });
  }

  /** Asks until the user has signed in, as often as the provider allows. */
  async #poll({
    device_code: code,
    interval = 5,
    expires_in: life,
  }: oauth.DeviceAuthorizationResponse): Promise<AccessToken> {
    const { line } = this.#wanted;
    const { server, client, proof, options } = await this.#server();
    let seconds = interval;
    const begun = moment();
    for (;;) {
      if (millisecondsSince(begun) >= life * 1000) throw line.refuse({ error: "expired_token" });
      await pause(seconds * 1000, line.signal);
      const answer = await oauth.deviceCodeGrantRequest(server, client, proof, code, options);
      const refused = line.refusal?.error;
      if (refused === "slow_down") seconds += 5;
      else if (refused !== "authorization_pending") {
        return this.#keep(await oauth.processDeviceCodeResponse(server, client, answer));
      }
    }
  }

  async #keep(answer: oauth.TokenEndpointResponse, before?: string): Promise<AccessToken> {
    const token = tokenOf(answer);
    await this.#place.save(token, answer.refresh_token ?? before);
    return token;
  }

  #server(): Promise<OAuthServer> {
    this.#found ??= findServer(this.#settings, this.#wanted.line);
    return this.#found;
  }

  #purpose({ scopes_supported: known }: oauth.AuthorizationServer): Record<string, string> {
    const own = always.filter((scope) => known === undefined || known.includes(scope));
    return purpose([...new Set([...own, ...this.#wanted.scopes])], this.#settings.audience);
  }
}

/** @throws Error when the provider does not have it */
function addressIn(
  server: oauth.AuthorizationServer,
  name: "authorization_endpoint" | "device_authorization_endpoint",
): string {
  const address = server[name];
  if (address === undefined) throw new Error(`the provider names no ${name}: it does not know this way of signing in`);
  return address;
}
