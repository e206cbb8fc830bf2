import { ConfigError } from "../../../errors/index.js";
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
  const { name: type, from } = module.model.valueType(scalar);
  if (from === undefined) return type;
  return from === "_runtime" ? module.imports.runtime(type) : ownType(type, from, module);
}

const moduleName = /^\.*[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/;

/** A type of the user's own, which gives way to all other names of the module. */
function ownType(name: string, from: string, { imports, taken, own }: Module): string {
  const key = JSON.stringify([from, name]);
  let alias = own.get(key);
  if (alias !== undefined) return alias;
  if (!moduleName.test(from)) {
    throw new ConfigError("CONFIG.TARGET", `${JSON.stringify(from)} is not the name of a Python module`, {
      hint: `Say where ${name} is imported from: app.types, or ..types beside the package.`,
    });
  }
  alias = name;
  for (let n = 1; taken.has(alias); n++) alias = `${name}Json${n === 1 ? "" : n}`;
  taken.add(alias);
  own.set(key, alias);
  imports.use(from, alias === name ? name : `${name} as ${alias}`);
  return alias;
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
