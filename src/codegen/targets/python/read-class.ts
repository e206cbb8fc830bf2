import type { NamedProperty, NamedView } from "../../../ir/index.js";
import { aboutView } from "../../text/index.js";
import { type Enums, field, scalarType, stored, targetClass } from "./annotations.js";
import { type Python, typed, union } from "./code.js";
import { idOf, type Module, printClass } from "./module.js";

/** The class of instances as they are read. */
export function readClass(view: NamedView, metadata: string, enums: Enums, module: Module): string {
  const base = module.imports.runtime(view.instanceType === "node" ? "Node" : "Edge");
  const classVar = module.imports.use("typing", "ClassVar");
  const fields = view.properties.map((named) => field(named, view, typeOf(named, enums, module), undefined, module));
  const about = aboutView(view);
  return printClass({
    name: view.type,
    bases: [base],
    doc: [...(about.some((text) => text !== "") ? about : [`An instance of view ${idOf(view)}.`])],
    members: [
      `    view: ${classVar}[${module.imports.runtime("View")}] = ${metadata}\n`,
      fields.join(""),
      view.view.writable ? asWrite(view.type) : "",
    ],
  });
}

function asWrite(type: string): string {
  return `    def as_write(self) -> ${type}Write:
        """The same to be written, as long as nobody else has written it since.

        Connections by edges and reverse relations are not in it: they lie elsewhere.
        """
        return self._as_write(${type}Write)
`;
}

function typeOf(named: NamedProperty, enums: Enums, module: Module): Python {
  const { property } = named;
  const related = (type: Python): Python => typed(module.imports.runtime("Related"), type);
  switch (property.kind) {
    case "scalar": {
      const value = scalarType(named, property, enums, module);
      return property.type === "enum" && enums.has(named.name)
        ? stored(property, value, "str")
        : stored(property, value);
    }
    case "direct":
      return related(stored(property, targetClass(property, module)));
    case "reverse": {
      const target = targetClass(property, module);
      return related(property.single ? union(target, "None") : typed("list", target));
    }
    case "edge": {
      const target = targetClass(property, module);
      const edges = module.model.edgesOf(property);
      const item = edges ? typed(module.imports.runtime("EdgePair"), target, module.neighbours.use(edges, "")) : target;
      return related(property.single ? union(item, "None") : typed("list", item));
    }
  }
}
