import {
  GraphQLBoolean,
  type GraphQLFieldConfigMap,
  GraphQLFloat,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
} from "graphql";
import {
  isListType,
  isMapped,
  type MappedProperty,
  type PropertyType,
  type ViewProperty,
  type ViewReference,
} from "../../../models/index.js";
import { resolveView } from "../resolve.js";
import { containerKey, type ProjectState, type StoredDataModel, type StoredInstance, versionedKey } from "../state.js";
import { DEFAULT_FIRST, type NodePage, type Resolvers } from "./resolvers.js";

type Fields = GraphQLFieldConfigMap<unknown, Resolvers>;

const plain = (name: string): GraphQLScalarType => new GraphQLScalarType({ name, serialize: (value) => value });
const Int64: GraphQLScalarType = /* @__PURE__ */ plain("Int64");
const Timestamp: GraphQLScalarType = /* @__PURE__ */ plain("Timestamp");
const DateScalar: GraphQLScalarType = /* @__PURE__ */ plain("Date");
const JSONObject: GraphQLScalarType = /* @__PURE__ */ plain("JSONObject");

/** Names that GraphQL can take; ids of properties may hold more (contract 3.6). */
const NAME = /^[_a-zA-Z][_a-zA-Z0-9]*$/;

/**
 * The GraphQL schema of a data model (contract 6.8): for each view `T`, `listT(first, after)` and `getTById(instance)`,
 * with the values of its properties and what its direct relations point at. Edges, reverse relations, filters, searches,
 * aggregations and mutations are not in it.
 */
export function graphQLSchema(state: ProjectState, model: StoredDataModel): GraphQLSchema {
  return new SchemaBuilder(state, model).build();
}

class SchemaBuilder {
  readonly #types = new Map<string, { readonly node: GraphQLObjectType; readonly page: GraphQLObjectType }>();
  readonly #pageInfo = objectType("PageInfo", {
    hasNextPage: { type: new GraphQLNonNull(GraphQLBoolean) },
    hasPreviousPage: { type: new GraphQLNonNull(GraphQLBoolean) },
    startCursor: { type: GraphQLString },
    endCursor: { type: GraphQLString },
  });
  readonly #reference = objectType("_DirectRelation", {
    space: { type: GraphQLString },
    externalId: { type: GraphQLString },
  });
  readonly #external = new Map(
    ["TimeSeries", "File", "Sequence"].map((name) => [
      name.toLowerCase(),
      objectType(name, { externalId: { type: GraphQLString, resolve: (id) => id } }),
    ]),
  );
  readonly #instance: GraphQLInputObjectType;

  constructor(
    readonly state: ProjectState,
    readonly model: StoredDataModel,
  ) {
    const taken = model.views.some(({ externalId }) => externalId === "InstanceRef");
    this.#instance = new GraphQLInputObjectType({
      name: taken ? "_InstanceRef" : "InstanceRef",
      fields: {
        space: { type: new GraphQLNonNull(GraphQLString) },
        externalId: { type: new GraphQLNonNull(GraphQLString) },
      },
    });
  }

  build(): GraphQLSchema {
    const views = [...new Map(this.model.views.map((view) => [view.externalId, view])).values()].filter((view) =>
      resolveView(this.state, view),
    );
    for (const view of views) this.#add(view);
    const fields = views.flatMap((view) => this.#queries(view));
    const nothing: Fields = { _empty: { type: GraphQLString } };
    return new GraphQLSchema({
      query: objectType("Query", fields.length > 0 ? Object.fromEntries(fields) : nothing),
    });
  }

  #add(view: ViewReference): void {
    const name = view.externalId;
    const node: GraphQLObjectType = new GraphQLObjectType<StoredInstance, Resolvers>({
      name,
      fields: () => this.#fields(view),
    });
    const edge = objectType(`_${name}Edge`, { node: { type: node }, cursor: { type: GraphQLString } });
    const page = objectType(`_List${name}`, {
      items: { type: new GraphQLNonNull(new GraphQLList(node)) },
      edges: { type: new GraphQLNonNull(new GraphQLList(edge)) },
      pageInfo: { type: new GraphQLNonNull(this.#pageInfo) },
    });
    this.#types.set(versionedKey(view), { node, page });
  }

  #queries(view: ViewReference): [string, Fields[string]][] {
    const type = this.#types.get(versionedKey(view))?.page;
    if (!type) return [];
    const first = { type: GraphQLInt, defaultValue: DEFAULT_FIRST };
    return [
      [
        `list${view.externalId}`,
        {
          type,
          args: { first, after: { type: GraphQLString } },
          resolve: (_root, { first: limit, after }, resolvers): NodePage => resolvers.list(view, limit, after),
        },
      ],
      [
        `get${view.externalId}ById`,
        {
          type,
          args: { instance: { type: new GraphQLNonNull(this.#instance) } },
          resolve: (_root, { instance }, resolvers): NodePage => resolvers.byIds(view, [instance]),
        },
      ],
    ];
  }

  #fields(view: ViewReference): GraphQLFieldConfigMap<StoredInstance, Resolvers> {
    const properties = [...(resolveView(this.state, view)?.properties ?? [])];
    const mapped = properties.filter(
      (entry): entry is [string, MappedProperty & ViewProperty] => NAME.test(entry[0]) && isMapped(entry[1]),
    );
    return {
      space: { type: new GraphQLNonNull(GraphQLString) },
      externalId: { type: new GraphQLNonNull(GraphQLString) },
      createdTime: { type: Timestamp, resolve: ({ createdTime }) => isoTime(createdTime) },
      lastUpdatedTime: { type: Timestamp, resolve: ({ lastUpdatedTime }) => isoTime(lastUpdatedTime) },
      ...Object.fromEntries(mapped.map(([id, property]) => [id, this.#field(property)])),
    };
  }

  #field(property: MappedProperty): GraphQLFieldConfigMap<StoredInstance, Resolvers>[string] {
    const { type } = property;
    const key = containerKey(property.container);
    const read = (instance: StoredInstance): unknown =>
      instance.rows.get(key)?.get(property.containerPropertyIdentifier);
    const target = type.type === "direct" ? type.source : undefined;
    const types = target && this.#types.get(versionedKey(target));
    if (!target || !types) {
      const single = this.#scalar(type);
      return { type: isListType(type) ? new GraphQLList(single) : single, resolve: read };
    }
    if (isListType(type)) {
      return { type: types.page, resolve: (instance, _args, resolvers) => resolvers.targets(target, read(instance)) };
    }
    return {
      type: types.node,
      resolve: (instance, _args, resolvers) => resolvers.targets(target, read(instance)).items[0],
    };
  }

  #scalar({ type }: PropertyType): GraphQLOutputType {
    switch (type) {
      case "boolean":
        return GraphQLBoolean;
      case "int32":
        return GraphQLInt;
      case "int64":
        return Int64;
      case "float32":
      case "float64":
        return GraphQLFloat;
      case "timestamp":
        return Timestamp;
      case "date":
        return DateScalar;
      case "json":
        return JSONObject;
      case "direct":
        return this.#reference;
      default:
        return this.#external.get(type) ?? GraphQLString;
    }
  }
}

function objectType(name: string, fields: Fields): GraphQLObjectType {
  return new GraphQLObjectType<unknown, Resolvers>({ name, fields });
}

function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace("Z", "+00:00");
}
