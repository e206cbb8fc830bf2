import { QueryError } from "../errors/index.js";
import { type Place, placeText } from "./problems.js";

/** A relation into a view that was not bound. */
export function unboundView(place: Place, target: string | undefined): QueryError {
  return target === undefined
    ? new QueryError("QUERY.UNBOUND_VIEW", `The view that ${placeText(place)} leads to is not known.`, {
        hint: "Only ids can be read and written here: use true in a selection, and ids in what is written.",
      })
    : new QueryError("QUERY.UNBOUND_VIEW", `${placeText(place)} leads to view ${target}, which is not bound.`, {
        hint: "Give its metadata constant to bind() too, or ask for the id alone with true.",
      });
}
