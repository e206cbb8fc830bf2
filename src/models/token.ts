import type { JsonObject } from "./json.js";

/** A project that a token gives access to. */
export interface TokenProject {
  readonly projectUrlName: string;
  readonly groups: readonly number[];
}

/** Answer of `GET /api/v1/token/inspect` (contract 1.3). */
export interface TokenInspection {
  readonly subject: string;
  readonly projects: readonly TokenProject[];
  readonly capabilities: readonly JsonObject[];
}
