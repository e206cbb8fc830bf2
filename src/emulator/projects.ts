import { ConfigError } from "../errors/index.js";
import { coreModel, olderCoreModel } from "../ir/index.js";
import { copyState } from "./engine/copy-state.js";
import type { ProjectLimits } from "./engine/project-limits.js";
import { emptyState, type ProjectState } from "./engine/state.js";
import { UNITS_SPACE, unitNodes } from "./engine/units/index.js";
import { type LoadModel, loadModel } from "./load.js";

/** Where a load goes, and whose it is. */
export interface LoadOptions {
  /** The one project to load into; without it, every project: those there are and those still to come. */
  readonly project?: string;
  /**
   * Marks what is loaded as the system's: listed only with `includeGlobal`, and closed to API writes.
   * @defaultValue true
   */
  readonly global?: boolean;
}

/** Everything that an emulator held at some moment. */
export interface Snapshot {
  /** When it was taken, by the emulator's clock: milliseconds since 1970. */
  readonly time: number;
}

/** What a snapshot holds: states that nobody changes. */
interface Held {
  readonly states: ReadonlyMap<string, ProjectState>;
  readonly pristine: ProjectState;
}

/** The projects of an emulator; each comes to be when it is first asked for, system spaces inside. */
export class Projects {
  readonly #now: () => number;
  readonly #limits: ProjectLimits;
  readonly #held = new WeakMap<Snapshot, Held>();
  #states = new Map<string, ProjectState>();
  /** The system spaces alone, made on first use. */
  #system: ProjectState | undefined;
  /** What a new project holds, made on first use. */
  #pristine: ProjectState | undefined;

  constructor(now: () => number, limits: ProjectLimits) {
    this.#now = now;
    this.#limits = limits;
  }

  /** The names of the projects asked for so far, sorted. */
  names(): readonly string[] {
    return [...this.#states.keys()].sort();
  }

  state(name: string): ProjectState {
    const known = this.#states.get(name);
    if (known) return known;
    const state = copyState(this.newest());
    this.#states.set(name, state);
    return state;
  }

  /** What a new project holds; not to be changed. */
  newest(): ProjectState {
    this.#pristine ??= copyState(this.base());
    return this.#pristine;
  }

  load(model: LoadModel, { project, global = true }: LoadOptions): void {
    if (project !== undefined) {
      loadModel(this.state(project), model, global);
      return;
    }
    // A new project shows what is wrong with the model before any other project is touched.
    const newest = copyState(this.newest());
    loadModel(newest, model, global);
    for (const state of this.#states.values()) loadModel(state, model, global);
    this.#pristine = newest;
  }

  snapshot(): Snapshot {
    const snapshot: Snapshot = { time: this.#now() };
    this.#held.set(snapshot, { states: copyAll(this.#states), pristine: copyState(this.newest()) });
    return snapshot;
  }

  restore(snapshot: Snapshot): void {
    const held = this.#held.get(snapshot);
    if (!held) {
      throw new ConfigError("CONFIG.SNAPSHOT", "The snapshot is not of this emulator.", {
        hint: "Restore what snapshot() of the same emulator gave.",
      });
    }
    this.#states = copyAll(held.states);
    this.#pristine = copyState(held.pristine);
  }

  reset(): void {
    this.#states = new Map();
    this.#pristine = undefined;
  }

  /** Those asked for so far, by name. */
  states(): ReadonlyMap<string, ProjectState> {
    return this.#states;
  }

  /** What every project holds: the system spaces alone. Not to be changed. */
  base(): ProjectState {
    this.#system ??= systemState(this.#now, this.#limits);
    return this.#system;
  }

  /** Forgets a project, which then is as new. */
  forget(name: string): void {
    this.#states.delete(name);
  }
}

function copyAll(states: ReadonlyMap<string, ProjectState>): Map<string, ProjectState> {
  return new Map([...states].map(([name, state]) => [name, copyState(state)]));
}

/** A project with the system spaces alone. */
function systemState(now: () => number, limits: ProjectLimits): ProjectState {
  const state = emptyState(now, limits);
  loadModel(state, coreModel(), true);
  loadModel(state, olderCoreModel(), true);
  loadModel(state, { spaces: [{ space: UNITS_SPACE }], instances: { nodes: unitNodes() } }, true);
  return state;
}
