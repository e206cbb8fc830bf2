import { ConfigError } from "../../errors/index.js";
import type { IrModel, IrScalar } from "../../ir/index.js";
import type { ValueType } from "../target.js";
import { matchesProperty } from "./patterns.js";

/**
 * Types of your own for JSON properties, by `Turbine.settings`, with any of the forms of a view, or `*.settings` for all
 * views. `from` is what the type is imported from, as it stands in generated files: for TypeScript `../settings.js` or a
 * package, for Python a module. The type is one of objects, in Python a model of pydantic or a `TypedDict`.
 */
export type JsonTypes = Readonly<Record<string, JsonType>>;

/** A type of your own, and what it is imported from. */
export interface JsonType extends ValueType {
  readonly from: string;
}

/** What the name of a type looks like in every language. */
export const typeName: RegExp = /^[A-Za-z_]\w*$/;

/** The types that were chosen for properties of a model. */
export type ChosenTypes = ReadonlyMap<IrScalar, JsonType>;

/**
 * Finds the properties that types were chosen for; of several that mean one, the first counts.
 *
 * @throws ConfigError `CONFIG.TARGET` where a name is none
 */
export function chosenTypes({ views }: IrModel, types: JsonTypes): ChosenTypes {
  const patterns = Object.entries(types);
  for (const [pattern, { name }] of patterns) {
    if (typeName.test(name)) continue;
    throw new ConfigError("CONFIG.TARGET", `${JSON.stringify(name)}, for ${pattern}, is not the name of a type`, {
      hint: "Give the name that the type is exported by.",
    });
  }
  const chosen = new Map<IrScalar, JsonType>();
  if (patterns.length === 0) return chosen;
  for (const { id, properties } of views) {
    for (const property of properties) {
      const found = isJson(property) && patterns.find(([pattern]) => matchesProperty(pattern, id, property.id));
      if (found) chosen.set(property, found[1]);
    }
  }
  return chosen;
}

/** Whether a property holds JSON. */
export function isJson(property: IrModel["views"][number]["properties"][number]): property is IrScalar {
  return property.kind === "scalar" && property.type === "json";
}
