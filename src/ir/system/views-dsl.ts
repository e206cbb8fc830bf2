import type {
  ContainerReference,
  EdgeConnectionCreate,
  Filter,
  ReverseDirectRelationCreate,
  ViewCreate,
  ViewPropertyCreate,
  ViewReference,
} from "../../models/index.js";

/** A property that maps the one of the container with this id, or the same id; `to` names the view of its targets. */
export interface Mapping {
  readonly maps?: string;
  readonly to?: string;
}

/** A property of a view: a mapping, or a connection to other views of the space. */
export type Declared =
  | Mapping
  | ((view: (name: string) => ViewReference) => ReverseDirectRelationCreate | EdgeConnectionCreate);

/** Properties that map those of the same ids. */
export function same(...ids: readonly string[]): Readonly<Record<string, Mapping>> {
  return Object.fromEntries(ids.map((id) => [id, {}]));
}

/** A direct relation whose targets are read through a view. */
export function to(view: string, maps?: string): Mapping {
  return { to: view, ...(maps === undefined ? {} : { maps }) };
}

/** The nodes of a view whose direct relation points here; the relation may be declared by another view. */
export function reverse(view: string, identifier: string, declaredBy: string = view): Declared {
  return (reference) => ({
    connectionType: "multi_reverse_direct_relation",
    source: reference(view),
    through: { source: reference(declaredBy), identifier },
  });
}

/** The one node of a view whose direct relation points here. */
export function singleReverse(view: string, identifier: string): Declared {
  return (reference) => ({
    connectionType: "single_reverse_direct_relation",
    source: reference(view),
    through: { source: reference(view), identifier },
  });
}

/** The nodes of a view at the end of edges of a type, which carry the properties of an edge view. */
export function edges(type: string, view: string, edgeView: string): Declared {
  return (reference) => ({
    connectionType: "multi_edge_connection",
    type: { space: reference(view).space, externalId: type },
    source: reference(view),
    direction: "outwards",
    edgeSource: reference(edgeView),
  });
}

/** What a view has besides its own properties. */
export interface ViewParts {
  readonly implements?: readonly string[];
  /** The container that is mapped when it is not the one named like the view. */
  readonly container?: string;
  readonly filter?: Filter;
}

/** Gives what declares views of one space and version over containers of one space. */
export function viewsOf(
  space: string,
  version: string,
  containerSpace: string = space,
): (externalId: string, properties: Readonly<Record<string, Declared>>, parts?: ViewParts) => ViewCreate {
  const view = (externalId: string): ViewReference => ({ type: "view", space, externalId, version });
  return (externalId, properties, parts = {}) => {
    const container: ContainerReference = {
      type: "container",
      space: containerSpace,
      externalId: parts.container ?? externalId,
    };
    const declared = Object.entries(properties).map(([id, property]): [string, ViewPropertyCreate] => [
      id,
      typeof property === "function" ? property(view) : mapped(id, property, container, view),
    ]);
    return {
      space,
      externalId,
      version,
      ...(parts.filter ? { filter: parts.filter } : {}),
      ...(parts.implements ? { implements: parts.implements.map(view) } : {}),
      properties: Object.fromEntries(declared),
    };
  };
}

function mapped(
  id: string,
  { maps = id, to: target }: Mapping,
  container: ContainerReference,
  view: (name: string) => ViewReference,
): ViewPropertyCreate {
  return { container, containerPropertyIdentifier: maps, ...(target === undefined ? {} : { source: view(target) }) };
}
