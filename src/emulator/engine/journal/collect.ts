import type { Owner, StoredSequence } from "../data/state.js";
import type { ProjectState, StoredInstance } from "../state.js";
import type { RowLayout } from "../stored-row.js";
import { hasData, packData, packSequence } from "./data.js";
import { Packer } from "./pack.js";
import type { ChangedResources, ChangeRecord, PackedData, PackedSequence, SchemaChanges } from "./records.js";

/** Instances in one record of a whole project. */
const CHUNK = 1000;

/** Tells what changed in a project since it was last asked. */
export class ChangeCollector {
  readonly #project: string;
  readonly #state: ProjectState;
  readonly #base: ProjectState;
  #schemaVersion: number;
  #lastChange: number;
  #spaces: ReadonlyMap<string, unknown> = new Map();
  #containers: ReadonlyMap<string, unknown> = new Map();
  #views: ReadonlyMap<string, unknown> = new Map();
  #dataModels: ReadonlyMap<string, unknown> = new Map();
  #layouts: ReadonlyMap<string, RowLayout> = new Map();
  #counters: ReadonlyMap<string, number | bigint> = new Map();

  /** @param base - a project that holds what every project does, which is never told */
  constructor(project: string, state: ProjectState, base: ProjectState) {
    this.#project = project;
    this.#state = state;
    this.#base = base;
    this.#schemaVersion = base.schemaVersion;
    this.#lastChange = base.changes.last;
    this.#remember(base);
    state.data.touched = new Set();
  }

  /** Takes all there is as told. */
  skip(): void {
    this.#schemaVersion = this.#state.schemaVersion;
    this.#lastChange = this.#state.changes.last;
    this.#remember(this.#state);
    this.#state.data.touched?.clear();
  }

  /** Whether it is this project that it tells about, not another of its name. */
  isOf(state: ProjectState): boolean {
    return this.#state === state;
  }

  /** What changed, if anything. */
  collect(): ChangeRecord | undefined {
    const state = this.#state;
    const schema = state.schemaVersion === this.#schemaVersion ? undefined : this.#schema();
    const counters = [...state.counters].filter(([key, next]) => this.#counters.get(key) !== next);
    const { touched } = state.data;
    const isSame = state.changes.last === this.#lastChange && !touched?.size;
    if (!schema && counters.length === 0 && isSame) return undefined;
    const packer = new Packer();
    for (const instance of state.changes.after(this.#lastChange)) packer.add(instance);
    this.#schemaVersion = state.schemaVersion;
    this.#lastChange = state.changes.last;
    if (schema) this.#remember(state);
    else this.#rememberRows(state, counters.length > 0);
    const record = { ...recordOf(this.#project, state, packer, counters, schema), ...this.#data(touched ?? []) };
    touched?.clear();
    return record;
  }

  #data(touched: Iterable<Owner | StoredSequence>): Pick<ChangeRecord, "data" | "sequences"> {
    const data: PackedData[] = [];
    const sequences: PackedSequence[] = [];
    for (const one of touched) {
      if ("columns" in one) sequences.push(packSequence(one));
      else data.push(packData(this.#state.data, one));
    }
    return { data, sequences };
  }

  /**
   * All there is, in records of some thousand instances each, made when they are asked for. What changes meanwhile may
   * be in it or not: whoever applies what was collected since it began has all of it.
   */
  *all(): Generator<ChangeRecord, void, undefined> {
    const state = this.#state;
    const base = this.#base;
    const schema: SchemaChanges = {
      spaces: changed(base.spaces, state.spaces),
      containers: changed(base.containers, state.containers),
      views: changed(base.views, state.views),
      dataModels: changed(base.dataModels, state.dataModels),
      emptied: [],
    };
    yield { ...recordOf(this.#project, state, new Packer(), [...state.counters], schema), anew: true };
    for (const instances of [state.instances, state.deletedInstances]) {
      yield* this.#chunks(instances.values());
    }
    const { data, instances } = state;
    for (const owners of [instances, data.series, data.files]) {
      for (const owner of owners.values()) if (hasData(data, owner)) yield this.#recordOfData([owner]);
    }
    for (const sequence of data.sequences.values()) yield this.#recordOfData([sequence]);
  }

  #recordOfData(touched: readonly (Owner | StoredSequence)[]): ChangeRecord {
    return { ...recordOf(this.#project, this.#state, new Packer(), []), ...this.#data(touched) };
  }

  *#chunks(instances: Iterable<StoredInstance>): Generator<ChangeRecord, void, undefined> {
    let packer = new Packer();
    for (const instance of instances) {
      packer.add(instance);
      if (packer.instances.length < CHUNK) continue;
      yield recordOf(this.#project, this.#state, packer, []);
      packer = new Packer();
    }
    if (packer.instances.length > 0) yield recordOf(this.#project, this.#state, packer, []);
  }

  #schema(): SchemaChanges {
    const { spaces, containers, views, dataModels, layouts } = this.#state;
    return {
      spaces: changed(this.#spaces, spaces),
      containers: changed(this.#containers, containers),
      views: changed(this.#views, views),
      dataModels: changed(this.#dataModels, dataModels),
      emptied: [...this.#layouts].filter(([key, layout]) => layouts.get(key) !== layout).map(([key]) => key),
    };
  }

  #remember({ spaces, containers, views, dataModels, layouts, counters }: ProjectState): void {
    this.#spaces = new Map(spaces);
    this.#containers = new Map(containers);
    this.#views = new Map(views);
    this.#dataModels = new Map(dataModels);
    this.#layouts = new Map(layouts);
    this.#counters = new Map(counters);
  }

  /** Without a change of the schema, layouts only come to be. */
  #rememberRows({ layouts, counters }: ProjectState, counted: boolean): void {
    if (layouts.size !== this.#layouts.size) this.#layouts = new Map(layouts);
    if (counted) this.#counters = new Map(counters);
  }
}

function recordOf(
  project: string,
  { nextSequence, changes }: ProjectState,
  { layouts, instances }: Packer,
  counters: ChangeRecord["counters"],
  schema?: SchemaChanges,
): ChangeRecord {
  return {
    project,
    ...(schema ? { schema } : {}),
    layouts,
    instances,
    counters,
    data: [],
    sequences: [],
    nextSequence,
    lastChange: changes.last,
  };
}

function changed<T>(before: ReadonlyMap<string, unknown>, now: ReadonlyMap<string, T>): ChangedResources<T> {
  return {
    put: [...now].filter(([key, resource]) => before.get(key) !== resource).map(([, resource]) => resource),
    gone: [...before.keys()].filter((key) => !now.has(key)),
  };
}
