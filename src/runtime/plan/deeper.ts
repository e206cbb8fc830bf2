import { QueryError } from "../../errors/index.js";
import { type Place, placeText } from "../problems.js";
import type { PlanScope } from "./scope.js";

/**
 * What holds at the other end of a relation.
 *
 * @throws QueryError `QUERY.MAX_DEPTH` where the query may not go there
 */
export function deeper<Of extends Pick<PlanScope, "limits">>(scope: Of, place: Place): Of {
  const { limits } = scope;
  if (limits.depth < 1) {
    throw new QueryError("QUERY.MAX_DEPTH", `The query goes too deep, at ${placeText(place)}.`, {
      hint: "Read it in parts, as with related(), or give a greater maxDepth.",
    });
  }
  return { ...scope, limits: { ...limits, depth: limits.depth - 1 } };
}
