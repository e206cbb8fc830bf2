import { InputError } from "../errors/index.js";
import { type ByExternalId, type ByInstanceId, type ByInternalId, isRecord, type ResourceId } from "../models/index.js";

/** The ids that a method takes. */
export type IdKind = "instanceId" | "externalId" | "id";

interface IdOfKind {
  readonly instanceId: ByInstanceId;
  readonly externalId: ByExternalId;
  readonly id: ByInternalId;
}

/**
 * The id of a resource without anything else, as the service takes it.
 *
 * @throws InputError `INPUT.ID` unless there is exactly one id, of a kind that the method takes
 */
export function wireId<K extends IdKind>(given: ResourceId, kinds: readonly K[], path: string): IdOfKind[K] {
  const named = isRecord(given) ? kinds.filter((kind) => given[kind] !== undefined) : [];
  const [kind] = named;
  if (kind === undefined || named.length > 1) throw wrongId(kinds, path, `has ${named.length} of them`);
  const { instanceId, externalId, id } = given;
  if (instanceId !== undefined) {
    const { space, externalId: name } = instanceId;
    if (isText(space) && isText(name)) return { instanceId: { space, externalId: name } } as IdOfKind[K];
    throw wrongId(kinds, `${path}.instanceId`, "lacks a space or an external id");
  }
  if (externalId !== undefined && isText(externalId)) return { externalId } as IdOfKind[K];
  if (externalId === undefined && Number.isSafeInteger(id)) return { id } as IdOfKind[K];
  throw wrongId(kinds, `${path}.${kind}`, "is neither a text nor a number");
}

/** Tells ids apart: the same text means the same resource. */
export function keyOfId({ instanceId, externalId, id }: ResourceId): string {
  return JSON.stringify(instanceId ? [instanceId.space, instanceId.externalId] : [externalId ?? id]);
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function wrongId(kinds: readonly IdKind[], path: string, what: string): InputError {
  return new InputError("INPUT.ID", `An id must be exactly one of ${kinds.join(", ")}; ${path} ${what}.`, {
    path,
    hint: 'Such as { instanceId: { space: "data", externalId: "A1" } }.',
  });
}
