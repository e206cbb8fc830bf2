import type { JsonValue, NodeReference } from "../../models/index.js";
import type { InstanceTypeOf, IsMany, RelationOf } from "./markers.js";
import type { NameOf, StoredName } from "./names.js";
import type { Simplify } from "./scope.js";
import type { SelectFacts } from "./select.js";

/** Facts that rows can carry besides what a view defines. */
interface FactValues {
  readonly $type: NodeReference | null;
  readonly $version: number;
  readonly $createdTime: Date;
  readonly $lastUpdatedTime: Date;
}

/** What every row of a node view starts with. */
export interface NodeRow {
  readonly space: string;
  readonly externalId: string;
}

/** What every row of an edge view starts with. */
export interface EdgeRow extends NodeRow {
  readonly $type: NodeReference;
  readonly $startNode: NodeReference;
  readonly $endNode: NodeReference;
}

/** What was added to a view since its code was generated, by CDF's ids and as the service gave it; there only if there is such. */
interface Unknown {
  readonly $unknown?: Readonly<Record<string, JsonValue>>;
}

type BaseRow<T> = InstanceTypeOf<T> extends "edge" ? EdgeRow : NodeRow;

/** A relation of which only the id was asked. */
type IdValue<P> =
  IsMany<P> extends true ? readonly NodeReference[] | Extract<P, null> : NodeReference | Extract<P, null>;

type Plain<P> = [RelationOf<P>] extends [never] ? P : IdValue<P>;

/** One edge with the node at its other end. */
type Pair<T, E, S> = Simplify<
  { readonly edge: PartRow<E, S extends { readonly edge: infer X } ? X : true> } & {
    readonly node: S extends { readonly node: infer X }
      ? X extends true
        ? NodeReference
        : PartRow<T, X>
      : NodeReference;
  }
>;

type PartRow<T, S> = S extends { readonly select: infer Inner }
  ? Result<T, Inner>
  : T extends undefined
    ? EdgeRow
    : Result<T>;

type Many<P, R> = IsMany<P> extends true ? readonly R[] : R | null;

type Selected<P, S> = S extends true
  ? Plain<P>
  : RelationOf<P> extends { readonly kind: "edge"; readonly target: infer T; readonly properties: infer E }
    ? S extends { readonly edge: unknown }
      ? Many<P, Pair<T, E, S>>
      : Many<P, PartRow<T, S>>
    : RelationOf<P> extends { readonly target: infer T }
      ? Many<P, PartRow<T, S>>
      : never;

/** A key, if it is one of these names: of a selection that is not known exactly, the key that stands for all others is none. */
type Named<K, Name> = string extends K ? never : K & Name;

/**
 * The rows that a selection gives; without one, all own properties and the ids of direct relations.
 * Absent values are `null` (E101). A relation that was selected into is `null` or left out of its list
 * where the node it points to is not in the view. What is selected only sometimes is there only sometimes.
 */
export type Result<T, S = never> = Simplify<
  BaseRow<T> &
    ([S] extends [never]
      ? { readonly [K in StoredName<T>]: Plain<T[K]> } & Unknown
      : { readonly [K in keyof S as Named<K, NameOf<T>>]: Selected<T[K & NameOf<T>], Exclude<S[K], undefined>> } & {
          readonly [K in keyof S as Named<K, keyof SelectFacts>]: FactValues[K & keyof SelectFacts];
        })
>;
