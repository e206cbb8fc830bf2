import { formatVersionedId, type VersionedIdentity } from "../models/index.js";
import type { PropertyDescriptor, ScalarDescriptor, ViewDescriptor } from "./descriptor.js";
import type { IrDirect, IrEdge, IrModel, IrProperty, IrReverse, IrScalar, IrView } from "./model.js";
import type { InstanceNames, ModelNames } from "./naming/index.js";

/** A property with what it is called in a language. */
export interface NamedProperty {
  readonly name: string;
  readonly property: IrProperty;
}

/** One kind of instances of a view, with its metadata. */
interface DescribedView {
  readonly view: IrView;
  readonly instanceType: "node" | "edge";
  readonly properties: readonly NamedProperty[];
  readonly descriptor: ViewDescriptor;
}

/** One kind of instances of a view, with its names and its metadata. */
export interface NamedView extends DescribedView, InstanceNames {
  /** Of the file, without extension. */
  readonly file: string;
}

/** What a view is called: for nodes and edges both, its edges apart. */
interface Names<Name> {
  readonly own: Name;
  readonly edges?: Name;
  readonly properties: ReadonlyMap<string, string>;
}

/** How values are represented, where there is a choice. */
export interface Representation {
  /** Of int64 values: `number` is exact up to 2^53 and refuses what is beyond, `bigint` is exact for all. @defaultValue "number" */
  readonly int64?: "number" | "bigint";
  /** Of timestamps: `Date`, or the service's ISO text as it stands. @defaultValue "date" */
  readonly timestamps?: "date" | "string";
}

/** The metadata of every view, with its names in a generated SDK. */
export function describeViews(
  model: IrModel,
  { views }: ModelNames,
  representation: Representation = {},
): readonly NamedView[] {
  return describeMembers(model, views, representation).map(({ names, name, ...described }) => ({
    ...described,
    ...name,
    file: names.file,
  }));
}

/**
 * The metadata of every view: what generated constants hold, and what the runtime works with where nothing was
 * generated. A view for nodes and edges comes twice (E43); edges have no connections of their own.
 */
export function describeMembers<Name, Called extends Names<Name>>(
  model: IrModel,
  views: ReadonlyMap<string, Called & Names<Name>>,
  representation: Representation,
): readonly (DescribedView & { readonly names: Called; readonly name: Name })[] {
  return model.views.flatMap((view) => {
    const names = views.get(formatVersionedId(view.id));
    if (!names) return [];
    const kinds = view.usedFor === "all" ? (["node", "edge"] as const) : ([view.usedFor] as const);
    return kinds.map((instanceType) => {
      const name = (instanceType === "edge" ? names.edges : undefined) ?? names.own;
      return { ...describeView(view, names.properties, instanceType, representation), names, name };
    });
  });
}

function describeView(
  view: IrView,
  names: ReadonlyMap<string, string>,
  instanceType: "node" | "edge",
  representation: Representation,
): DescribedView {
  const properties = view.properties
    .filter(({ kind }) => instanceType === "node" || kind === "scalar" || kind === "direct")
    .map((property): NamedProperty => ({ name: names.get(property.id) ?? property.id, property }));
  const descriptor: ViewDescriptor = {
    ...view.id,
    instanceType,
    ...(view.filter ? { filter: view.filter } : {}),
    ...(view.nodeType && instanceType === "node" ? { nodeType: view.nodeType } : {}),
    ...(view.resource && instanceType === "node" ? { resource: view.resource } : {}),
    ...(view.writable ? {} : { writable: false }),
    properties: Object.fromEntries(
      properties.map(({ name, property }) => [name, propertyDescriptor(name, property, representation)]),
    ),
  };
  return { view, instanceType, properties, descriptor };
}

function propertyDescriptor(name: string, property: IrProperty, representation: Representation): PropertyDescriptor {
  const id = property.id === name ? {} : { id: property.id };
  switch (property.kind) {
    case "scalar":
      return scalar(property, id, representation);
    case "direct":
      return { type: "direct", ...id, ...stored(property), ...source(property.target) };
    case "reverse":
      return reverse(property, id);
    case "edge":
      return edge(property, id);
  }
}

type Renamed = { readonly id?: string };

function source(target: VersionedIdentity | undefined): { readonly source?: string } {
  return target ? { source: formatVersionedId(target) } : {};
}

type Stored = Pick<ScalarDescriptor, "list" | "required" | "hasDefault" | "immutable" | "readOnly">;

function stored(property: IrScalar | IrDirect): Stored {
  return {
    ...(property.list ? { list: true } : {}),
    ...(property.nullable ? {} : { required: true }),
    ...(!property.nullable && property.hasDefault ? { hasDefault: true } : {}),
    ...(property.immutable ? { immutable: true } : {}),
    ...(property.readOnly ? { readOnly: true } : {}),
  };
}

function scalar(property: IrScalar, id: Renamed, { int64, timestamps }: Representation): PropertyDescriptor {
  return {
    type: property.type,
    ...id,
    ...stored(property),
    ...(property.type === "int64" && int64 === "bigint" ? { bigint: true } : {}),
    ...(property.type === "timestamp" && timestamps === "string" ? { iso: true } : {}),
    ...(property.unit === undefined ? {} : { unit: property.unit }),
    ...(property.values ? { values: property.values.map(({ value }) => value) } : {}),
  };
}

function reverse(property: IrReverse, id: Renamed): PropertyDescriptor {
  const { source: from, property: through, list } = property.through;
  const at =
    from.version === undefined
      ? `${from.space}/${from.externalId}`
      : formatVersionedId({ ...from, version: from.version });
  return {
    type: "reverse",
    ...id,
    ...(property.single ? { single: true } : {}),
    ...source(property.target),
    through: { source: at, property: through, ...(list ? { list: true } : {}) },
  };
}

function edge(property: IrEdge, id: Renamed): PropertyDescriptor {
  return {
    type: "edge",
    ...id,
    ...(property.single ? { single: true } : {}),
    edgeType: property.edgeType,
    ...(property.direction === "inwards" ? { direction: "inwards" } : {}),
    ...source(property.target),
    ...(property.edgeView ? { edgeSource: formatVersionedId(property.edgeView) } : {}),
  };
}
