import type { IrDirect, IrEdge, IrReverse, IrScalar, NamedProperty, NamedView } from "../../../ir/index.js";
import { aboutProperty } from "../../text/index.js";
import { className, usualId } from "./casing.js";
import { assignment, call, type Python, typed, union } from "./code.js";
import { docstring } from "./docstring.js";
import { pythonText } from "./literal.js";
import type { Module } from "./module.js";

/** The types of enums that a module defines, by name of the property. */
export type Enums = ReadonlyMap<string, string>;

/** One value of a scalar: of an enum one of its values, or when reading any text, as new ones come. */
export function scalarType({ name, property }: NamedProperty, scalar: IrScalar, enums: Enums, module: Module): Python {
  const literal = property.kind === "scalar" ? enums.get(name) : undefined;
  if (literal !== undefined) return literal;
  const type = module.model.valueType(scalar);
  return type.from === undefined ? type.name : module.imports.runtime(type.name);
}

/** A list where the property is one, and `None` where there may be nothing. */
export function stored({ list, nullable }: IrScalar | IrDirect, ...value: readonly Python[]): Python {
  const whole = list ? [typed("list", union(...value))] : value;
  return union(...whole, ...(nullable ? ["None"] : []));
}

/** The class of what a relation leads to; the base class where the model does not say. */
export function targetClass(property: IrDirect | IrReverse | IrEdge, module: Module): string {
  const target = module.model.targetOf(property);
  return target ? module.neighbours.use(target, "") : module.imports.runtime("Node");
}

/** A field, with what is said of it. */
export function field(
  named: NamedProperty,
  view: NamedView,
  type: Python,
  value: Python | undefined,
  module: Module,
): string {
  const { name, property } = named;
  const renamed = usualId(name) !== property.id;
  const annotation = renamed
    ? typed(
        module.imports.use("typing", "Annotated"),
        type,
        call(module.imports.use("pydantic", "Field"), [], [["alias", pythonText(property.id)]]),
      )
    : type;
  return `${assignment(name, annotation, value, 4)}${docstring(aboutProperty(named, view, usualId), 4)}`;
}

/** The name for the values of an enum, which no other name of the module is. */
export function enumName(name: string, taken: Set<string>): string {
  let free = className(name, "Value");
  while (taken.has(free)) free = `${free}_`;
  taken.add(free);
  return free;
}
