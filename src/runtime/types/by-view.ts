import type { ViewIdOf } from "./markers.js";
import type { Result } from "./result.js";
import type { Simplify } from "./scope.js";
import type { InterfaceOf, ViewLike } from "./view-like.js";

type Through<T> = T extends unknown ? Simplify<{ readonly $view: ViewIdOf<T> } & Result<T>> : never;

/** A row of `byView`: `$view` is the id of the view that it was read through, and tells which properties it has. */
export type ByViewRow<T, Views extends readonly ViewLike[]> = Through<InterfaceOf<Views[number]>> | Through<T>;
