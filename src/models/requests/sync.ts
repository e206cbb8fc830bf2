import * as v from "valibot";
import type { InstancesSyncRequest, SyncExpression } from "../sync.js";
import { shallow, sortKeys } from "./filter.js";
import { lazily, type RequestSchema } from "./lazily.js";
import { named, nodesPart, queryFields, selectSources, syncEdgesPart } from "./query.js";
import { choose, fields, integer } from "./shapes.js";

/** Largest `limit` of one expression of a sync (contract 3.4). */
const MAX_LIMIT = 2000;

function syncFields() {
  return {
    limit: v.exactOptional(integer(1, MAX_LIMIT)),
    mode: v.exactOptional(v.picklist(["onePhase", "twoPhase", "noBackfill"])),
    backfillSort: v.exactOptional(sortKeys()),
    skipAlreadyDeleted: v.exactOptional(v.boolean()),
  } as const;
}

const syncExpression: RequestSchema<SyncExpression> = lazily(() => {
  const nodes = fields({ nodes: nodesPart(), ...syncFields() });
  const edges = fields({ edges: syncEdgesPart(), ...syncFields() });
  const refused = v.custom<SyncExpression>(() => false, "must have nodes or edges");
  return choose<SyncExpression>((input) => {
    if ("nodes" in input) return nodes;
    return "edges" in input ? edges : refused;
  });
});

/** Body of `POST /models/instances/sync` (contract 8.2). */
export const instancesSyncBody: RequestSchema<InstancesSyncRequest> = lazily(() =>
  shallow(
    fields({
      with: named(syncExpression()),
      select: named(fields({ sources: v.exactOptional(selectSources()) })),
      ...queryFields(),
      allowExpiredCursorsAndAcceptMissedDeletes: v.exactOptional(v.boolean()),
    }),
  ),
);
