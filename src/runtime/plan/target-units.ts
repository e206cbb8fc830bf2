import { QueryError } from "../../errors/index.js";
import type { ViewDescriptor } from "../../ir/index.js";
import { isRecord, type TargetUnit } from "../../models/index.js";
import { invalidValue, kindOf, type Place, placeText, unknownProperty } from "../problems.js";
import { propertyId, propertyOf } from "../registry.js";

/** Of one source (contract 3.4). */
const mostUnits = 10;

/**
 * The units in which to read properties, as the service takes them; nothing where none are asked for.
 *
 * @throws QueryError naming the property that has no unit, and the view
 */
export function targetUnitsOf(view: ViewDescriptor, given: unknown): { readonly targetUnits?: readonly TargetUnit[] } {
  if (given === undefined) return {};
  if (!isRecord(given)) {
    throw new QueryError("QUERY.INVALID_VALUE", `targetUnits must be an object, got ${kindOf(given)}.`);
  }
  const units = Object.entries(given).filter(([, unit]) => unit !== undefined);
  if (units.length > mostUnits) {
    throw new QueryError("QUERY.TOO_MANY", `targetUnits takes at most ${mostUnits} properties, got ${units.length}.`);
  }
  return units.length === 0 ? {} : { targetUnits: units.map(([name, unit]) => targetUnit({ view, name }, unit)) };
}

function targetUnit(place: Place, unit: unknown): TargetUnit {
  const { view, name } = place;
  const property = propertyOf(view, name);
  if (property === undefined) throw unknownProperty(place, withUnits(view));
  if (!("unit" in property)) {
    throw new QueryError("QUERY.NO_UNIT", `${placeText(place)} has no unit that could be converted.`, {
      hint: `Those that have one: ${withUnits(view).join(", ") || "none"}.`,
    });
  }
  const id = propertyId(view, name);
  if (typeof unit === "string") return { property: id, unit: { externalId: unit } };
  const system = isRecord(unit) ? unit["unitSystemName"] : undefined;
  if (typeof system === "string") return { property: id, unit: { unitSystemName: system } };
  throw invalidValue(place, "converted to a unit's external id or { unitSystemName }", unit);
}

function withUnits(view: ViewDescriptor): string[] {
  return Object.entries(view.properties).flatMap(([name, property]) => ("unit" in property ? [name] : []));
}
