import type { AccessToken } from "../../../http/index.js";
import type { Settings } from "../settings.js";

/** Tokens as they are kept between runs. */
export interface StoredTokens {
  readonly token: string;
  readonly expiresAt?: number | undefined;
  readonly refreshToken?: string | undefined;
}

/** A token from an earlier run is used while it lives at least this long. */
const enough = 60_000;

/** The place of the tokens of one application for one purpose. */
export class TokenPlace {
  readonly #settings: Settings;
  readonly #name: string;

  constructor(settings: Settings, scopes: readonly string[]) {
    const { authority, tokenUrl, clientId, audience = "" } = settings;
    this.#settings = settings;
    this.#name = `oauth ${authority ?? tokenUrl} ${clientId} ${audience} ${[...scopes].sort().join(" ")}`;
  }

  async load(): Promise<StoredTokens | undefined> {
    const text = await this.#settings.store.load(this.#name);
    return text === undefined ? undefined : parsed(text);
  }

  async save({ token, expiresAt }: AccessToken, refreshToken: string | undefined): Promise<void> {
    const tokens: StoredTokens = { token, expiresAt, refreshToken };
    await this.#settings.store.save(this.#name, JSON.stringify(tokens));
  }
}

/** The token that is kept, where it will live for some time. */
export function stillGood({ token, expiresAt }: StoredTokens): AccessToken | undefined {
  if (expiresAt === undefined || expiresAt - Date.now() < enough) return undefined;
  return { token, expiresAt };
}

function parsed(text: string): StoredTokens | undefined {
  try {
    const { token, expiresAt, refreshToken }: Partial<Record<string, unknown>> = JSON.parse(text) ?? {};
    if (typeof token !== "string" || token === "") return undefined;
    return {
      token,
      expiresAt: typeof expiresAt === "number" ? expiresAt : undefined,
      refreshToken: typeof refreshToken === "string" ? refreshToken : undefined,
    };
  } catch {
    return undefined;
  }
}
