// Checks by hand of the answers that come most often, in the form that they have nearly always. What these do not know is
// nothing wrong: it is held against the schema.
import { isRecord } from "../json.js";

/** Instances, which are not looked into, without typing and notices (contract 7.4, 7.5). */
export function isInstancesPage(value: unknown): boolean {
  return isRecord(value) && Array.isArray(value["items"]) && isCursor(value["nextCursor"]) && hasNoExtras(value);
}

/** Sets of instances, which are not looked into, without typing and notices (contract 8.1). */
export function isQueryAnswer(value: unknown): boolean {
  if (!isRecord(value) || !isRecord(value["items"]) || !isRecord(value["nextCursor"])) return false;
  const cursors = Object.values(value["nextCursor"]);
  return Object.values(value["items"]).every(Array.isArray) && cursors.every(isText) && hasNoExtras(value);
}

/** What was written, and nothing deleted (contract 7.2). */
export function isUpsertAnswer(value: unknown): boolean {
  return hasItems(value, isWritten) && value["deleted"] === undefined;
}

/** Ids of instances on one page (contract 7.3). */
export function isInstanceIdsPage(value: unknown): boolean {
  return hasItems(value, isInstanceId) && value["nextCursor"] === undefined;
}

function hasNoExtras(value: Record<string, unknown>): boolean {
  return value["typing"] === undefined && value["debug"] === undefined;
}

function isText(value: unknown): boolean {
  return value === null || typeof value === "string";
}

function isCursor(value: unknown): boolean {
  return value === undefined || isText(value);
}

function hasItems(value: unknown, fits: (item: unknown) => boolean): value is Record<string, unknown> {
  return isRecord(value) && Array.isArray(value["items"]) && value["items"].every(fits);
}

function isInstanceId(value: unknown): value is Record<string, unknown> {
  return (
    isRecord(value) &&
    (value["instanceType"] === "node" || value["instanceType"] === "edge") &&
    typeof value["space"] === "string" &&
    typeof value["externalId"] === "string"
  );
}

function isWritten(value: unknown): boolean {
  return (
    isInstanceId(value) &&
    typeof value["version"] === "number" &&
    typeof value["wasModified"] === "boolean" &&
    typeof value["createdTime"] === "number" &&
    typeof value["lastUpdatedTime"] === "number"
  );
}
