import { QueryError } from "../../errors/index.js";
import type { ViewDescriptor } from "../../ir/index.js";
import { formatVersionedId, isRecord, type NodeReference } from "../../models/index.js";
import { isReference, toReference } from "../identity.js";
import { invalidValue, kindOf, type Place, placeText, unknownProperty } from "../problems.js";

/** An instance as it was given to be written. */
export type Item = Readonly<Record<string, unknown>>;

const nodeFacts = ["$existingVersion", "$type", "$view"];
const edgeFacts = [...nodeFacts, "$startNode", "$endNode"];

/** Facts of rows that are no facts of what is written. */
const readFacts = ["$version", "$createdTime", "$lastUpdatedTime"];

/** Keys of an item that are no properties. */
export function factKeys(view: ViewDescriptor): readonly string[] {
  return ["space", "externalId", ...(view.instanceType === "edge" ? edgeFacts : nodeFacts)];
}

/** An object to write. */
export function itemOf(value: unknown, view: ViewDescriptor): Item {
  if (isRecord(value)) return value;
  throw new QueryError("QUERY.INVALID_VALUE", `An item of view ${formatVersionedId(view)} is ${kindOf(value)}.`);
}

/** The id that a value stands for; `undefined` for an object that is to be written itself. */
export function idIn(value: unknown, space: string | undefined): NodeReference | undefined {
  if (typeof value === "string") return toReference(value, space);
  return isReference(value) && Object.keys(value).length === 2 ? toReference(value, space) : undefined;
}

/** A required id, such as an end of an edge. */
export function requiredId(item: Item, place: Place, space: string | undefined): NodeReference {
  const value = item[place.name];
  const id = toReference(value, space);
  if (id) return id;
  if (value !== undefined) throw invalidValue(place, "an id", value);
  throw new QueryError(
    "QUERY.MISSING_PROPERTY",
    `An edge of view ${formatVersionedId(place.view)} needs ${place.name}.`,
  );
}

/** Refuses a key that is neither a property nor a fact. */
export function refuseUnknown(place: Place): never {
  if (readFacts.includes(place.name)) {
    throw new QueryError("QUERY.UNKNOWN_PROPERTY", `${placeText(place)} is read only.`, {
      hint: "Write rows that were read as toWrite(handle, row): it leaves out what cannot be written.",
    });
  }
  throw unknownProperty(place, [...Object.keys(place.view.properties), ...factKeys(place.view)]);
}
