import type { NodeReference } from "../../models/index.js";
import type { ViewIdOf } from "./markers.js";

/**
 * What the types of one binding depend on: the default space (a string, or `undefined` for none)
 * and the ids of the views that are bound.
 */
export interface Scope {
  readonly space: string | undefined;
  readonly views: string;
  /** Whether nodes may be written without an external id, because one is made. */
  readonly makesIds?: boolean;
  /** Whether conditions must be ones that each instance answers by itself, because changes are followed. */
  readonly follows?: true;
}

/** The scope of conditions on what is followed. */
export type Following<C extends Scope> = C & { readonly follows: true };

/** How an instance is named: by its external id where there is a default space, else in full. An instance that was read will do. */
export type Id<C extends Scope> = C["space"] extends string ? string | NodeReference : NodeReference;

/** Whether the view of an interface is bound, so that one can select into it. */
export type IsBound<T, C extends Scope> = [ViewIdOf<T>] extends [never]
  ? false
  : [ViewIdOf<T>] extends [C["views"]]
    ? true
    : false;

/** Flattens an intersection, so that hover text shows the properties. */
export type Simplify<T> = { [K in keyof T]: T[K] } & {};
