import type { JsonValue, MappedProperty, TargetUnit } from "../../../models/index.js";
import { badRequest } from "../fault.js";
import { type Conversion, conversion } from "../units/index.js";

/**
 * The conversions that a source asks for, by property id (contract 7.7).
 *
 * @param propertyOf - the mapped property of an id
 * @param view - how messages name the view
 * @throws {@link Fault} 400 for unknown properties and units, for properties without a unit, and for two units of one.
 */
export function conversionsOf(
  targetUnits: readonly TargetUnit[],
  propertyOf: (id: string) => MappedProperty | undefined,
  view: string,
): ReadonlyMap<string, Conversion> {
  const conversions = new Map<string, Conversion>();
  for (const { property: id, unit } of targetUnits) {
    const property = propertyOf(id);
    if (!property) throw badRequest(`Unknown property '${id}' to convert in view '${view}'`);
    const from = "unit" in property.type ? property.type.unit?.externalId : undefined;
    if (from === undefined) throw badRequest(`Cannot convert property '${id}' of view '${view}': it has no unit`);
    if (conversions.has(id)) throw badRequest(`Cannot convert property '${id}' of view '${view}' to two units`);
    conversions.set(id, conversion(from, unit));
  }
  return conversions;
}

/** A property as it reads in another unit. */
export function inUnit(property: MappedProperty, { unit }: Conversion): MappedProperty {
  return { ...property, type: { ...property.type, unit: { externalId: unit } } as MappedProperty["type"] };
}

/** A value, or each of a list, in another unit. */
export function convertValue(value: JsonValue, { convert }: Conversion): JsonValue {
  if (Array.isArray(value)) return value.map((entry) => convert(Number(entry)));
  return convert(Number(value));
}
