import type { IrDirect, IrScalar, NamedProperty, NamedView } from "../../../ir/index.js";
import { always, type Python, print, typed } from "./code.js";
import { docstring } from "./docstring.js";
import { pythonText } from "./literal.js";
import { type Module, printClass } from "./module.js";
import { pythonTypes } from "./types.js";

/** Names that every instance can be sorted by and that no property has. */
const sortable = ["external_id", "space", "created_time", "last_updated_time"];

/** The conditions on the instances of a view. */
export function whereType(view: NamedView, module: Module): string {
  const base = module.imports.runtime(view.instanceType === "node" ? "NodeInstanceWhere" : "EdgeInstanceWhere");
  const sequence = module.imports.use("collections.abc", "Sequence");
  const conditions = view.properties.flatMap(({ name, property }) =>
    property.kind === "scalar" || property.kind === "direct" ? [member(name, condition(property, module))] : [],
  );
  const combined = ["all_of", "any_of", "none_of"].map((name) => member(name, typed(sequence, `${view.type}Where`)));
  return printClass({
    name: `${view.type}Where`,
    bases: [base, "total=False"],
    doc: [`Conditions on instances of ${view.type}, which must all hold.`],
    members: [[...conditions, ...combined].join("")],
  });
}

/** What can be read of the instances of a view. */
export function selectType(view: NamedView, module: Module): string {
  const base = module.imports.use("typing", "TypedDict");
  const members = view.properties.map((named) => member(named.name, selection(named, module)));
  return printClass({
    name: `${view.type}Select`,
    bases: [base, "total=False"],
    doc: [`What to read of instances of ${view.type}.`],
    members: [members.join("")],
  });
}

/** The names that instances can be sorted and grouped by. */
export function fieldType(view: NamedView, module: Module): string {
  const names = view.properties.flatMap(({ name, property }) =>
    (property.kind === "scalar" && property.type !== "json") || property.kind === "direct" ? [name] : [],
  );
  const alias = module.imports.use("typing", "TypeAlias");
  const literal = module.imports.use("typing", "Literal");
  const values = typed(literal, ...[...names, ...sortable].map(pythonText));
  const doc = docstring([`Names of what ${view.type} is sorted, grouped and computed by.`], 0);
  const head = `${view.type}Field: ${alias} = `;
  return `${head}${always(values, 0, head.length)}\n${doc}`;
}

function member(name: string, type: Python): string {
  return `    ${name}: ${print(type, 4, name.length + 2)}\n`;
}

const scalarConditions: Readonly<Record<IrScalar["type"], string>> = {
  text: "TextWhere",
  boolean: "BooleanWhere",
  int32: "NumberWhere",
  int64: "NumberWhere",
  float32: "NumberWhere",
  float64: "NumberWhere",
  timestamp: "TimestampWhere",
  date: "DateWhere",
  json: "JsonWhere",
  timeseries: "ReferenceWhere",
  file: "ReferenceWhere",
  sequence: "ReferenceWhere",
  enum: "EnumWhere",
};

function condition(property: IrScalar | IrDirect, module: Module): Python {
  if (property.list) {
    const { name, from } =
      property.kind === "direct" ? { name: "InstanceRef", from: "_runtime" } : pythonTypes[property.type];
    return typed(module.imports.runtime("ListWhere"), from === undefined ? name : module.imports.runtime(name));
  }
  if (property.kind === "scalar") return module.imports.runtime(scalarConditions[property.type]);
  const target = module.model.targetOf(property);
  return target
    ? typed(module.imports.runtime("RelationWhere"), module.neighbours.use(target, "Where"))
    : module.imports.runtime("NodeWhere");
}

function selection({ property }: NamedProperty, module: Module): Python {
  const { imports, neighbours, model } = module;
  if (property.kind === "scalar") return "bool";
  const target = model.targetOf(property);
  const edges = property.kind === "edge" ? model.edgesOf(property) : undefined;
  const single = property.kind === "direct" ? !property.list : property.single;
  const ofTarget = !target
    ? []
    : single && !edges
      ? [neighbours.use(target, "Select")]
      : [neighbours.use(target, "Select"), neighbours.use(target, "Where"), neighbours.use(target, "Field")];
  if (edges) {
    const ofEdges = [neighbours.use(edges, "Select"), neighbours.use(edges, "Where")];
    const name = target ? "PairsSelect" : "UntypedPairsSelect";
    return typed(imports.runtime(name), ...ofTarget, ...ofEdges);
  }
  if (!target) return "bool";
  return typed(imports.runtime(single ? "OneSelect" : "ManySelect"), ...ofTarget);
}
