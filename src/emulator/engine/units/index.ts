import { badRequest } from "../fault.js";
import { QUANTITIES, type Scale, UNIT_SYSTEMS } from "./catalog.js";

export { UNITS_SPACE, unitNodes } from "./nodes.js";

/** The unit to convert to: by its external id, or that of a unit system for the quantity. */
export type UnitChoice = { readonly externalId: string } | { readonly unitSystemName: string };

/** What a conversion ends in. */
export interface Conversion {
  /** The external id of the target unit. */
  readonly unit: string;
  readonly convert: (value: number) => number;
}

/** Digits that a converted value is good for: beyond them conversions leave noise. */
const DIGITS = 12;

/**
 * Converts from a unit, such as `temperature:deg_c`, to another of its quantity (contract 7.7).
 *
 * @throws Fault 400 for units and unit systems that the emulator does not know, and for units of other quantities
 */
export function conversion(from: string, to: UnitChoice): Conversion {
  const unit = "externalId" in to ? to.externalId : unitOfSystem(from, to.unitSystemName);
  if (unit === from) return { unit, convert: (value) => value };
  const source = scaleOf(from);
  const target = scaleOf(unit);
  if (quantityOf(from) !== quantityOf(unit)) {
    throw badRequest(`Cannot convert from unit '${from}' to unit '${unit}': they measure different quantities.`);
  }
  return {
    unit,
    convert: (value) => {
      const converted = (value * source.factor + source.offset - target.offset) / target.factor;
      return Number.isFinite(converted) ? Number(converted.toPrecision(DIGITS)) : value;
    },
  };
}

function unitOfSystem(from: string, system: string): string {
  if (!UNIT_SYSTEMS.includes(system)) {
    throw badRequest(`Unknown unit system '${system}'. Use one of [${UNIT_SYSTEMS.join(", ")}].`);
  }
  const name = quantityOf(from);
  const unit = QUANTITIES.get(name)?.systems.get(system);
  if (unit === undefined) throw unknownUnit(from);
  return `${name}:${unit}`;
}

function scaleOf(unit: string): Scale {
  const name = quantityOf(unit);
  const scale = QUANTITIES.get(name)?.units.get(unit.slice(name.length + 1));
  if (!scale) throw unknownUnit(unit);
  return scale;
}

function quantityOf(unit: string): string {
  return unit.slice(0, Math.max(0, unit.indexOf(":")));
}

function unknownUnit(unit: string): Error {
  return badRequest(`Unknown unit '${unit}': the emulator cannot convert it.`);
}
