import { ConfigError } from "../errors/index.js";
import type { OidcOptions } from "../oidc/index.js";
import { type Capabilities, callerOf, holderOf, readCapabilities } from "./auth/index.js";
import type { ProjectLimits } from "./engine/project-limits.js";
import type { Conditions } from "./http/conditions.js";
import { type Authenticate, byRule } from "./http/token.js";
import { isProjectName, PROJECT_NAME_HINT } from "./project-name.js";
import type { EmulatorStorage } from "./storage.js";

/** Options of {@link createEmulator}. */
export interface EmulatorOptions extends Conditions {
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
  /** Refuses every call that could change something, with 403. What the program loads and restores is not refused. @defaultValue false */
  readonly readOnly?: boolean;
  /**
   * Whether `/_emulator` is a page for people, with what the projects hold and the last calls. It asks for no token.
   * @defaultValue true, but false where tokens are checked by `token` or `oidc`
   */
  readonly page?: boolean;
  /** The time in milliseconds since 1970. @defaultValue `Date.now` */
  readonly now?: () => number;
  /**
   * Where the projects are kept, so that they outlive the process; `openStorage` of `pygen/emulator/node` gives one. An
   * answer comes once all that it tells is safe. Without it, memory holds them.
   */
  readonly storage?: EmulatorStorage;
}

/**
 * Refuses options that no emulator could have.
 *
 * @throws ConfigError that names the option
 */
export function checkOptions({ project, latency = 0, chaos = 0, rateLimit }: EmulatorOptions): void {
  if (project !== undefined && !isProjectName(project)) {
    throw new ConfigError("CONFIG.PROJECT", `Invalid project '${project}'.`, { hint: PROJECT_NAME_HINT });
  }
  const [least, most] = typeof latency === "number" ? [latency, latency] : latency;
  if (!(least >= 0 && most >= least && most <= MAX_LATENCY)) {
    const hint = `Use milliseconds from 0 to ${MAX_LATENCY}, or two of them, the smaller first.`;
    throw new ConfigError("CONFIG.CONDITIONS", `Invalid latency '${String(latency)}'.`, { hint });
  }
  if (!(chaos >= 0 && chaos <= 1)) {
    throw new ConfigError("CONFIG.CONDITIONS", `Invalid chaos '${chaos}'.`, { hint: "Use a share from 0 to 1." });
  }
  if (rateLimit !== undefined && !(rateLimit > 0)) {
    const hint = "Use a number of calls in a second, above 0.";
    throw new ConfigError("CONFIG.CONDITIONS", `Invalid rateLimit '${rateLimit}'.`, { hint });
  }
}

/** The longest time that a call may be made to take: ten minutes. */
const MAX_LATENCY = 600_000;

/** What tells who calls, as the options say. */
export function authenticationOf({ token, oidc, capabilities }: EmulatorOptions, now: () => number): Authenticate {
  const book = capabilities && readCapabilities(capabilities);
  if (!oidc) {
    if (!book) return byRule(token);
    throw new ConfigError("CONFIG.CAPABILITIES", "Capabilities need tokens whose holder is known.", {
      hint: "Set oidc too: the issuer and the audience of the tokens.",
    });
  }
  checkOidc(oidc, token !== undefined);
  const holder = holderOf(oidc, now);
  return async (bearer) => callerOf(await holder(bearer), book);
}

function checkOidc({ issuer, audience }: OidcOptions, hasToken: boolean): void {
  const hint = "Set oidc to { issuer, audience }, as the tokens have them in iss and aud.";
  if (hasToken) throw new ConfigError("CONFIG.OIDC", "Tokens are checked either by token or by oidc.", { hint });
  if (!/^https?:\/\/[^/]/.test(issuer) || !URL.canParse(issuer)) {
    throw new ConfigError("CONFIG.OIDC", `Invalid issuer '${issuer}': it is no address.`, { hint });
  }
  if (audience.length === 0) throw new ConfigError("CONFIG.OIDC", "The audience is missing.", { hint });
}
