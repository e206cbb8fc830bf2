import type { ConstraintState, UsedFor } from "./container.js";
import type { Filter } from "./filter.js";
import type { JsonValue } from "./json.js";
import type { PropertyType } from "./property-type.js";
import type { ContainerReference, NodeReference, SourceReference, ViewReference } from "./reference.js";
import type { ServerFacts } from "./space.js";

/** A view's property that maps a container's property, as one creates it (contract 6.1). */
export interface MappedPropertyCreate {
  readonly container: ContainerReference;
  readonly containerPropertyIdentifier: string;
  readonly name?: string;
  readonly description?: string;
  /** The view to read targets through; only for direct relations. */
  readonly source?: ViewReference;
}

/** The same property as the service returns it: with the container's facts, and the target view inside `type`. */
export interface MappedProperty {
  readonly container: ContainerReference;
  readonly containerPropertyIdentifier: string;
  readonly name?: string;
  readonly description?: string;
  readonly type: PropertyType;
  readonly nullable: boolean;
  readonly immutable?: boolean;
  readonly autoIncrement?: boolean;
  readonly defaultValue?: JsonValue;
  readonly constraintState?: ConstraintState;
}

/** Which end of an edge the view's node is: `outwards` means the start. */
export type Direction = "outwards" | "inwards";

/** A connection by edges, as one creates it (contract 6.1). */
export interface EdgeConnectionCreate {
  /** @defaultValue "multi_edge_connection" */
  readonly connectionType?: "single_edge_connection" | "multi_edge_connection";
  /** The type that the edges carry. */
  readonly type: NodeReference;
  /** The view to read the nodes at the other end through. */
  readonly source: ViewReference;
  /** @defaultValue "outwards" */
  readonly direction?: Direction;
  /** The view to read the edges' own properties through. */
  readonly edgeSource?: ViewReference;
  readonly name?: string;
  readonly description?: string;
}

/** A connection by edges as the service returns it. */
export interface EdgeConnection extends EdgeConnectionCreate {
  readonly connectionType: "single_edge_connection" | "multi_edge_connection";
  readonly direction: Direction;
}

/** The nodes whose direct relation points at this view's node (contract 6.1). */
export interface ReverseDirectRelationCreate {
  readonly connectionType: "single_reverse_direct_relation" | "multi_reverse_direct_relation";
  /** The view to read those nodes through. */
  readonly source: ViewReference;
  /** The direct relation that points here. */
  readonly through: { readonly source: SourceReference; readonly identifier: string };
  readonly name?: string;
  readonly description?: string;
}

/** A reverse direct relation as the service returns it; older answers lack `targetsList`. */
export interface ReverseDirectRelation extends ReverseDirectRelationCreate {
  /** True when `through` is a list of direct relations, which queries cannot traverse inwards. */
  readonly targetsList?: boolean;
}

/** Any property of a view, as one creates it. */
export type ViewPropertyCreate = MappedPropertyCreate | EdgeConnectionCreate | ReverseDirectRelationCreate;

/** Any property of a view, as the service returns it. */
export type ViewProperty = MappedProperty | EdgeConnection | ReverseDirectRelation;

/** A view as one creates it (contract 6.1). */
export interface ViewCreate {
  readonly space: string;
  readonly externalId: string;
  readonly version: string;
  readonly name?: string;
  readonly description?: string;
  /** Replaces the implicit `hasData` over all mapped containers (contract 6.5). */
  readonly filter?: Filter;
  readonly implements?: readonly ViewReference[];
  readonly properties?: Readonly<Record<string, ViewPropertyCreate>>;
}

/** A view as the service returns it (contract 6.2). Older answers lack `queryable` and `mappedContainers`. */
export interface View extends ServerFacts {
  readonly space: string;
  readonly externalId: string;
  readonly version: string;
  readonly name?: string;
  readonly description?: string;
  readonly filter?: Filter;
  readonly implements?: readonly ViewReference[];
  readonly properties: Readonly<Record<string, ViewProperty>>;
  /** The view maps every required property of every container it maps. */
  readonly writable: boolean;
  /** The view has a filter or maps at least one property. */
  readonly queryable?: boolean;
  readonly usedFor: UsedFor;
  readonly mappedContainers?: readonly ContainerReference[];
}

/** Tells a mapped property, in either form, from connections. */
export function isMapped<P extends ViewProperty | ViewPropertyCreate>(
  property: P,
): property is Extract<P, { readonly container: ContainerReference }> {
  return "container" in property;
}

/** Tells a reverse direct relation, in either form, from the other kinds. */
export function isReverse<P extends ViewProperty | ViewPropertyCreate>(
  property: P,
): property is Extract<P, { readonly through: unknown }> {
  return "through" in property;
}

/** Tells a connection by edges, in either form, from the other kinds. */
export function isEdgeConnection<P extends ViewProperty | ViewPropertyCreate>(
  property: P,
): property is Exclude<P, { readonly container: ContainerReference } | { readonly through: unknown }> {
  return !("container" in property) && !("through" in property);
}
