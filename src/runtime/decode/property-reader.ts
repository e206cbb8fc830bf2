import type { Instance, JsonValue } from "../../models/index.js";
import type { JoinKey } from "../plan/plan.js";
import { own, sourceReader } from "./row.js";

/** Reads one property by the view and the id of the property. */
export function propertyReader({ source, property }: JoinKey): (instance: Instance) => JsonValue | undefined {
  const valuesOf = sourceReader(source);
  if (!(property in Object.prototype)) return (instance) => valuesOf(instance)?.[property];
  return (instance) => own(valuesOf(instance), property);
}
