import type { PygenClient } from "../../client/index.js";
import { ResponseError } from "../../errors/index.js";
import type { NodeReference } from "../../models/index.js";
import { isReference } from "../identity.js";
import { kindOf } from "../problems.js";

/** What to do about a property of an instance that is not as promised: throw the error, log it, or nothing. */
export type OnMismatch = (property: string, error: () => ResponseError) => void;

/** Throws. */
export const refuse: OnMismatch = (_property, error) => {
  throw error();
};

/** Does what the client's option `validation` says, in a log once for each property. */
export function mismatchesOf(client: PygenClient): OnMismatch {
  const told = new Set<string>();
  return (property, error) => {
    if (told.has(property)) return;
    client.http.mismatch(error);
    told.add(property);
  };
}

/** `'name' of instance 'T1' in space 'data'` */
export function placeOf(name: string, { space, externalId }: NodeReference): string {
  return `'${name}' of instance '${externalId}' in space '${space}'`;
}

/** A value of another type than its view says. */
export function wrongValue(name: string, instance: NodeReference, expected: string, value: unknown): ResponseError {
  const found = typeof value === "string" ? "another text" : kindOf(value);
  return new ResponseError("RESPONSE.VALUE", `${placeOf(name, instance)} must be ${expected}, got ${found}.`, {
    hint: "Has the view changed since the code was generated? Then generate it anew.",
  });
}

/** Without its identity, nothing can be said or done about an instance. */
export function checkIdentity(instance: unknown): void {
  if (isReference(instance)) return;
  throw new ResponseError(
    "RESPONSE.VALUE",
    `An instance of the answer has no space and external id: ${kindOf(instance)}.`,
  );
}
