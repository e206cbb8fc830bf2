import type { NodeReference } from "../../models/index.js";
import type {
  AnyView,
  ElementOf,
  FactOf,
  InstanceTypeOf,
  IsMany,
  ListedOf,
  RelationOf,
  StringKindOf,
} from "./markers.js";
import type { NameOf, StoredName } from "./names.js";
import type { Id, Scope, Simplify } from "./scope.js";

/**
 * The identity of what is written; `space` may be left out where there is a default one, and the external id of nodes where
 * one is made.
 */
type Identity<C extends Scope, Made> = (C["space"] extends string
  ? { readonly space?: string }
  : { readonly space: string }) &
  (Made extends true ? { readonly externalId?: string } : { readonly externalId: string });

declare const NESTED: unique symbol;

/** A node to write through another view than that of the relation: what `nested()` of a handle gives. */
export interface NestedWrite {
  readonly [NESTED]: true;
}

interface NodeFacts {
  /** Fails the write when the stored version is greater; 0 means insert only (contract 7.2). */
  readonly $existingVersion?: number;
  /** The node's type; left out, the type that the view's filter asks for, else the stored one stays. */
  readonly $type?: NodeReference | null;
}

interface EdgeFacts<C extends Scope> {
  readonly $existingVersion?: number;
  readonly $type: NodeReference;
  readonly $startNode: Id<C>;
  readonly $endNode: Id<C>;
}

type ScalarWrite<E> =
  "enum" extends StringKindOf<E>
    ? ListedOf<E>
    : E extends Date
      ? Date | string
      : StringKindOf<E> extends "timestamp"
        ? Date | string
        : E;

/** A node to write, or the id of one that is there. */
type NodeOrId<T, C extends Scope> = Id<C> | NestedWrite | (T extends AnyView ? Write<T, C> : never);

/** What an edge has besides its ends; `externalId` defaults to both ends' ids and the type, joined. */
interface EdgeIdentity {
  readonly space?: string;
  readonly externalId?: string;
  readonly $existingVersion?: number;
}

/** An edge to write with the node at its other end. */
export interface PairWrite<T, E, C extends Scope> {
  readonly edge?: E extends AnyView ? Simplify<EdgeIdentity & Values<E, C>> : EdgeIdentity;
  readonly node: NodeOrId<T, C>;
}

type RelationWrite<R, C extends Scope> = R extends {
  readonly kind: "edge";
  readonly target: infer T;
  readonly properties: infer E;
}
  ? NodeOrId<T, C> | PairWrite<T, E, C>
  : R extends { readonly target: infer T }
    ? NodeOrId<T, C>
    : never;

type ElementWrite<P, C extends Scope> = [RelationOf<P>] extends [never]
  ? ScalarWrite<ElementOf<P>>
  : RelationWrite<RelationOf<P>, C>;

type WriteValue<P, C extends Scope> =
  | (IsMany<P> extends true ? readonly ElementWrite<P, C>[] : ElementWrite<P, C>)
  | Extract<P, null>;

type WritableName<T> = Exclude<NameOf<T>, FactOf<T, "readOnly">>;

type RequiredName<T> = Exclude<
  { [K in StoredName<T>]: null extends T[K] ? never : K }[StoredName<T>],
  FactOf<T, "readOnly"> | FactOf<T, "optional">
>;

type Values<T, C extends Scope> = { readonly [K in RequiredName<T> & WritableName<T>]: WriteValue<T[K], C> } & {
  readonly [K in Exclude<WritableName<T>, RequiredName<T>>]?: WriteValue<T[K], C> | undefined;
};

/**
 * What one writes through a view. `undefined` leaves a value alone, `null` clears it (design: E101).
 * A relation is an id, or the node itself to write it too, to any depth; sets of reverse relations
 * and edges are added to, never cut.
 */
export type Write<T, C extends Scope> = Simplify<
  (InstanceTypeOf<T> extends "edge" ? Identity<C, false> & EdgeFacts<C> : Identity<C, C["makesIds"]> & NodeFacts) &
    Values<T, C>
>;
