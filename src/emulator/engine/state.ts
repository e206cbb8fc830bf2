import type {
  Container,
  ContainerId,
  DataModelCreate,
  NodeReference,
  ServerFacts,
  Space,
  VersionedIdentity,
  ViewCreate,
  ViewReference,
} from "../../models/index.js";
import { ChangeLog } from "./change-log.js";
import { type DataState, emptyData } from "./data/state.js";
import type { IndexEntries } from "./index-entries.js";
import { InstanceMap } from "./instance-map.js";
import { DEFAULT_LIMITS, type ProjectLimits } from "./project-limits.js";
import { SequenceOrder } from "./sequence-order.js";
import type { StoredInstance } from "./stored-instance.js";
import type { RowLayout } from "./stored-row.js";

export type { StoredInstance } from "./stored-instance.js";

/** A view as stored: its create form, with `includeInheritedProperties` resolved on each read (contract 6.4). */
export type StoredView = ViewCreate & ServerFacts;

/** A data model as stored: views are references only; inline ones became views of their own. */
export type StoredDataModel = Omit<DataModelCreate, "views"> &
  ServerFacts & { readonly views: readonly ViewReference[] };

/** Everything one project holds. */
export interface ProjectState {
  readonly spaces: Map<string, Space>;
  readonly containers: Map<string, Container>;
  readonly views: Map<string, StoredView>;
  readonly dataModels: Map<string, StoredDataModel>;
  /** Nodes and edges of a space share one namespace (contract 3.6). */
  readonly instances: InstanceMap<StoredInstance>;
  /** What was deleted of late, as it was then, by key, in the order of deletion; not what is there again (contract 7.3). */
  readonly deletedInstances: Map<string, StoredInstance>;
  /** All of both, in the order of their last changes. */
  readonly changes: ChangeLog<StoredInstance>;
  /** Edges by the key of the node at their start. */
  readonly edgesByStart: Map<string, Set<StoredInstance>>;
  /** Edges by the key of the node at their end. */
  readonly edgesByEnd: Map<string, Set<StoredInstance>>;
  /** All nodes and all edges, in creation order. */
  readonly nodeOrder: SequenceOrder<StoredInstance>;
  readonly edgeOrder: SequenceOrder<StoredInstance>;
  /** The instances that have a row in a container, by container key. */
  readonly containerRows: Map<string, SequenceOrder<StoredInstance>>;
  /** How rows are laid out, by container key. */
  readonly layouts: Map<string, RowLayout>;
  /** Holders of unique values, by constraint and value; built on first use. */
  readonly uniqueValues: Map<string, Map<string, StoredInstance>>;
  /** Entries of the indexes that containers declare, by container and index; built on first use. */
  readonly propertyIndexes: Map<string, IndexEntries>;
  /** Holders of direct relations, by container property and target; built on first use. */
  readonly relationHolders: Map<string, Map<string, Set<StoredInstance>>>;
  /** The next value of an instance's `sequence`. */
  nextSequence: number;
  /** Grows with every change of spaces, containers, views and data models; what is derived from them is good for one version. */
  schemaVersion: number;
  /** The next values of auto-increment properties, by container key and property id. */
  readonly counters: Map<string, number | bigint>;
  /** What is kept beside the instances: data points, contents of files, sequences. */
  readonly data: DataState;
  readonly limits: ProjectLimits;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** A project that holds nothing. */
export function emptyState(now: () => number, limits: ProjectLimits = DEFAULT_LIMITS): ProjectState {
  return {
    spaces: new Map(),
    containers: new Map(),
    views: new Map(),
    dataModels: new Map(),
    instances: new InstanceMap(),
    deletedInstances: new Map(),
    changes: new ChangeLog(),
    edgesByStart: new Map(),
    edgesByEnd: new Map(),
    nodeOrder: new SequenceOrder(),
    edgeOrder: new SequenceOrder(),
    containerRows: new Map(),
    layouts: new Map(),
    uniqueValues: new Map(),
    propertyIndexes: new Map(),
    relationHolders: new Map(),
    nextSequence: 1,
    schemaVersion: 0,
    counters: new Map(),
    data: emptyData(),
    limits,
    now,
  };
}

/** The key of a container in {@link ProjectState.containers} and {@link StoredInstance.rows}: neither part can hold a `/`. */
export function containerKey(id: ContainerId): string {
  return `${id.space}/${id.externalId}`;
}

/** The same key as rows have it, the very same text where there are rows: telling it apart takes no look at its letters. */
export function rowKey({ layouts }: ProjectState, id: ContainerId): string {
  const key = containerKey(id);
  return layouts.get(key)?.containerKey ?? key;
}

/** The key of a view or data model. */
export function versionedKey(id: VersionedIdentity): string {
  return `${id.space}/${id.externalId}/${id.version}`;
}

/** The key of a node or edge where one is needed: a space cannot hold a `/`, so the first one ends it. */
export function instanceKey(id: NodeReference): string {
  return `${id.space}/${id.externalId}`;
}
