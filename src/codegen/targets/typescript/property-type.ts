import type { NamedProperty, NamedView } from "../../../ir/index.js";
import type { TargetModel, ValueType } from "../../target.js";
import { literalUnion } from "../../text/index.js";
import { typescriptNaming } from "./naming.js";
import { lineWidth } from "./style.js";

/** Collects what a file imports. */
export interface Imports {
  /** What the runtime is imported from. */
  readonly from: string;
  readonly runtime: Set<string>;
  readonly views: Set<NamedView>;
  /** Types of the user's own, with the name that each has in the file. */
  readonly own: Map<string, OwnType>;
}

interface OwnType extends Required<ValueType> {
  readonly alias: string;
}

/** The type of a property in its interface, where it stands two columns in. */
export function propertyType({ name, property }: NamedProperty, model: TargetModel, imports: Imports): string {
  const nameOf = (view: NamedView | undefined): string | undefined => {
    if (view) imports.views.add(view);
    return view?.type;
  };
  switch (property.kind) {
    case "scalar": {
      if (property.type === "enum") {
        return stored(property, enumType(property.values ?? [], imports, name.length + 16));
      }
      return stored(property, valueType(model.valueType(property), model, imports));
    }
    case "direct":
      return stored(property, relation("Direct", [nameOf(model.targetOf(property))], imports));
    case "reverse": {
      const type = relation("Reverse", [nameOf(model.targetOf(property))], imports);
      return property.single ? `${type} | null` : `${type}[]`;
    }
    case "edge": {
      const target = nameOf(model.targetOf(property));
      const edges = nameOf(model.edgesOf(property));
      const type = relation("Edge", edges ? [target ?? "unknown", edges] : [target], imports);
      return property.single ? `${type} | null` : `${type}[]`;
    }
  }
}

function valueType({ name, from }: ValueType, model: TargetModel, imports: Imports): string {
  if (from === undefined) return name;
  if (from !== imports.from) return ownType({ name, from }, model, imports);
  imports.runtime.add(name);
  return name;
}

/** A type of the user's own gives way to all other names of the file. */
function ownType(type: Required<ValueType>, model: TargetModel, imports: Imports): string {
  const key = JSON.stringify([type.from, type.name]);
  const known = imports.own.get(key);
  if (known) return known.alias;
  const taken = new Set([
    ...typescriptNaming.types.reserved,
    ...[...model.names.views.values()].flatMap(({ own, edges }) => [own.type, ...(edges ? [edges.type] : [])]),
    ...[...imports.own.values()].map(({ alias }) => alias),
  ]);
  let alias = type.name;
  for (let n = 1; taken.has(alias); n++) alias = `${type.name}Json${n === 1 ? "" : n}`;
  imports.own.set(key, { ...type, alias });
  return alias;
}

function stored({ list, nullable }: { readonly list: boolean; readonly nullable: boolean }, element: string): string {
  return `${element}${list ? "[]" : ""}${nullable ? " | null" : ""}`;
}

/** `used`: the columns before and after the union, of the property's name and of what closes the type. */
function enumType(values: readonly { readonly value: string }[], imports: Imports, used: number): string {
  imports.runtime.add("Enum");
  const union = literalUnion(
    values.map(({ value }) => value),
    2,
    used,
    lineWidth,
  );
  return union.startsWith("\n") ? `Enum<${union}\n  >` : `Enum<${union}>`;
}

function relation(marker: string, args: readonly (string | undefined)[], imports: Imports): string {
  imports.runtime.add(marker);
  const given = args.filter((arg) => arg !== undefined);
  return given.length === 0 ? marker : `${marker}<${given.join(", ")}>`;
}
