import type { VersionedId } from "../models/index.js";

/** An id with its version where it has one, and without anything else. */
export function wireVersionedId({ space, externalId, version }: VersionedId): Readonly<Record<string, string>> {
  return version === undefined ? { space, externalId } : { space, externalId, version };
}
