import { QueryError } from "../../errors/index.js";
import { invalidValue, type Place, placeText } from "../problems.js";

/** What a connection was given to hold. What is only added to cannot be cleared. */
export function elementsOf(place: Place, value: unknown, many: boolean): readonly unknown[] {
  if (value === null) {
    throw new QueryError("QUERY.NOT_WRITABLE", `${placeText(place)} cannot be cleared: what it holds lies elsewhere.`, {
      hint: "Clear the direct relation at the other end, or delete the edge.",
    });
  }
  if (many && !Array.isArray(value)) throw invalidValue(place, "an array", value);
  return many && Array.isArray(value) ? value : [value];
}
