import { QueryError } from "../../errors/index.js";
import type { ViewDescriptor } from "../../ir/index.js";
import { type ByExternalId, type ByInstanceId, formatVersionedId, isRecord } from "../../models/index.js";
import type { HandleContext } from "../handle-context.js";
import { idOf } from "../operations/id-of.js";
import { invalidValue, type Place, placeText, unknownProperty } from "../problems.js";
import { propertyOf } from "../registry.js";
import type { ResourceKind } from "../types/attached.js";

/** The id by which the service knows a time series, a file or a sequence. */
export type Attached = ByInstanceId | ByExternalId;

/** What a handle's call is about: by view and ids, or by rows and one of their properties. */
export interface AttachedTo {
  readonly view: ViewDescriptor;
  readonly of: unknown;
  readonly property?: string | undefined;
}

const plurals: Readonly<Record<ResourceKind, string>> = {
  timeseries: "time series",
  file: "files",
  sequence: "sequences",
};

/**
 * The ids of what is attached, in the order of what is given: `undefined` where a row names nothing, several where its
 * property is a list.
 *
 * @throws QueryError `QUERY.NOT_ATTACHED` where neither the view is of that kind nor the property holds one
 */
export function attachedIds(
  { scope }: HandleContext,
  { view, of, property }: AttachedTo,
  kind: ResourceKind,
): readonly (Attached | undefined)[] {
  if (property === undefined) {
    if (view.resource !== kind) throw notAttached(view, kind);
    return (Array.isArray(of) ? of : [of]).map((id) => ({ instanceId: idOf(id, view, scope.space) }));
  }
  const place = { view, name: property };
  checkProperty(place, kind);
  if (Array.isArray(of)) return of.flatMap((row) => [valueIn(row, place)].flat()).map((value) => idFrom(value, place));
  const value = valueIn(of, place);
  if (Array.isArray(value))
    throw invalidValue(place, "one value where one row is given: give the row in an array", value);
  return [idFrom(value, place)];
}

function notAttached(view: ViewDescriptor, kind: ResourceKind): QueryError {
  const known = namesOf(view, kind);
  return new QueryError("QUERY.NOT_ATTACHED", `${formatVersionedId(view)} is no view of ${plurals[kind]}.`, {
    hint: `Give a row and the name of a property that holds one: ${known.join(", ") || "this view has none"}.`,
  });
}

function checkProperty(place: Place, kind: ResourceKind): void {
  const { view, name } = place;
  const property = propertyOf(view, name);
  if (property?.type === kind) return;
  if (property === undefined) throw unknownProperty(place, namesOf(view, kind));
  throw new QueryError("QUERY.NOT_ATTACHED", `${placeText(place)} holds no ${plurals[kind]}.`, {
    hint: `Those that do: ${namesOf(view, kind).join(", ") || "none"}.`,
  });
}

function namesOf(view: ViewDescriptor, kind: ResourceKind): string[] {
  return Object.entries(view.properties).flatMap(([name, { type }]) => (type === kind ? [name] : []));
}

function valueIn(row: unknown, place: Place): unknown {
  if (isRecord(row) && Object.hasOwn(row, place.name)) return row[place.name];
  throw new QueryError("QUERY.INVALID_VALUE", `${placeText(place)} is not in the row that was given.`, {
    hint: "Give a row that was read with this property selected.",
  });
}

function idFrom(value: unknown, place: Place): Attached | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === "string") return { externalId: value };
  throw invalidValue(place, "an external id", value);
}

/** Refuses to write to what a row does not name. */
export function nothingThere({ view, property }: AttachedTo): never {
  throw new QueryError(
    "QUERY.NOT_ATTACHED",
    `${placeText({ view, name: property ?? "" })} of the row that was given is null: there is nothing to write to.`,
    { hint: "Write an external id to the property first." },
  );
}
