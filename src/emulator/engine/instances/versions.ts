import { Fault } from "../fault.js";
import type { StoredInstance } from "../state.js";

/** Whether a caller knows an older version than the stored one (contract 7.2.8); 0 means: must not exist. */
export function conflicts(stored: StoredInstance | undefined, existingVersion: number | undefined): boolean {
  return stored !== undefined && existingVersion !== undefined && stored.version > existingVersion;
}

/** The refusal of a write or delete based on an older version. */
export function versionConflict(): Fault {
  return new Fault(409, "A version conflict caused the ingest to fail.");
}
