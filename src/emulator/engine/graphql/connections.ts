import { type GraphQLObjectType, GraphQLString } from "graphql";
import {
  type EdgeConnection,
  type EdgeInstance,
  type Filter,
  type Instance,
  isListType,
  isMapped,
  type PropertyType,
  type ReverseDirectRelation,
} from "../../../models/index.js";
import { badRequest } from "../fault.js";
import { resolveView } from "../resolve.js";
import { containerKey, type ProjectState } from "../state.js";
import { allFilters } from "./filters.js";
import type { Page, Reader } from "./reader.js";
import { Timestamp } from "./scalars.js";
import {
  type Fields,
  type InstanceFields,
  isoTime,
  objectType,
  type SchemaTypes,
  type ViewTypes,
} from "./schema-types.js";
import { type ShownView, shownView } from "./shown-view.js";

type Given = Readonly<Record<string, unknown>>;

/** An edge, and the node that it leads to. */
interface EdgeEntry {
  readonly edge: Instance;
  readonly node: Instance | undefined;
  readonly cursor: string;
}

/** The fields of a view that edges and relations of other nodes make; those that lead out of the model have none. */
export function connectionFields(builder: SchemaTypes, view: ShownView): [string, InstanceFields[string]][] {
  return view.connections.flatMap(([id, property]): [string, InstanceFields[string]][] => {
    const types = builder.typesOf(property.source);
    if (!types) return [];
    const { connectionType } = property;
    if (connectionType === "multi_edge_connection" || connectionType === "single_edge_connection") {
      return [[id, edgeField(builder, view, id, property as EdgeConnection, types)]];
    }
    return [[id, reverseField(builder, property as ReverseDirectRelation, types)]];
  });
}

function reverseField(
  builder: SchemaTypes,
  { connectionType, through }: ReverseDirectRelation,
  { view, node, page }: ViewTypes,
): InstanceFields[string] {
  const read = (instance: Instance, given: Given, reader: Reader): Page<Instance> => {
    const { path, isList } = throughPath(builder.state, through);
    return reader.holders(view.reference, path, isList, instance, builder.pageFrom(view, given));
  };
  return connectionType === "single_reverse_direct_relation"
    ? { type: node, resolve: (instance, _args, reader) => read(instance, { first: 1 }, reader).items[0] }
    : { type: page, args: builder.pageArguments(view), resolve: read };
}

function throughPath(
  state: ProjectState,
  { source, identifier }: ReverseDirectRelation["through"],
): { readonly path: readonly string[]; readonly isList: boolean } {
  const type = throughType(state, { source, identifier });
  if (!type) throw badRequest(`Unknown property '${identifier}' of a reverse relation`);
  const name = source.type === "view" ? `${source.externalId}/${source.version}` : source.externalId;
  return { path: [source.space, name, identifier], isList: isListType(type) };
}

function throughType(
  state: ProjectState,
  { source, identifier }: ReverseDirectRelation["through"],
): PropertyType | undefined {
  if (source.type === "view") {
    const property = resolveView(state, source)?.properties.get(identifier);
    return property && isMapped(property) ? property.type : undefined;
  }
  const properties = state.containers.get(containerKey(source))?.properties ?? {};
  return Object.hasOwn(properties, identifier) ? properties[identifier]?.type : undefined;
}

function edgeField(
  builder: SchemaTypes,
  view: ShownView,
  id: string,
  property: EdgeConnection,
  types: ViewTypes,
): InstanceFields[string] {
  const read = (instance: Instance, given: Given, reader: Reader) =>
    readEdges(reader, property, types.view, instance, builder.pageFrom(types.view, given));
  if (property.connectionType === "single_edge_connection") {
    return { type: types.node, resolve: (instance, _args, reader) => read(instance, { first: 1 }, reader).items[0] };
  }
  const { sort: _sort, ...args } = builder.pageArguments(types.view);
  return { type: edgePage(builder, `${view.name}_${id}`, property, types), args, resolve: read };
}

/** Pages with edges that have facts and properties of their own. */
function edgePage(
  builder: SchemaTypes,
  name: string,
  { edgeSource }: EdgeConnection,
  { node }: ViewTypes,
): GraphQLObjectType {
  const own = edgeSource && shownView(builder.state, edgeSource);
  const fact = (read: (edge: EdgeInstance) => unknown) => (entry: unknown) =>
    read((entry as { readonly edge: EdgeInstance }).edge);
  const reference = (read: (edge: EdgeInstance) => unknown): Fields[string] => ({
    type: builder.reference,
    resolve: fact(read),
  });
  const facts: Fields = {
    space: { type: GraphQLString, resolve: fact((edge) => edge.space) },
    externalId: { type: GraphQLString, resolve: fact((edge) => edge.externalId) },
    createdTime: { type: Timestamp, resolve: fact(({ createdTime }) => isoTime(createdTime)) },
    lastUpdatedTime: { type: Timestamp, resolve: fact(({ lastUpdatedTime }) => isoTime(lastUpdatedTime)) },
    type: reference((edge) => edge.type),
    startNode: reference((edge) => edge.startNode),
    endNode: reference((edge) => edge.endNode),
  };
  const values = own?.stored.filter(({ type }) => type.type !== "direct") ?? [];
  if (!own || values.length === 0) return builder.pageType(name, node, facts);
  const properties = objectType(
    `_${name}Properties`,
    Object.fromEntries(
      values.map(({ id, type }): [string, Fields[string]] => [
        id,
        { type: builder.outputOf(type), resolve: (edge) => own.valueOf(edge as Instance, id) },
      ]),
    ),
  );
  return builder.pageType(name, node, { ...facts, properties: { type: properties, resolve: fact((edge) => edge) } });
}

function readEdges(
  reader: Reader,
  { type, direction, edgeSource }: EdgeConnection,
  target: ShownView,
  { space, externalId }: Instance,
  { filter, first, after }: Parameters<Reader["list"]>[2],
): Omit<Page<Instance>, "edges"> & { readonly edges: readonly EdgeEntry[] } {
  const [near, far] = direction === "inwards" ? ["endNode", "startNode"] : ["startNode", "endNode"];
  const wanted: Filter | undefined = allFilters([
    { equals: { property: ["edge", near], value: { space, externalId } } },
    { equals: { property: ["edge", "type"], value: { space: type.space, externalId: type.externalId } } },
    filter && { nested: { scope: ["edge", far], filter } },
  ]);
  const edges = reader.list("edge", [], { first, after, filter: wanted });
  const withValues = edgeSource ? reader.edgesBy(edgeSource, edges.items) : edges.items;
  const ends = withValues.map((edge) => (edge as EdgeInstance)[far === "endNode" ? "endNode" : "startNode"]);
  const nodes = reader.byIds(target.reference, ends);
  const byKey = new Map(nodes.items.map((node) => [`${node.space}/${node.externalId}`, node]));
  const entries = withValues.map((edge, index) => ({
    edge,
    node: byKey.get(`${ends[index]?.space}/${ends[index]?.externalId}`),
    cursor: edges.edges[index]?.cursor ?? "",
  }));
  return { items: entries.flatMap(({ node }) => node ?? []), edges: entries, pageInfo: edges.pageInfo };
}
