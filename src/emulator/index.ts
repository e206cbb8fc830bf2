import type { InstancesListRequest } from "../models/index.js";
import { Fault } from "./engine/fault.js";
import { explainList, type Plan } from "./engine/instances/index.js";
import { DEFAULT_LIMITS } from "./engine/project-limits.js";
import { createApp } from "./http/app.js";
import { countingGate, openGate } from "./http/concurrency.js";
import type { LoadModel } from "./load.js";
import { authenticationOf, checkOptions, type EmulatorOptions } from "./options.js";
import { Persistence } from "./persistence.js";
import { type LoadOptions, Projects, type Snapshot } from "./projects.js";

export type { OidcOptions } from "../oidc/index.js";
export type { Capabilities, Capability, CapabilityScope, ProjectScope } from "./auth/index.js";
export type { Plan } from "./engine/instances/index.js";
export type { ProjectLimits } from "./engine/project-limits.js";
export type { Conditions } from "./http/conditions.js";
export type { LoadModel } from "./load.js";
export type { EmulatorOptions } from "./options.js";
export type { LoadOptions, Snapshot } from "./projects.js";
export type { EmulatorStorage } from "./storage.js";

/** A data modeling service in this process. */
export interface Emulator {
  /**
   * Answers a request as the service does, whatever the host of its address. It can stand wherever a `fetch` can: as that
   * of a client, in the `fetch` event of a service worker, in a handler of a test tool. What goes wrong is in the answer;
   * it rejects only when the signal of the request aborts.
   */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /**
   * Puts a model into every project, or one. What is loaded is the system's unless `global` is false:
   * it is the only way into system spaces, which API writes cannot change.
   *
   * @throws ModelError `MODEL.REFUSED` when the model breaks a rule of the service; nothing is loaded then
   */
  readonly load: (model: LoadModel, options?: LoadOptions) => void;
  /** Everything that all projects hold now, to {@link Emulator.restore} as often as is wanted. It takes no time to speak of. */
  readonly snapshot: () => Snapshot;
  /**
   * Puts everything back as it was at a snapshot of this emulator, the loads included. Calls that are under way still
   * belong to what was there before.
   *
   * @throws ConfigError `CONFIG.SNAPSHOT` for a snapshot of another emulator
   */
  readonly restore: (snapshot: Snapshot) => void;
  /** Puts everything back as it was when the emulator was made: nothing but the system spaces, no loads. */
  readonly reset: () => void;
  /**
   * Tells how a list would find its instances, without reading them: by which index, how many it looks at, and which
   * other ways there are.
   *
   * @param project - the only one there is, or `emulator`, unless another is named
   * @throws Error for a request that names what is not there
   */
  readonly explain: (request: InstancesListRequest, project?: string) => Plan;
}

/** The project to use where any is served. */
const ANY_PROJECT = "emulator";

/**
 * Makes a data modeling service that lives in this process and keeps everything in memory. The system spaces
 * `cdf_cdm`, `cdf_cdm_3d`, `cdf_cdm_units` and `cdf_core` are there from the start. `pygen/emulator/node` lets it listen on a port.
 *
 * @throws ConfigError `CONFIG.PROJECT` for a project that no service could have, `CONFIG.CONDITIONS` for a latency, chaos or
 *   rate limit that cannot be, `CONFIG.CAPABILITIES` for capabilities that are wrong (it names the place) or come without
 *   `oidc`, `CONFIG.OIDC` for an issuer that is no address, no audience, or `oidc` beside `token`
 *
 * @example
 * ```ts
 * import { PygenClient, token } from "pygen";
 * import { createEmulator } from "pygen/emulator";
 * const emulator = createEmulator();
 * const client = new PygenClient({
 *   baseUrl: "http://emulator",
 *   project: "demo",
 *   application: "tests",
 *   credentials: token("any"),
 *   fetch: emulator.fetch,
 * });
 * const before = emulator.snapshot();
 * await client.spaces.create([{ space: "wind_data" }]);
 * emulator.restore(before); // the space is gone
 * ```
 */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  checkOptions(options);
  const { project, now = Date.now, readOnly = false } = options;
  const projects = new Projects(now, { ...DEFAULT_LIMITS, ...options.limits });
  const persistence = options.storage && new Persistence(options.storage, projects);
  const app = createApp({
    authenticate: authenticationOf(options, now),
    gate: options.concurrencyLimits === true ? countingGate() : openGate,
    project,
    state: (name) => projects.state(name),
    projects: () => (project === undefined ? projects.names() : [project]),
    newest: () => projects.newest(),
    conditions: options,
    readOnly,
    page: options.page ?? (options.token === undefined && options.oidc === undefined),
    now,
    settle: () => settle(persistence),
  });
  return {
    fetch: (input, init) => answer(requestOf(input, init), async (request) => app.fetch(request)),
    load: (model, loadOptions = {}) => {
      projects.load(model, loadOptions);
      persistence?.collect();
    },
    explain: (request, name = project ?? ANY_PROJECT) => explainList(projects.state(name), request),
    snapshot: () => projects.snapshot(),
    restore: (snapshot) => {
      projects.restore(snapshot);
      persistence?.collect();
    },
    reset: () => {
      projects.reset();
      persistence?.collect();
    },
  };
}

/** Waits until all that happened so far is safe. */
async function settle(persistence: Persistence | undefined): Promise<void> {
  if (!persistence) return;
  persistence.collect();
  try {
    await persistence.settled();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Fault(503, `What is written cannot be kept: ${reason}. Restart the emulator once it can.`);
  }
}

function requestOf(input: string | URL | Request, init: RequestInit | undefined): Request {
  return input instanceof Request && init === undefined ? input : new Request(input, init);
}

/** The answer, unless the signal of the request aborts before it is there. */
async function answer(request: Request, serve: (request: Request) => Promise<Response>): Promise<Response> {
  const { signal } = request;
  signal.throwIfAborted();
  let abort: () => void = () => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort);
  });
  try {
    return await Promise.race([serve(request), aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
