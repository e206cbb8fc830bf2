import type { TargetOf } from "./markers.js";
import type { RelationName } from "./names.js";
import type { Result } from "./result.js";
import type { IsBound, Scope } from "./scope.js";
import type { GuardSelect, Select } from "./select.js";

/** What to read of a relation, as a selection says it. */
export type SelectRelated<T, K extends RelationName<T>, C extends Scope> = Exclude<Select<T, C>[K], undefined>;

/** What is read where nothing is said: all own properties of the nodes, or their ids where their view is not bound. */
type WholeRelated<T, K extends RelationName<T>, C extends Scope> =
  IsBound<TargetOf<T[K]>, C> extends true ? Readonly<Record<never, never>> : true;

/** Repeats what is read of a relation, with a readable message in the place of each wrong key. */
export type GuardRelated<T, K extends RelationName<T>, S> = GuardSelect<T, { readonly [P in K]: S }>[K];

/** What is at the other end of a relation: what the relation would be in a row. */
export type Related<T, K extends RelationName<T>, C extends Scope, S = never> = [S] extends [never]
  ? RelatedAs<T, K, WholeRelated<T, K, C>>
  : RelatedAs<T, K, S>;

type RelatedAs<T, K extends RelationName<T>, S> =
  Result<T, { readonly [P in K]: S }> extends { readonly [P in K]: infer Value } ? Value : never;
