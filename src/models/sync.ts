import type { SortKey } from "./filter.js";
import type {
  EdgeExpression,
  InstancesQueryRequest,
  InstancesQueryResponse,
  NodeExpression,
  SelectSource,
} from "./query.js";

/**
 * How a sync begins: with what is there, in the order of changes (`onePhase`) or in an order of its own before the
 * changes (`twoPhase`), or with nothing but a cursor (`noBackfill`).
 */
export type SyncMode = "onePhase" | "twoPhase" | "noBackfill";

/** What every set of a sync takes (contract 8.2). */
export interface SyncExpressionOptions {
  /** 1 to 2,000. @defaultValue 100 */
  readonly limit?: number;
  /** @defaultValue "onePhase" */
  readonly mode?: SyncMode;
  /** Order of what is there at first, up to 5 keys; only with `twoPhase`. */
  readonly backfillSort?: readonly SortKey[];
  /** Leaves out what was deleted before the sync began. @defaultValue true */
  readonly skipAlreadyDeleted?: boolean;
}

/** A set of nodes to follow. */
export interface SyncNodeExpression extends SyncExpressionOptions {
  readonly nodes: NodeExpression["nodes"];
}

/** A set of edges to follow. */
export interface SyncEdgeExpression extends SyncExpressionOptions {
  readonly edges: Omit<EdgeExpression["edges"], "limitEach">;
}

/** Any set to follow; set operations cannot be. */
export type SyncExpression = SyncNodeExpression | SyncEdgeExpression;

/** What to return of one set. */
export interface SyncSelectExpression {
  readonly sources?: readonly SelectSource[];
}

/** Body of `POST /models/instances/sync`: 1 to 50 sets, of which those in `select` are returned (contract 8.2). */
export interface InstancesSyncRequest
  extends Pick<InstancesQueryRequest, "cursors" | "parameters" | "includeTyping" | "debug"> {
  readonly with: Readonly<Record<string, SyncExpression>>;
  readonly select: Readonly<Record<string, SyncSelectExpression>>;
  /** Goes on from cursors older than 3 days, of which deletes may be lost. @defaultValue false */
  readonly allowExpiredCursorsAndAcceptMissedDeletes?: boolean;
}

/**
 * Answer of `sync`: what changed, by name; deleted instances have a `deletedTime`. Every set has a cursor, to be kept
 * and polled with.
 */
export type InstancesSyncResponse = InstancesQueryResponse;
