import type { JsonValue } from "./json.js";
import type { PropertyType } from "./property-type.js";
import type { ContainerReference } from "./reference.js";
import type { ServerFacts } from "./space.js";

/** Which instances may have data in a container, or be read through a view. */
export type UsedFor = "node" | "edge" | "all" | "record";

/** A property as one creates it (contract 5.1). */
export interface ContainerPropertyCreate {
  readonly type: PropertyType;
  /** @defaultValue true */
  readonly nullable?: boolean;
  /** @defaultValue false */
  readonly immutable?: boolean;
  /** @defaultValue false */
  readonly autoIncrement?: boolean;
  readonly defaultValue?: JsonValue;
  readonly name?: string;
  readonly description?: string;
}

/** State of a constraint or index that is built in the background (contract 5.2). */
export type BuildState = "current" | "pending" | "failed";

/** Validity of the data already stored, for the constraints of one property. */
export interface ConstraintState {
  readonly nullability?: BuildState;
  readonly maxListSize?: BuildState;
  readonly maxTextSize?: BuildState;
}

/** A property as the service returns it. Older answers lack `immutable` and `constraintState`. */
export interface ContainerProperty extends ContainerPropertyCreate {
  readonly constraintState?: ConstraintState;
}

/** Values of the named properties, in this order, are unique. */
export interface UniquenessConstraint {
  readonly constraintType: "uniqueness";
  readonly properties: readonly string[];
  readonly bySpace?: boolean;
}

/** An instance with data here must have data in the required container too. */
export interface RequiresConstraint {
  readonly constraintType: "requires";
  readonly require: ContainerReference;
}

/** A constraint of a container. */
export type Constraint = UniquenessConstraint | RequiresConstraint;

/** A B-tree index; the default kind when `indexType` is left out. */
export interface BtreeIndex {
  readonly indexType?: "btree";
  readonly properties: readonly string[];
  readonly cursorable?: boolean;
  readonly bySpace?: boolean;
}

/** An inverted index, for properties that are lists. */
export interface InvertedIndex {
  readonly indexType: "inverted";
  readonly properties: readonly string[];
}

/** An index of a container. */
export type Index = BtreeIndex | InvertedIndex;

/** A container as one creates it (contract 5.1). */
export interface ContainerCreate {
  readonly space: string;
  readonly externalId: string;
  /** @defaultValue "node" */
  readonly usedFor?: UsedFor;
  readonly name?: string;
  readonly description?: string;
  readonly properties: Readonly<Record<string, ContainerPropertyCreate>>;
  readonly constraints?: Readonly<Record<string, Constraint>>;
  readonly indexes?: Readonly<Record<string, Index>>;
}

/** A container as the service returns it (contract 5.2). */
export interface Container extends ServerFacts {
  readonly space: string;
  readonly externalId: string;
  readonly usedFor: UsedFor;
  readonly name?: string;
  readonly description?: string;
  readonly properties: Readonly<Record<string, ContainerProperty>>;
  readonly constraints?: Readonly<Record<string, Constraint & { readonly state?: BuildState }>>;
  readonly indexes?: Readonly<Record<string, Index & { readonly state?: BuildState }>>;
}

/** Names a constraint or an index of a container, by its id (contract 5.5). */
export interface ContainerPartId {
  readonly space: string;
  readonly containerExternalId: string;
  readonly identifier: string;
}
