import * as v from "valibot";
import {
  type ContainerCreate,
  type ContainerReference,
  type DataModelCreate,
  type EdgeConnectionCreate,
  type EdgeWrite,
  type Filter,
  isRecord,
  type JsonValue,
  type MappedProperty,
  type MappedPropertyCreate,
  type NodeReference,
  type NodeWrite,
  type PropertyType,
  type ReverseDirectRelationCreate,
  type SpaceCreate,
  type UsedFor,
  type ViewCreate,
  type ViewReference,
} from "../../models/index.js";
import { mapOf } from "./map-of.js";

const text: v.GenericSchema<unknown, string> = v.string("must be a text");
const flag: v.GenericSchema<unknown, boolean> = v.boolean("must be true or false");
const labels = { name: v.exactOptional(text), description: v.exactOptional(text) };
const versioned = { space: text, externalId: text, version: text };

const node: v.GenericSchema<unknown, NodeReference> = v.looseObject({ space: text, externalId: text });
const containerReference: v.GenericSchema<unknown, ContainerReference> = v.looseObject({
  type: v.literal("container", 'must be "container"'),
  space: text,
  externalId: text,
});
const viewReference: v.GenericSchema<unknown, ViewReference> = v.looseObject({
  type: v.literal("view", 'must be "view"'),
  ...versioned,
});
const sourceReference = v.variant("type", [
  v.looseObject({ type: v.literal("view"), ...versioned }),
  v.looseObject({ type: v.literal("container"), space: text, externalId: text }),
]);

const hasType = (value: unknown): boolean => isRecord(value) && typeof value["type"] === "string";

/** Types are checked no further: kinds that are not known are told later and leave out one property. */
const propertyType: v.GenericSchema<unknown, PropertyType> = v.custom<PropertyType>(
  hasType,
  "must be an object with a text `type`",
);
const filter: v.GenericSchema<unknown, Filter> = v.custom<Filter>(isRecord, "must be a filter");
const usedFor: v.GenericSchema<unknown, UsedFor> = v.picklist(
  ["node", "edge", "all", "record"],
  'must be "node", "edge", "all" or "record"',
);

const stored = {
  nullable: v.exactOptional(flag),
  immutable: v.exactOptional(flag),
  autoIncrement: v.exactOptional(flag),
  defaultValue: v.exactOptional(v.custom<JsonValue>(() => true)),
};

const containerProperty = v.looseObject({ type: propertyType, ...stored, ...labels });

/** A container in either form. */
const container: v.GenericSchema<unknown, ContainerCreate> = v.looseObject({
  space: text,
  externalId: text,
  usedFor: v.exactOptional(usedFor),
  ...labels,
  properties: mapOf(containerProperty),
});

const mappedCreate: v.GenericSchema<unknown, MappedPropertyCreate> = v.looseObject({
  container: containerReference,
  containerPropertyIdentifier: text,
  source: v.exactOptional(viewReference),
  ...labels,
});
const mappedRead: v.GenericSchema<unknown, MappedProperty> = v.looseObject({
  container: containerReference,
  containerPropertyIdentifier: text,
  type: propertyType,
  ...stored,
  nullable: v.optional(flag, true),
  ...labels,
});
const reverse: v.GenericSchema<unknown, ReverseDirectRelationCreate> = v.looseObject({
  connectionType: v.picklist(
    ["single_reverse_direct_relation", "multi_reverse_direct_relation"],
    "must be a kind of reverse direct relation",
  ),
  source: viewReference,
  through: v.looseObject({ source: sourceReference, identifier: text }),
  targetsList: v.exactOptional(flag),
  ...labels,
});
const edge: v.GenericSchema<unknown, EdgeConnectionCreate> = v.looseObject({
  connectionType: v.exactOptional(v.picklist(["single_edge_connection", "multi_edge_connection"])),
  type: node,
  source: viewReference,
  direction: v.exactOptional(v.picklist(["outwards", "inwards"], 'must be "outwards" or "inwards"')),
  edgeSource: v.exactOptional(viewReference),
  ...labels,
});

/** A kind of property that this version does not know, kept to be told about. */
export interface UnknownViewProperty {
  readonly connectionType: string;
}

const unknownProperty: v.GenericSchema<unknown, UnknownViewProperty> = v.looseObject({ connectionType: text });

export type DocumentViewProperty =
  | MappedPropertyCreate
  | MappedProperty
  | ReverseDirectRelationCreate
  | EdgeConnectionCreate
  | UnknownViewProperty;

/** Chooses by what tells the kinds apart (contract 6.1), so that a message speaks of the kind that was meant. */
const viewProperty: v.GenericSchema<unknown, DocumentViewProperty> = v.lazy((input) => {
  if (!isRecord(input)) return v.custom<never>(() => false, "must be an object");
  if ("container" in input) return "type" in input ? mappedRead : mappedCreate;
  if ("through" in input) return reverse;
  const kind = input["connectionType"];
  return kind === undefined || (typeof kind === "string" && /_edge_connection$/.test(kind)) ? edge : unknownProperty;
});

/** A view in either form, with properties of kinds that are not known. */
export interface PartsView extends Omit<ViewCreate, "properties"> {
  readonly properties?: Readonly<Record<string, DocumentViewProperty>>;
  readonly writable?: boolean;
  readonly usedFor?: UsedFor;
}

const view: v.GenericSchema<unknown, PartsView> = v.looseObject({
  ...versioned,
  ...labels,
  filter: v.exactOptional(filter),
  implements: v.exactOptional(v.array(viewReference, "must be a list of references to views")),
  properties: v.exactOptional(mapOf(viewProperty)),
  writable: v.exactOptional(flag),
  usedFor: v.exactOptional(usedFor),
});

const reference: v.GenericSchema<unknown, ViewReference> = viewReference;

/** A data model's entry: a reference or a whole view. */
const modelView = v.lazy((input) => (isRecord(input) && input["type"] === "view" ? reference : view));

/** A data model in either form. */
export interface PartsDataModel extends Omit<DataModelCreate, "views"> {
  readonly views?: readonly (ViewReference | PartsView)[];
}

const dataModel: v.GenericSchema<unknown, PartsDataModel> = v.looseObject({
  ...versioned,
  ...labels,
  views: v.exactOptional(v.array(modelView, "must be a list of views")),
});

const space: v.GenericSchema<unknown, SpaceCreate> = v.looseObject({ space: text, ...labels });

const isInstance =
  (type: "node" | "edge") =>
  (value: unknown): boolean =>
    isRecord(value) &&
    (value["instanceType"] ?? type) === type &&
    typeof value["space"] === "string" &&
    typeof value["externalId"] === "string";

const instances = v.looseObject({
  nodes: v.optional(v.array(v.custom<NodeWrite>(isInstance("node"), "must be a node with space and externalId")), []),
  edges: v.optional(v.array(v.custom<EdgeWrite>(isInstance("edge"), "must be an edge with space and externalId")), []),
});

/** What a model file may hold: resources as they are written there, in either form. */
export interface Parts {
  readonly spaces: readonly SpaceCreate[];
  readonly containers: readonly ContainerCreate[];
  readonly views: readonly PartsView[];
  readonly dataModels: readonly PartsDataModel[];
  readonly instances?: { readonly nodes: readonly NodeWrite[]; readonly edges: readonly EdgeWrite[] };
}

/** The parts of a file in create form. */
export const parts: v.GenericSchema<unknown, Parts> = v.looseObject({
  spaces: v.optional(v.array(space, "must be a list of spaces"), []),
  containers: v.optional(v.array(container, "must be a list of containers"), []),
  views: v.optional(v.array(view, "must be a list of views"), []),
  dataModels: v.optional(v.array(dataModel, "must be a list of data models"), []),
  instances: v.exactOptional(instances),
});
