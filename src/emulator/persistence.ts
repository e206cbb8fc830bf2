import { applyRecord, ChangeCollector, type ChangeRecord } from "./engine/journal/index.js";
import type { ProjectState } from "./engine/state.js";
import type { EmulatorStorage } from "./storage.js";

/** The projects of an emulator, as far as keeping them goes. */
export interface KeptProjects {
  /** Those there are, by name. */
  readonly states: () => ReadonlyMap<string, ProjectState>;
  /** A project of a name, made when there is none. */
  readonly state: (name: string) => ProjectState;
  /** Forgets a project. */
  readonly forget: (name: string) => void;
  /** What every project holds. */
  readonly base: () => ProjectState;
}

/** Keeps the projects of an emulator in a storage. */
export class Persistence {
  readonly #storage: EmulatorStorage;
  readonly #projects: KeptProjects;
  readonly #collectors = new Map<string, ChangeCollector>();

  /** Makes the projects what the storage holds. */
  constructor(storage: EmulatorStorage, projects: KeptProjects) {
    this.#storage = storage;
    this.#projects = projects;
    storage.restore((record) => {
      if (record.anew) projects.forget(record.project);
      applyRecord(projects.state(record.project), record);
    });
    for (const [name, state] of projects.states()) this.#collectorOf(name, state).skip();
    storage.compactFrom(() => this.#all());
  }

  /** Gives what changed since the last time to the storage. */
  collect(): void {
    const states = this.#projects.states();
    const records: ChangeRecord[] = [];
    for (const name of this.#collectors.keys()) if (!states.has(name)) records.push(...this.#gone(name));
    for (const [name, state] of states) {
      const collector = this.#collectors.get(name);
      if (collector && !collector.isOf(state)) {
        const another = this.#collectorOf(name, state);
        records.push(...another.all());
        another.skip();
        continue;
      }
      const record = (collector ?? this.#collectorOf(name, state)).collect();
      if (record) records.push(record);
    }
    if (records.length > 0) this.#storage.append(records);
  }

  /** Resolves once all that was collected is safe. */
  settled(): Promise<void> {
    return this.#storage.settled();
  }

  *#all(): Generator<ChangeRecord, void, undefined> {
    for (const collector of this.#collectors.values()) yield* collector.all();
  }

  #collectorOf(name: string, state: ProjectState): ChangeCollector {
    const collector = new ChangeCollector(name, state, this.#projects.base());
    this.#collectors.set(name, collector);
    return collector;
  }

  /** A project as new, which is as good as none. */
  #gone(name: string): readonly ChangeRecord[] {
    this.#collectors.delete(name);
    const [record] = new ChangeCollector(name, this.#projects.base(), this.#projects.base()).all();
    return record ? [record] : [];
  }
}
