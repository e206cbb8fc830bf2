import { QueryError } from "../errors/index.js";
import type { NodeReference } from "../models/index.js";

/** One string for an instance's identity. No space contains a line break (contract 3.6). */
export function keyOf({ space, externalId }: NodeReference): string {
  return `${space}\n${externalId}`;
}

/** The identity alone, without whatever else an object carries. */
export function referenceOf({ space, externalId }: NodeReference): NodeReference {
  return { space, externalId };
}

/** Whether a value names an instance in full. */
export function isReference(value: unknown): value is NodeReference {
  return (
    typeof value === "object" &&
    value !== null &&
    "space" in value &&
    typeof value.space === "string" &&
    "externalId" in value &&
    typeof value.externalId === "string"
  );
}

/**
 * The identity that an id stands for: a string within the default space, or any object with `space` and `externalId`.
 * `undefined` when it is neither.
 *
 * @throws QueryError `QUERY.NO_SPACE` for a string where there is no default space (E76)
 */
export function toReference(id: unknown, space: string | undefined): NodeReference | undefined {
  if (isReference(id)) return referenceOf(id);
  if (typeof id !== "string") return undefined;
  if (space === undefined) throw noSpace(id);
  return { space, externalId: id };
}

/** An external id was given alone, and nothing says in which space. */
export function noSpace(externalId: string): QueryError {
  return new QueryError("QUERY.NO_SPACE", `'${externalId}' is given without a space, and there is no default one.`, {
    hint: "Give { space, externalId }, or a default space where the views are bound: { space: '...' }.",
  });
}
