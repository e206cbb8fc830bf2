import type { Status, TurbineRow } from "./turbines.js";

/** The states of operation, as people call them. */
export const statusNames: ReadonlyMap<string, string> = new Map<Status, string>([
  ["running", "Running"],
  ["idle", "Idle"],
  ["stopped", "Stopped"],
  ["maintenance", "In maintenance"],
]);

export function isStatus(text: string): text is Status {
  return statusNames.has(text);
}

export function statusName(status: TurbineRow["status"]): string {
  return status === null ? "Not known" : (statusNames.get(status) ?? status);
}
