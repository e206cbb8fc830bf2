import type { InstanceId, NodeReference } from "../../models/index.js";
import type { CallOptions } from "./call.js";
import type { TargetOf, ViewIdOf } from "./markers.js";
import type { RelationName } from "./names.js";
import type { IsBound, Scope } from "./scope.js";
import type { Where } from "./where.js";

/** All instances of a view that match; there must be a condition. */
export interface DeleteWhere<T, C extends Scope> {
  readonly where: Where<T, C>;
}

/**
 * Relations whose nodes are deleted too: `true`, an object for relations of those nodes in turn, or, where a relation leads
 * to nodes of the same view, `"all"` to follow it to any depth.
 */
export type Recursion<T, C extends Scope> = {
  readonly [K in RelationName<T>]?:
    | true
    | ([ViewIdOf<TargetOf<T[K]>>] extends [ViewIdOf<T>] ? "all" : never)
    | (IsBound<TargetOf<T[K]>, C> extends true ? Further<TargetOf<T[K]>, C> : never);
};

/** Anything would fit where there are no relations to name. */
type Further<T, C extends Scope> = [RelationName<T>] extends [never] ? never : Recursion<T, C>;

/** Options of deleting through a view. */
export interface DeleteOptions<T, C extends Scope> extends CallOptions {
  /** Which related nodes go too; edges of a deleted node always do. @defaultValue none */
  readonly recursive?: Recursion<T, C>;
}

/** What was deleted. Edges that went with their nodes are not among them. */
export interface DeleteResult {
  readonly deleted: readonly NodeReference[];
}

/** What would be deleted. */
export interface DeletePlan {
  readonly instances: readonly InstanceId[];
}
