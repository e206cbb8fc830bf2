import { QueryError } from "../../errors/index.js";
import type { ViewDescriptor } from "../../ir/index.js";
import { formatVersionedId, type NodeReference } from "../../models/index.js";
import { noSpace } from "../identity.js";
import { invalidValue, type Place, placeText } from "../problems.js";
import type { WriteScope } from "./context.js";
import type { Item } from "./item.js";

/** Longest external id, in characters, that any source allows (contract 3.6; E103). */
const longest = 256;

/** Who is written: an item that is met again is the same one, also where its id is made. */
export class Identities {
  readonly #scope: WriteScope;
  readonly #made = new Map<Item, string>();

  constructor(scope: WriteScope) {
    this.#scope = scope;
  }

  of(item: Item, view: ViewDescriptor): NodeReference {
    const externalId = this.#externalId(item, view);
    const space = item["space"] ?? this.#scope.space;
    if (space === undefined) throw noSpace(externalId);
    if (typeof space !== "string") throw invalidValue({ view, name: "space" }, "a string", space);
    return { space, externalId };
  }

  #externalId(item: Item, view: ViewDescriptor): string {
    const given = item["externalId"] ?? this.#made.get(item);
    const { externalIds } = this.#scope;
    if (given !== undefined) return externalIdOf(given, { view, name: "externalId" });
    if (externalIds?.node === undefined) {
      throw new QueryError("QUERY.MISSING_PROPERTY", `An item of view ${formatVersionedId(view)} has no externalId.`, {
        hint: "Give each item an externalId, or a way to make them where the views are bound: { externalIds: { node } }.",
      });
    }
    const made = externalIdOf(externalIds.node(item, view), { view, name: "externalId" });
    this.#made.set(item, made);
    return made;
  }
}

/** An external id that the service takes. */
export function externalIdOf(value: unknown, place: Place): string {
  if (typeof value === "string" && value.length > 0 && value.length <= longest) return value;
  if (typeof value !== "string") throw invalidValue(place, "written with a string as externalId", value);
  throw new QueryError(
    "QUERY.INVALID_VALUE",
    `${placeText(place)} is written with an externalId of ${value.length} characters: it must have 1 to ${longest}.`,
  );
}
