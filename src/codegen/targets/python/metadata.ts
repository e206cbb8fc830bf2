import type { PropertyDescriptor, ViewDescriptor } from "../../../ir/index.js";
import { formatVersionedId, type NodeReference } from "../../../models/index.js";
import { always, call, dict, group, type Python } from "./code.js";
import { pythonText } from "./literal.js";
import type { Module } from "./module.js";
import { pythonValue } from "./value.js";

/** What the runtime knows of a view, as a constant. */
export function metadata(name: string, view: ViewDescriptor, { imports }: Module): string {
  const properties = Object.entries(view.properties).map(([property, descriptor]): [string, Python] => [
    property,
    propertyOf(descriptor, (kind) => imports.runtime(kind)),
  ]);
  const named: [string, Python][] = [
    ...(view.filter ? [["filter", pythonValue(view.filter)] as [string, Python]] : []),
    ...(view.nodeType ? [["node_type", pair(view.nodeType)] as [string, Python]] : []),
  ];
  const id = pythonText(formatVersionedId(view));
  const type = call(imports.runtime("View"), [id, pythonText(view.instanceType), dict(properties)], named);
  return `${name} = ${always(type, 0, name.length + 3)}\n`;
}

function propertyOf(property: PropertyDescriptor, kind: (name: string) => string): Python {
  const text = (name: string, value: string | undefined): readonly (readonly [string, Python])[] =>
    value === undefined ? [] : [[name, pythonText(value)]];
  const flag = (name: string, value: true | undefined): readonly (readonly [string, Python])[] =>
    value ? [[name, "True"]] : [];
  const id = text("id", property.id);
  switch (property.type) {
    case "reverse": {
      const { through } = property;
      const args = [pythonText(through.source), pythonText(through.property)];
      return call(kind("Reverse"), args, [
        ...flag("through_list", through.list),
        ...id,
        ...flag("single", property.single),
        ...text("source", property.source),
      ]);
    }
    case "edge":
      return call(
        kind("Edges"),
        [pair(property.edgeType)],
        [
          ...id,
          ...flag("inwards", property.direction === "inwards" ? true : undefined),
          ...flag("single", property.single),
          ...text("source", property.source),
          ...text("edge_source", property.edgeSource),
        ],
      );
    default: {
      const stored = [
        ...id,
        ...flag("list", property.list),
        ...flag("required", property.required),
        ...flag("has_default", property.hasDefault),
        ...flag("immutable", property.immutable),
        ...flag("read_only", property.readOnly),
      ];
      if (property.type === "direct") return call(kind("Direct"), [], [...stored, ...text("source", property.source)]);
      return call(kind("Scalar"), [pythonText(property.type)], [...stored, ...text("unit", property.unit)]);
    }
  }
}

function pair({ space, externalId }: NodeReference): Python {
  return group("(", [pythonText(space), pythonText(externalId)]);
}
