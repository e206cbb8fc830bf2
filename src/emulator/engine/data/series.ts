import { type DatapointsReading, isRecord, type Series, type SeriesFacts } from "../../../models/index.js";
import { badRequest } from "../fault.js";
import type { ProjectState } from "../state.js";
import { conversion } from "../units/index.js";
import { idsOf, propertyOf } from "./owners.js";
import { Points } from "./points.js";
import { isNodeOwner, type Owner } from "./state.js";

/** The container of the core model whose nodes are time series. */
export const TIME_SERIES = "CogniteTimeSeries";

/** What is told of a series, and whether its values are texts. */
export type KnownSeries = SeriesFacts & Pick<Series, "isString">;

/** What is told of a series beside its points. */
export function factsOf(owner: Owner): KnownSeries {
  const unit = propertyOf(owner, TIME_SERIES, "sourceUnit");
  const unitExternalId = unitOf(owner);
  return {
    ...idsOf(owner),
    isString: isString(owner),
    isStep: isStep(owner),
    type: typeOf(owner),
    ...(typeof unit === "string" ? { unit } : {}),
    ...(unitExternalId === undefined ? {} : { unitExternalId }),
  };
}

/** Whether a value holds until the next one; else it moves there on a line. */
export function isStep(owner: Owner): boolean {
  return propertyOf(owner, TIME_SERIES, "isStep") === true;
}

/** Whether the values of a series are texts. */
export function isString(owner: Owner): boolean {
  return typeOf(owner) === "string";
}

function typeOf(owner: Owner): string {
  if (!isNodeOwner(owner)) return owner.isString ? "string" : "numeric";
  const type = propertyOf(owner, TIME_SERIES, "type");
  return typeof type === "string" ? type : "numeric";
}

/**
 * Refuses series whose points are not served.
 *
 * @throws {@link Fault} 400 for a series of states
 */
export function requireServed(owner: Owner): void {
  if (typeOf(owner) !== "state") return;
  throw badRequest("The emulator serves numeric and string time series, but none of states yet.");
}

/** The points of a series, as they are stored. */
export function pointsOf(state: ProjectState, owner: Owner): Points {
  return state.data.points.get(owner) ?? new Points();
}

/**
 * The points of a series in the unit that is asked for, and what is told of it then.
 *
 * @throws {@link Fault} 400 for units that its own cannot be converted to
 */
export function readSeries(
  state: ProjectState,
  owner: Owner,
  { targetUnit, targetUnitSystem }: DatapointsReading,
): { readonly points: Points; readonly facts: KnownSeries } {
  requireServed(owner);
  const points = pointsOf(state, owner);
  const facts = factsOf(owner);
  if (targetUnit === undefined && targetUnitSystem === undefined) return { points, facts };
  if (targetUnit !== undefined && targetUnitSystem !== undefined) {
    throw badRequest("targetUnit and targetUnitSystem cannot be used together.");
  }
  const from = unitOf(owner);
  if (from === undefined || isString(owner)) {
    throw badRequest(`Cannot convert time series ${JSON.stringify(idsOf(owner))}: it has no unit.`);
  }
  const to = targetUnit === undefined ? { unitSystemName: targetUnitSystem ?? "" } : { externalId: targetUnit };
  const { unit, convert } = conversion(from, to);
  return { points: points.converted(convert), facts: { ...facts, unitExternalId: unit } };
}

/** The unit of a series: the external id of the node that its property points at. */
function unitOf(owner: Owner): string | undefined {
  const unit = propertyOf(owner, TIME_SERIES, "unit");
  return isRecord(unit) && typeof unit["externalId"] === "string" ? unit["externalId"] : undefined;
}
