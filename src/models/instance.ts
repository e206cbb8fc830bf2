import type { Filter, SortKey } from "./filter.js";
import type { JsonValue } from "./json.js";
import type { PropertyType } from "./property-type.js";
import type { NodeReference, SourceReference, ViewReference } from "./reference.js";

/** Nodes and edges. */
export type InstanceType = "node" | "edge";

/** Names a node or an edge within the body of a call. */
export interface InstanceId {
  readonly instanceType: InstanceType;
  readonly space: string;
  readonly externalId: string;
}

/** Property values of one source, by property id. Direct relations are `{space, externalId}`. */
export type PropertyValues = Readonly<Record<string, JsonValue>>;

/** Property values as the service returns them: by space, then by `View/version` or container (contract 7.1). */
export type PropertiesBySource = Readonly<Record<string, Readonly<Record<string, PropertyValues>>>>;

/** What nodes and edges share on read. Times are milliseconds since 1970; `deletedTime` comes only from sync. */
interface InstanceFacts {
  readonly space: string;
  readonly externalId: string;
  readonly version: number;
  readonly createdTime: number;
  readonly lastUpdatedTime: number;
  readonly deletedTime?: number;
  readonly properties?: PropertiesBySource;
}

/** A node as the service returns it (contract 7.1). */
export interface NodeInstance extends InstanceFacts {
  readonly instanceType: "node";
  readonly type?: NodeReference;
}

/** An edge as the service returns it (contract 7.1). */
export interface EdgeInstance extends InstanceFacts {
  readonly instanceType: "edge";
  readonly type: NodeReference;
  readonly startNode: NodeReference;
  readonly endNode: NodeReference;
}

/** A node or an edge. */
export type Instance = NodeInstance | EdgeInstance;

/** Values written through one view or container. `null` clears; a property left out is left alone. */
export interface SourceData {
  readonly source: SourceReference;
  readonly properties: PropertyValues;
}

/** A node to write (contract 7.2). `type: null` clears the type. */
export interface NodeWrite {
  readonly instanceType: "node";
  readonly space: string;
  readonly externalId: string;
  readonly existingVersion?: number;
  readonly type?: NodeReference | null;
  readonly sources?: readonly SourceData[];
}

/** An edge to write (contract 7.2). */
export interface EdgeWrite {
  readonly instanceType: "edge";
  readonly space: string;
  readonly externalId: string;
  readonly existingVersion?: number;
  readonly type: NodeReference;
  readonly startNode: NodeReference;
  readonly endNode: NodeReference;
  readonly sources?: readonly SourceData[];
}

/** A node or an edge to write. */
export type InstanceWrite = NodeWrite | EdgeWrite;

/** Names an instance to delete, at most at a given version. */
export interface InstanceDelete extends InstanceId {
  readonly existingVersion?: number;
}

/** Options of an upsert (contract 7.2). */
export interface UpsertOptions {
  /** @defaultValue true */
  readonly autoCreateDirectRelations?: boolean;
  /** @defaultValue false */
  readonly autoCreateStartNodes?: boolean;
  /** @defaultValue false */
  readonly autoCreateEndNodes?: boolean;
  /** @defaultValue false */
  readonly skipOnVersionConflict?: boolean;
  /** @defaultValue false */
  readonly replace?: boolean;
}

/** Body of `POST /models/instances`: at most 1,000 items and deletes together. */
export interface InstancesUpsertRequest extends UpsertOptions {
  readonly items: readonly InstanceWrite[];
  readonly delete?: readonly InstanceDelete[];
}

/** What became of one written instance. */
export interface WrittenInstance extends InstanceId {
  readonly version: number;
  readonly wasModified: boolean;
  readonly createdTime: number;
  readonly lastUpdatedTime: number;
}

/** Answer of `POST /models/instances`. */
export interface InstancesUpsertResponse {
  readonly items: readonly WrittenInstance[];
  readonly deleted?: readonly InstanceId[];
}

/** The unit to return a property in: one unit, or the project's default of a unit system (contract 7.7). */
export interface TargetUnit {
  readonly property: string;
  readonly unit: { readonly externalId: string } | { readonly unitSystemName: string };
}

/** A view whose properties are to be returned. */
export interface Source {
  readonly source: ViewReference;
  readonly targetUnits?: readonly TargetUnit[];
}

/** Facts about one returned property, given with `includeTyping`. */
export interface PropertyTyping {
  readonly type: PropertyType;
  readonly nullable?: boolean;
  readonly immutable?: boolean;
  readonly autoIncrement?: boolean;
  readonly defaultValue?: JsonValue;
  readonly name?: string;
  readonly description?: string;
}

/** Typing by space, by source, by property. */
export type Typing = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, PropertyTyping>>>>>>;

/** Body of `POST /models/instances/byids` (contract 7.4). */
export interface InstancesByIdsRequest {
  readonly items: readonly InstanceId[];
  readonly sources?: readonly Source[];
  readonly includeTyping?: boolean;
}

/** What the service should tell about how it ran a request (contract 8.1). */
export interface DebugOptions {
  readonly emitResults?: boolean;
  readonly timeout?: number;
  readonly profile?: boolean;
}

/** Body of `POST /models/instances/list` (contract 7.5). */
export interface InstancesListRequest {
  /** @defaultValue "node" */
  readonly instanceType?: InstanceType;
  readonly sources?: readonly Source[];
  readonly filter?: Filter;
  readonly sort?: readonly SortKey[];
  /** 1 to 1,000. @defaultValue 1000 */
  readonly limit?: number;
  /** `null` means: from the start. */
  readonly cursor?: string | null;
  readonly includeTyping?: boolean;
  readonly debug?: DebugOptions;
}

/** Answer of `list` and `byids`; only `list` has a cursor. */
export interface InstancesPage {
  readonly items: readonly Instance[];
  readonly nextCursor?: string | null;
  readonly typing?: Typing;
  readonly debug?: JsonValue;
}
