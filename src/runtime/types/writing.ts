import type { PygenError } from "../../errors/index.js";
import type { ViewDescriptor } from "../../ir/index.js";
import type {
  InstanceId,
  InstanceWrite,
  JsonValue,
  NodeReference,
  SourceReference,
  WrittenInstance,
} from "../../models/index.js";
import type { CallOptions } from "./call.js";

/** An edge that needs an external id. */
export interface EdgeToName {
  readonly type: NodeReference;
  readonly startNode: NodeReference;
  readonly endNode: NodeReference;
}

/** Makes external ids of what is written without one; called once for each object. */
export interface ExternalIds {
  readonly node?: (item: object, view: ViewDescriptor) => string;
  /** @defaultValue the ids of both ends and the type, joined */
  readonly edge?: (edge: EdgeToName) => string;
}

/** Options of writes through views. */
export interface WriteOptions extends CallOptions {
  /**
   * What becomes of instances that are there: `update` changes what is given, `replace` also sets what is left out to its
   * default, else to null (contract 7.2.5), `create-only` refuses what is written with values and is there.
   * @defaultValue "update"
   */
  readonly mode?: "update" | "replace" | "create-only";
  /** Passes over items whose stored version is newer, in place of failing. @defaultValue false */
  readonly skipOnVersionConflict?: boolean;
  /**
   * What becomes of edges that are there: `append` leaves them, `replace` deletes those that are not among a set that is
   * given, once all is written. @defaultValue "append"
   */
  readonly edges?: "append" | "replace";
  /** Makes nodes that direct relations point at. @defaultValue true; of `create-only` false */
  readonly autoCreateDirectRelations?: boolean;
  /** Makes nodes that edges start in. @defaultValue false */
  readonly autoCreateStartNodes?: boolean;
  /** Makes nodes that edges end in. @defaultValue false */
  readonly autoCreateEndNodes?: boolean;
  /** What a failure does: it is thrown, or told in `failed` of the result. @defaultValue "throw" */
  readonly failures?: "throw" | "report";
}

/** What became of an instance that was written. */
export interface WrittenItem extends WrittenInstance {
  readonly status: "created" | "updated" | "unchanged";
}

/** An instance that was not written, as far as is known: `unknown` may have been, `unsent` was never sent. */
export interface FailedItem extends InstanceId {
  readonly status: "failed" | "unknown" | "unsent";
  readonly error?: PygenError;
}

/** How many instances came to what. */
export type WriteCounts = Readonly<Record<(WrittenItem | FailedItem)["status"] | "skipped" | "deleted", number>>;

/** What was written: each instance once, nodes before edges, targets of direct relations before what points at them. */
export interface UpsertResult {
  readonly items: readonly WrittenItem[];
  /** Those whose stored version is newer than the write allows (`skipOnVersionConflict`). */
  readonly skipped: readonly InstanceId[];
  /** Empty unless `failures` is `"report"`. */
  readonly failed: readonly FailedItem[];
  /** Edges that were deleted because they were not in a set given whole (`edges: "replace"`). */
  readonly deleted: readonly InstanceId[];
  readonly counts: WriteCounts;
}

/** A value that a write would change; absent ones are `null`. */
export interface ValueChange {
  /** `undefined` for facts of the instance itself: `type`, `startNode`, `endNode`. */
  readonly source?: SourceReference;
  readonly property: string;
  /** `undefined` where it cannot be read: of values written through containers. */
  readonly from?: JsonValue;
  readonly to: JsonValue;
}

/** An instance that would be written. `conflict`: its stored version is newer than the write allows. */
export interface PlannedWrite extends InstanceId {
  readonly status: "create" | "update" | "unchanged" | "conflict";
  readonly changes: readonly ValueChange[];
  /** The request's part, as it would be sent. */
  readonly write: InstanceWrite;
}

/** What a write would do, by what is stored now. */
export interface WritePlan {
  readonly items: readonly PlannedWrite[];
  /** Edges that would be deleted (`edges: "replace"`). */
  readonly deletes: readonly InstanceId[];
  readonly counts: Readonly<Record<PlannedWrite["status"] | "delete", number>>;
}
