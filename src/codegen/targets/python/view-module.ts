import { compareText, type NamedView } from "../../../ir/index.js";
import type { TargetModel } from "../../target.js";
import { type Enums, enumName } from "./annotations.js";
import { always, typed } from "./code.js";
import { comment, docstring } from "./docstring.js";
import { Imports, Neighbours } from "./imports.js";
import { pythonText } from "./literal.js";
import { metadata } from "./metadata.js";
import { idOf, type Module } from "./module.js";
import { pythonNaming } from "./naming.js";
import { fieldType, selectType, whereType } from "./query-types.js";
import { readClass } from "./read-class.js";
import { writeClass } from "./write-class.js";

/** The types of a view: those that the package gives to its users. */
export function exportsOf({ type, view }: NamedView): readonly string[] {
  return [type, ...(view.writable ? [`${type}Write`] : []), `${type}Where`, `${type}Select`, `${type}Field`];
}

/** One module: the classes of a view, of a view for nodes and edges those of both. */
export function viewModule(halves: readonly NamedView[], model: TargetModel, views: readonly NamedView[]): string {
  const [first] = halves;
  if (first === undefined) return "";
  const imports = new Imports();
  const taken = new Set(pythonNaming.types.reserved);
  for (const { type } of views)
    for (const suffix of ["", "Write", "Where", "Select", "Field"]) taken.add(type + suffix);
  const module: Module = { model, imports, neighbours: new Neighbours(first.file), taken, own: new Map() };
  const parts = halves.flatMap((half) => partsOf(half, module));
  const doc = docstring([`View ${idOf(first)}.`], 0);
  const future = "from __future__ import annotations\n";
  const head = [comment(model.originOf(first)) + doc, future, imports.print()].filter((text) => text !== "").join("\n");
  return `${head}\n${parts.join("\n\n")}${module.neighbours.print()}`;
}

function partsOf(view: NamedView, module: Module): readonly string[] {
  const constant = view.instanceType === "edge" && view.view.usedFor === "all" ? "_EDGE_VIEW" : "_VIEW";
  const types: string[] = [];
  const enums = enumsOf(view, types, module);
  return [
    [metadata(constant, view.descriptor, module), ...types].join("\n"),
    readClass(view, constant, enums, module),
    ...(view.view.writable ? [writeClass(view, constant, enums, module)] : []),
    whereType(view, module),
    selectType(view, module),
    fieldType(view, module),
  ];
}

/** Names the types of the view's enums, and writes them. */
function enumsOf(view: NamedView, types: string[], { imports, taken }: Module): Enums {
  const enums = new Map<string, string>();
  const sorted = [...view.properties].sort((a, b) => compareText(a.name, b.name));
  for (const { name, property } of sorted) {
    if (property.kind !== "scalar" || property.type !== "enum" || !property.values?.length) continue;
    const type = enumName(name, taken);
    enums.set(name, type);
    const values = typed(imports.use("typing", "Literal"), ...property.values.map(({ value }) => pythonText(value)));
    const doc = docstring([`Values of ${name} of ${view.type}.`], 0);
    const head = `${type}: ${imports.use("typing", "TypeAlias")} = `;
    types.push(`${head}${always(values, 0, head.length)}\n${doc}`);
  }
  return enums;
}
