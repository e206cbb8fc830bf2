import { ConfigError } from "../errors/index.js";
import { type Capabilities, callerOf, type OidcOptions, readCapabilities, tokenVerifier } from "./auth/index.js";
import { DEFAULT_LIMITS, type ProjectLimits } from "./engine/project-limits.js";
import { createApp } from "./http/app.js";
import { countingGate, openGate } from "./http/concurrency.js";
import { type Authenticate, byRule } from "./http/token.js";
import type { LoadModel } from "./load.js";
import { isProjectName, PROJECT_NAME_HINT } from "./project-name.js";
import { type LoadOptions, Projects } from "./projects.js";

export type { Capabilities, Capability, CapabilityScope, OidcOptions, ProjectScope } from "./auth/index.js";
export type { ProjectLimits } from "./engine/project-limits.js";
export type { LoadModel } from "./load.js";
export type { LoadOptions } from "./projects.js";

/** Options of {@link createEmulator}. */
export interface EmulatorOptions {
  /** The one project to serve. Without it any project is served, each with data of its own. */
  readonly project?: string;
  /** The token to accept, or what tells whether one is. Without it every bearer token is accepted. */
  readonly token?: string | ((token: string) => boolean);
  /** Accepts the tokens of this issuer only, and checks them. Without it, see `token`. */
  readonly oidc?: OidcOptions;
  /**
   * Who may do what, by the groups and the subject of tokens that `oidc` checks. Who is not named may do nothing; without
   * it, every token is good for everything.
   */
  readonly capabilities?: Capabilities;
  /** How much a project may hold. @defaultValue the service's own limits */
  readonly limits?: Partial<ProjectLimits>;
  /** Refuses calls beyond `limits.concurrentReads` and the like with 429. @defaultValue false */
  readonly concurrencyLimits?: boolean;
  /** The time in milliseconds since 1970. @defaultValue `Date.now` */
  readonly now?: () => number;
}

/** A data modeling service in this process. */
export interface Emulator {
  /** Answers a request as the service does. Never rejects: what goes wrong is in the answer. */
  readonly fetch: (request: Request) => Promise<Response>;
  /**
   * Puts a model into every project, or one. What is loaded is the system's unless `global` is false:
   * it is the only way into system spaces, which API writes cannot change.
   *
   * @throws ModelError `MODEL.REFUSED` when the model breaks a rule of the service; nothing is loaded then
   */
  readonly load: (model: LoadModel, options?: LoadOptions) => void;
}

/**
 * Makes a data modeling service that lives in this process and keeps everything in memory. The system spaces
 * `cdf_cdm`, `cdf_cdm_3d` and `cdf_core` are there from the start. `pygen/emulator/node` lets it listen on a port.
 *
 * @throws ConfigError `CONFIG.PROJECT` for a project that no service could have, `CONFIG.CAPABILITIES` for capabilities
 *   that are wrong (it names the place) or come without `oidc`, `CONFIG.OIDC` for an issuer that is no address, no
 *   audience, or `oidc` beside `token`
 *
 * @example
 * ```ts
 * import { createEmulator } from "pygen/emulator";
 * const emulator = createEmulator();
 * const answer = await emulator.fetch(
 *   new Request("http://emulator/api/v1/projects/demo/models/spaces", { headers: { authorization: "Bearer any" } }),
 * );
 * console.log(await answer.json()); // { items: [] }
 * ```
 */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  const { project, now = Date.now } = options;
  if (project !== undefined && !isProjectName(project)) {
    throw new ConfigError("CONFIG.PROJECT", `Invalid project '${project}'.`, { hint: PROJECT_NAME_HINT });
  }
  const projects = new Projects(now, { ...DEFAULT_LIMITS, ...options.limits });
  const app = createApp({
    authenticate: authenticationOf(options, now),
    gate: options.concurrencyLimits === true ? countingGate() : openGate,
    project,
    state: (name) => projects.state(name),
    projects: () => (project === undefined ? projects.names() : [project]),
  });
  return {
    fetch: async (request) => app.fetch(request),
    load: (model, loadOptions = {}) => projects.load(model, loadOptions),
  };
}

function authenticationOf({ token, oidc, capabilities }: EmulatorOptions, now: () => number): Authenticate {
  const book = capabilities && readCapabilities(capabilities);
  if (!oidc) {
    if (!book) return byRule(token);
    throw new ConfigError("CONFIG.CAPABILITIES", "Capabilities need tokens whose holder is known.", {
      hint: "Set oidc too: the issuer and the audience of the tokens.",
    });
  }
  checkOidc(oidc, token !== undefined);
  const holderOf = tokenVerifier(oidc, now);
  return async (bearer) => callerOf(await holderOf(bearer), book);
}

function checkOidc({ issuer, audience }: OidcOptions, hasToken: boolean): void {
  const hint = "Set oidc to { issuer, audience }, as the tokens have them in iss and aud.";
  if (hasToken) throw new ConfigError("CONFIG.OIDC", "Tokens are checked either by token or by oidc.", { hint });
  if (!/^https?:\/\/[^/]/.test(issuer) || !URL.canParse(issuer)) {
    throw new ConfigError("CONFIG.OIDC", `Invalid issuer '${issuer}': it is no address.`, { hint });
  }
  if (audience.length === 0) throw new ConfigError("CONFIG.OIDC", "The audience is missing.", { hint });
}
