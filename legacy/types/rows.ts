import type {
  AnyView,
  IsBound,
  NameOf,
  RelationOf,
  Result,
  Scope,
  StoredName,
  TargetOf,
} from "../../src/runtime/index.js";

/**
 * What is read of connections: `skip` reads the ids of direct relations alone, `identifier` those of edges too, and `full`
 * what is at the other end of relations of all kinds, where its view is bound.
 */
export type RetrieveConnections = "skip" | "identifier" | "full";

/** What v1's `data_record` and `node_type` held. */
interface Facts {
  readonly $type: true;
  readonly $version: true;
  readonly $createdTime: true;
  readonly $lastUpdatedTime: true;
}

/** The values of the same. */
export interface RowFacts {
  readonly $version: number;
  readonly $createdTime: Date;
  readonly $lastUpdatedTime: Date;
}

/** Names of connections by edges. */
export type EdgeName<T> = {
  [K in NameOf<T>]: [RelationOf<T[K]>] extends [never]
    ? never
    : RelationOf<T[K]> extends { readonly kind: "edge" }
      ? K
      : never;
}[NameOf<T>];

/** Names of relations to views that are bound. */
export type FullName<T, C extends Scope> = {
  [K in NameOf<T>]: [RelationOf<T[K]>] extends [never] ? never : IsBound<TargetOf<T[K]>, C> extends true ? K : never;
}[NameOf<T>];

/** All own properties of a view, with the facts of its instances. */
export type Own<T> = { readonly [K in StoredName<T>]: true } & Facts;

/** The view of a connection's edges, where it is bound; `never` where they have no properties that could be read. */
export type EdgeViewOf<P, C extends Scope> =
  RelationOf<P> extends { readonly kind: "edge"; readonly properties: infer E extends AnyView }
    ? IsBound<E, C> extends true
      ? E
      : never
    : never;

type FullOf<P, C extends Scope> = [EdgeViewOf<P, C>] extends [never]
  ? { readonly select: Own<TargetOf<P>> }
  : { readonly edge: { readonly select: Own<EdgeViewOf<P, C>> }; readonly node: { readonly select: Own<TargetOf<P>> } };

type Selection<T, C extends Scope, M extends RetrieveConnections> = M extends "full"
  ? { readonly [K in Exclude<StoredName<T>, FullName<T, C>>]: true } & Facts & {
        readonly [K in FullName<T, C>]: FullOf<T[K], C>;
      }
  : M extends "identifier"
    ? Own<T> & { readonly [K in EdgeName<T>]: true }
    : Own<T>;

/**
 * A row as v1 read it: all own properties and the ids of direct relations, connections as asked, and in `$version`,
 * `$createdTime`, `$lastUpdatedTime` and `$type` what `data_record` and `node_type` held.
 */
export type LegacyRow<T, C extends Scope, M extends RetrieveConnections = "skip"> = Result<T, Selection<T, C, M>>;
