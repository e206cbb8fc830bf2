import type { NamedProperty, NamedView } from "../../../ir/index.js";
import type { TargetModel } from "../../target.js";
import { literalUnion } from "../../text/index.js";
import { lineWidth } from "./style.js";

/** Collects what a file imports. */
export interface Imports {
  readonly runtime: Set<string>;
  readonly views: Set<NamedView>;
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
      const type = model.valueType(property);
      if (type.from !== undefined) imports.runtime.add(type.name);
      return stored(property, type.name);
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
