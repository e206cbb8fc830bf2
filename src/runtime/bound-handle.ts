import { QueryError } from "../errors/index.js";
import type { ViewDescriptor } from "../ir/index.js";
import type { HandleContext } from "./handle-context.js";
import { ViewHandle } from "./view-handle.js";

/** What a handle is made of. */
export interface BoundView extends HandleContext {
  readonly view: ViewDescriptor;
}

/**
 * What a handle that somebody was given is made of.
 *
 * @param call - who was given it, for the error
 * @throws QueryError `QUERY.INVALID_VALUE` when it is none
 */
export function boundView(handle: unknown, call: string): BoundView {
  if (handle instanceof ViewHandle) return { view: handle.view, ...ViewHandle.contextOf(handle) };
  throw new QueryError("QUERY.INVALID_VALUE", `${call} needs the handle of a bound view.`, {
    hint: "Handles are what bind(), model() and generated functions give. Import all doors of pygen, or require all.",
  });
}
