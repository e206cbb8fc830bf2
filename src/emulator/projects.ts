import { coreModel, olderCoreModel } from "../ir/index.js";
import type { ProjectLimits } from "./engine/project-limits.js";
import { emptyState, type ProjectState } from "./engine/state.js";
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

/** The projects of an emulator; each comes to be when it is first asked for, system spaces inside. */
export class Projects {
  readonly #states = new Map<string, ProjectState>();
  readonly #loads: { readonly model: LoadModel; readonly global: boolean }[] = [];
  readonly #now: () => number;
  readonly #limits: ProjectLimits;

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
    const state = this.#newState();
    this.#states.set(name, state);
    return state;
  }

  load(model: LoadModel, { project, global = true }: LoadOptions): void {
    if (project !== undefined) {
      loadModel(this.state(project), model, global);
      return;
    }
    // A new project shows what is wrong with the model before any other project is touched.
    loadModel(this.#newState(), model, global);
    for (const state of this.#states.values()) loadModel(state, model, global);
    this.#loads.push({ model, global });
  }

  #newState(): ProjectState {
    const state = emptyState(this.#now, this.#limits);
    loadModel(state, coreModel(), true);
    loadModel(state, olderCoreModel(), true);
    for (const { model, global } of this.#loads) loadModel(state, model, global);
    return state;
  }
}
