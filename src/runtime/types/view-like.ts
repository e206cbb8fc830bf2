import type { ShapeOf, ViewOf } from "./markers.js";

/** A metadata constant or a handle of a view. */
export type ViewLike = ViewOf<unknown> | { readonly view: ViewOf<unknown> };

/** The interface that a metadata constant or a handle is of. */
export type InterfaceOf<V extends ViewLike> = V extends { readonly view: infer Of } ? ShapeOf<Of> : ShapeOf<V>;
