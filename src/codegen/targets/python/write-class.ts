import type { IrDirect, IrEdge, IrReverse, IrScalar, NamedProperty, NamedView } from "../../../ir/index.js";
import { type Enums, field, scalarType, stored } from "./annotations.js";
import { call, type Python, typed, union } from "./code.js";
import { pythonText } from "./literal.js";
import { type Module, printClass } from "./module.js";

/** The class of instances to write: without what the service computes, and what a write cannot reach. */
export function writeClass(view: NamedView, metadata: string, enums: Enums, module: Module): string {
  const base = module.imports.runtime(view.instanceType === "node" ? "NodeWrite" : "EdgeWrite");
  const classVar = module.imports.use("typing", "ClassVar");
  const fields = view.properties.flatMap((named) => {
    const { property } = named;
    if ("readOnly" in property && property.readOnly) return [];
    if (property.kind === "reverse" && property.through.list) return [];
    return [field(named, view, typeOf(named, enums, module), defaultOf(named, module), module)];
  });
  return printClass({
    name: `${view.type}Write`,
    bases: [base],
    doc: [`A ${view.type} to write: what is not given is left alone, None clears.`],
    members: [`    view: ${classVar}[${module.imports.runtime("View")} | None] = ${metadata}\n`, fields.join("")],
  });
}

function typeOf(named: NamedProperty, enums: Enums, module: Module): Python {
  const { property } = named;
  switch (property.kind) {
    case "scalar":
      return stored(property, scalarType(named, property, enums, module));
    case "direct":
      return stored(property, link(property, module));
    case "reverse":
      return property.single ? union(link(property, module), "None") : typed("list", link(property, module));
    case "edge": {
      const edges = module.model.edgesOf(property);
      const edge = edges?.view.writable ? module.neighbours.use(edges, "Write") : module.imports.runtime("EdgeWrite");
      const item = typed(module.imports.runtime("EdgeLink"), targetWrite(property, module), edge);
      return property.single ? union(item, "None") : typed("list", item);
    }
  }
}

/** What names a node, or the node itself where it can be written. */
function link(property: IrDirect | IrReverse, module: Module): Python {
  return typed(module.imports.runtime("Link"), targetWrite(property, module));
}

function targetWrite(property: IrDirect | IrReverse | IrEdge, module: Module): string {
  const target = module.model.targetOf(property);
  return target?.view.writable ? module.neighbours.use(target, "Write") : module.imports.runtime("NodeWrite");
}

/** What stands for a value that is not given; nothing where one must be. */
function defaultOf({ property }: NamedProperty, module: Module): Python | undefined {
  if (property.kind === "scalar" || property.kind === "direct") {
    const known = property.kind === "scalar" ? literalDefault(property) : undefined;
    if (known !== undefined) return known;
    if (property.nullable) return "None";
    return property.hasDefault ? factory(module.imports.runtime("left_to_the_service"), module) : undefined;
  }
  return property.single ? "None" : factory("list", module);
}

function factory(name: string, module: Module): Python {
  return call(module.imports.use("pydantic", "Field"), [], [["default_factory", name]]);
}

/** The default of the service, where Python can say it as a literal of the property's type (E94). */
function literalDefault({ type, list, hasDefault, defaultValue }: IrScalar): string | undefined {
  if (!hasDefault || list || defaultValue === undefined) return undefined;
  switch (typeof defaultValue) {
    case "boolean":
      return type === "boolean" ? (defaultValue ? "True" : "False") : undefined;
    case "string":
      return ["text", "enum", "timeseries", "file", "sequence"].includes(type) ? pythonText(defaultValue) : undefined;
    case "number":
    case "bigint":
      return /^(int|float)/.test(type) ? String(defaultValue) : undefined;
    default:
      return undefined;
  }
}
