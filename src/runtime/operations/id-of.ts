import { QueryError } from "../../errors/index.js";
import type { ViewDescriptor } from "../../ir/index.js";
import { formatVersionedId, type NodeReference } from "../../models/index.js";
import { toReference } from "../identity.js";
import { kindOf } from "../problems.js";

/**
 * The instance that an id given to a view's call stands for.
 *
 * @throws QueryError `QUERY.INVALID_VALUE` for what is none, `QUERY.NO_SPACE` for a string without a default space
 */
export function idOf(id: unknown, view: ViewDescriptor, space: string | undefined): NodeReference {
  const reference = toReference(id, space);
  if (reference) return reference;
  throw new QueryError(
    "QUERY.INVALID_VALUE",
    `An id of view ${formatVersionedId(view)} must be a string or { space, externalId }, got ${kindOf(id)}.`,
  );
}
