import type { InstanceType, NodeReference } from "../../models/index.js";
import type { StoredRows } from "./stored-rows.js";

/** A node or an edge as stored. Rows are by container key, values by container property id; null values are absent. */
export interface StoredInstance {
  readonly instanceType: InstanceType;
  readonly space: string;
  readonly externalId: string;
  /** Position in creation order: the order of lists that ask for none, and the base of their cursors. */
  readonly sequence: number;
  version: number;
  type: NodeReference | undefined;
  startNode: NodeReference | undefined;
  endNode: NodeReference | undefined;
  readonly createdTime: number;
  lastUpdatedTime: number;
  readonly rows: StoredRows;
  /** Place in the order of changes, kept by {@link ProjectState.changes}. */
  change: number;
  /** Of an instance that is kept for syncs only. */
  readonly deletedTime: number | undefined;
}
