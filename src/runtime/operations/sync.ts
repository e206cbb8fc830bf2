import { ItemIterator } from "../../client/index.js";
import type { ViewDescriptor } from "../../ir/index.js";
import type { HandleContext } from "../handle-context.js";
import { openChanges } from "../parts.js";
import type { ChangePage, ChangeStream } from "../types/syncing.js";
import type { UntypedRow, UntypedSyncArgs } from "../types/untyped.js";

/** Changes of a view's instances, asked for when they are iterated. */
export function sync(context: HandleContext, view: ViewDescriptor, args: UntypedSyncArgs): ChangeStream<UntypedRow> {
  const pages: AsyncIterable<ChangePage<UntypedRow>> = {
    async *[Symbol.asyncIterator]() {
      yield* await openChanges(context, view, args);
    },
  };
  return { pages: () => pages, [Symbol.asyncIterator]: () => new ItemIterator(pages, args?.signal) };
}
