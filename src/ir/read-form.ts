import {
  type Container,
  type ContainerCreate,
  type ContainerPropertyCreate,
  type ContainerReference,
  type EdgeConnection,
  type EdgeConnectionCreate,
  isListType,
  isMapped,
  isReverse,
  type MappedProperty,
  type MappedPropertyCreate,
  type PropertyType,
  type ReverseDirectRelation,
  type ReverseDirectRelationCreate,
  type UsedFor,
  type ViewCreate,
  type ViewProperty,
  type ViewReference,
} from "../models/index.js";
import { inheritedProperties, type SchemaLookup } from "./inherit.js";

/** What the service derives from a view's definition and the schema around it (contract 6.2). */
export interface ViewReadForm {
  /** By id, inherited ones first. Properties whose container or container property is gone are left out. */
  readonly properties: ReadonlyMap<string, ViewProperty>;
  /** Each mapped container once, those of inherited properties first. */
  readonly mappedContainers: readonly ContainerReference[];
  /** The view maps every required property of every container it maps, and maps at least one. */
  readonly writable: boolean;
  /** The view has a filter or maps at least one property. */
  readonly queryable: boolean;
  readonly usedFor: UsedFor;
}

/** Derives the read form of a view from its create form: the shape that `POST /models/views/byids` answers with. */
export function viewReadForm(view: ViewCreate, lookup: SchemaLookup): ViewReadForm {
  const properties = new Map<string, ViewProperty>();
  const containers = new Map<string, { reference: ContainerReference; mapped: Set<string> }>();
  for (const [id, { property }] of inheritedProperties(view, lookup)) {
    const read = propertyReadForm(property, lookup);
    if (!read) continue;
    properties.set(id, read);
    if (isMapped(read)) {
      const key = `${read.container.space}/${read.container.externalId}`;
      const entry = containers.get(key) ?? { reference: read.container, mapped: new Set<string>() };
      entry.mapped.add(read.containerPropertyIdentifier);
      containers.set(key, entry);
    }
  }
  const mappedContainers = [...containers.values()].map(({ reference }) => reference);
  return {
    properties,
    mappedContainers,
    writable: containers.size > 0 && [...containers.values()].every((entry) => mapsEveryRequired(entry, lookup)),
    queryable: view.filter !== undefined || containers.size > 0,
    usedFor: commonUse(mappedContainers.map((reference) => lookup.container(reference)?.usedFor ?? "node")),
  };
}

/** Whether every property that a container requires is among the mapped ones. */
export function mapsEveryRequired(
  { reference, mapped }: { readonly reference: ContainerReference; readonly mapped: ReadonlySet<string> },
  lookup: Pick<SchemaLookup, "container">,
): boolean {
  const container = lookup.container(reference);
  return Object.entries(container?.properties ?? {}).every(
    ([id, property]) => property.nullable !== false || mapped.has(id),
  );
}

/** The instances that may have data in every one of the containers: `all` for none (contract 6.2). */
export function commonUse(uses: readonly UsedFor[]): UsedFor {
  const narrow = new Set(uses.filter((use) => use !== "all"));
  if (narrow.size === 0) return "all";
  if (narrow.has("record")) return "record";
  return narrow.has("node") ? "node" : "edge";
}

function propertyReadForm(
  property: MappedPropertyCreate | EdgeConnectionCreate | ReverseDirectRelationCreate,
  lookup: SchemaLookup,
): ViewProperty | undefined {
  if (isMapped(property)) return mappedReadForm(property, lookup);
  if (isReverse(property)) return reverseReadForm(property, lookup);
  return edgeReadForm(property);
}

/** A mapped property with the facts of the container's; `undefined` when the container or its property is not there. */
export function mappedReadForm(
  property: MappedPropertyCreate,
  lookup: Pick<SchemaLookup, "container">,
): MappedProperty | undefined {
  const source = ownProperty(lookup.container(property.container), property.containerPropertyIdentifier);
  if (!source) return undefined;
  return {
    container: property.container,
    containerPropertyIdentifier: property.containerPropertyIdentifier,
    ...labels(property),
    type: viewPropertyType(source.type, property.source),
    nullable: source.nullable ?? true,
    immutable: source.immutable ?? false,
    autoIncrement: source.autoIncrement ?? false,
    ...(source.defaultValue === undefined ? {} : { defaultValue: source.defaultValue }),
    constraintState:
      "constraintState" in source ? ((source.constraintState as MappedProperty["constraintState"]) ?? {}) : {},
  };
}

function ownProperty(
  container: Container | ContainerCreate | undefined,
  id: string,
): ContainerPropertyCreate | undefined {
  return container && Object.hasOwn(container.properties, id) ? container.properties[id] : undefined;
}

function viewPropertyType(type: PropertyType, source: ViewReference | undefined): PropertyType {
  if (type.type === "enum") return type;
  const listed = { ...type, list: isListType(type) };
  return listed.type === "direct" && source ? { ...listed, source } : listed;
}

function reverseReadForm(property: ReverseDirectRelationCreate, lookup: SchemaLookup): ReverseDirectRelation {
  const type = throughType(property.through, lookup);
  return {
    connectionType: property.connectionType,
    source: property.source,
    through: property.through,
    ...labels(property),
    targetsList: type !== undefined && isListType(type),
  };
}

/** The type of the direct relation that a reverse one goes through, whether named on a view or on a container. */
export function throughType(
  through: ReverseDirectRelationCreate["through"],
  lookup: SchemaLookup,
): PropertyType | undefined {
  if (through.source.type === "container") {
    return ownProperty(lookup.container(through.source), through.identifier)?.type;
  }
  const view = lookup.view(through.source);
  const forward = view && inheritedProperties(view, lookup).get(through.identifier)?.property;
  if (!forward || !isMapped(forward)) return undefined;
  return ownProperty(lookup.container(forward.container), forward.containerPropertyIdentifier)?.type;
}

function edgeReadForm(property: EdgeConnectionCreate): EdgeConnection {
  return {
    connectionType: property.connectionType ?? "multi_edge_connection",
    type: property.type,
    source: property.source,
    direction: property.direction ?? "outwards",
    ...(property.edgeSource ? { edgeSource: property.edgeSource } : {}),
    ...labels(property),
  };
}

function labels(property: { readonly name?: string; readonly description?: string }): {
  readonly name?: string;
  readonly description?: string;
} {
  return {
    ...(property.name === undefined ? {} : { name: property.name }),
    ...(property.description === undefined ? {} : { description: property.description }),
  };
}
