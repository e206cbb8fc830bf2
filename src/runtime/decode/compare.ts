import { formatVersionedId, type Instance, type JsonValue, type SortKey } from "../../models/index.js";
import { isReference, keyOf } from "../identity.js";
import { propertyReader } from "./property-reader.js";

/** Orders two instances. */
export type Compare = (a: Instance, b: Instance) => number;

/** The order that sort keys stand for, for where sorted answers are put together; texts by their code units. */
export function compileCompare(keys: readonly SortKey[]): Compare {
  const steps = keys.map(compareBy);
  return (a, b) => {
    for (const step of steps) {
      const order = step(a, b);
      if (order !== 0) return order;
    }
    return 0;
  };
}

function compareBy({ property, direction, nullsFirst }: SortKey): Compare {
  const read = sortReader(property);
  const sign = direction === "descending" ? -1 : 1;
  const nulls = nullsFirst ? -1 : 1;
  return (a, b) => {
    const [left, right] = [read(a), read(b)];
    if (left === undefined || right === undefined)
      return (Number(left === undefined) - Number(right === undefined)) * nulls;
    if (left === right) return 0;
    return left < right ? -sign : sign;
  };
}

function sortReader([space = "", view = "", id]: SortKey["property"]): (
  instance: Instance,
) => string | number | bigint | undefined {
  if (id === undefined) return (instance) => comparable(factOf(instance, view));
  const [externalId = "", version = ""] = view.split("/");
  const read = propertyReader({ source: formatVersionedId({ space, externalId, version }), property: id });
  return (instance) => comparable(read(instance));
}

function factOf(instance: Instance, fact: string): JsonValue | undefined {
  return Object.entries(instance).find(([key]) => key === fact)?.[1];
}

/** Something that `<` orders. */
function comparable(value: JsonValue | undefined): string | number | bigint | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "string") return value;
  return isReference(value) ? keyOf(value) : Number(value);
}
