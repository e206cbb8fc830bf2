import type { ViewDescriptor } from "../src/ir/index.js";
import { type BoundView, bind, type UntypedViewApi } from "../src/runtime/index.js";

/** A handle of a view that an SDK leads to, by itself. */
export function handleOf({ client, scope }: BoundView, view: ViewDescriptor): UntypedViewApi {
  const options = scope.space === undefined ? {} : { space: scope.space };
  const { handle }: { readonly handle: unknown } = bind(client, { handle: view }, options);
  return handle as UntypedViewApi;
}
