import { ConfigError } from "../errors/index.js";
import { createApp } from "./http/app.js";
import type { LoadModel } from "./load.js";
import { isProjectName, PROJECT_NAME_HINT } from "./project-name.js";
import { type LoadOptions, Projects } from "./projects.js";

export type { LoadModel } from "./load.js";
export type { LoadOptions } from "./projects.js";

/** Options of {@link createEmulator}. */
export interface EmulatorOptions {
  /** The one project to serve. Without it any project is served, each with data of its own. */
  readonly project?: string;
  /** The token to accept, or what tells whether one is. Without it every bearer token is accepted. */
  readonly token?: string | ((token: string) => boolean);
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
 * @throws ConfigError `CONFIG.PROJECT` for a project that no service could have
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
  const { project, token, now = Date.now } = options;
  if (project !== undefined && !isProjectName(project)) {
    throw new ConfigError("CONFIG.PROJECT", `Invalid project '${project}'.`, { hint: PROJECT_NAME_HINT });
  }
  const projects = new Projects(now);
  const app = createApp({
    token,
    project,
    state: (name) => projects.state(name),
    projects: () => (project === undefined ? projects.names() : [project]),
  });
  return {
    fetch: async (request) => app.fetch(request),
    load: (model, loadOptions = {}) => projects.load(model, loadOptions),
  };
}
