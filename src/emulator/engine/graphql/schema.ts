import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLSchema,
  GraphQLString,
} from "graphql";
import { type Instance, isListType, type NodeReference, type ViewReference } from "../../../models/index.js";
import { referencesIn } from "../instances/references.js";
import { type ProjectState, type StoredDataModel, versionedKey } from "../state.js";
import { aggregateFields } from "./aggregates.js";
import { connectionFields } from "./connections.js";
import { FilterInputs, filterFrom, sortFrom } from "./filters.js";
import { DEFAULT_FIRST, type Page, type PageArguments, type Reader } from "./reader.js";
import { scalarOf, Timestamp } from "./scalars.js";
import {
  type Fields,
  type InstanceFields,
  isoTime,
  objectType,
  type PageInputs,
  type SchemaTypes,
  type ViewTypes,
} from "./schema-types.js";
import { type ShownProperty, type ShownView, shownView } from "./shown-view.js";

type Given = Readonly<Record<string, unknown>>;

/**
 * The GraphQL schema of a data model (contract 6.8): for each view `T`, `listT`, `getTById`, `searchT` and `aggregateT`, with
 * the values of its properties and, to any depth, what its relations lead to. Writing by mutations is not in it.
 */
export function graphQLSchema(state: ProjectState, model: StoredDataModel): GraphQLSchema {
  return new SchemaBuilder(state, model).build();
}

/** Makes the types of a schema, each once. */
class SchemaBuilder implements SchemaTypes {
  readonly #types = new Map<string, ViewTypes>();
  readonly #sorts = new Map<ShownView, ReturnType<FilterInputs["sortOf"]>>();
  readonly pageInfo: GraphQLObjectType = objectType("PageInfo", {
    hasNextPage: { type: new GraphQLNonNull(GraphQLBoolean) },
    hasPreviousPage: { type: new GraphQLNonNull(GraphQLBoolean) },
    startCursor: { type: GraphQLString },
    endCursor: { type: GraphQLString },
  });
  readonly reference: GraphQLObjectType = objectType("_DirectRelation", {
    space: { type: GraphQLString },
    externalId: { type: GraphQLString },
  });
  readonly inputs: FilterInputs;
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
    const direction = new GraphQLEnumType({
      name: "_SortDirection",
      values: { ASC: { value: "ASC" }, DESC: { value: "DESC" } },
    });
    this.inputs = new FilterInputs(direction, (reference) => this.typesOf(reference)?.view);
  }

  build(): GraphQLSchema {
    const references = new Map(this.model.views.map((view) => [view.externalId, view]));
    for (const reference of references.values()) {
      const view = shownView(this.state, reference);
      if (view) this.#add(view);
    }
    const fields = [...this.#types.values()].flatMap((types) => this.#queries(types));
    const nothing: Fields = { _empty: { type: GraphQLString } };
    return new GraphQLSchema({
      query: objectType("Query", fields.length > 0 ? Object.fromEntries(fields) : nothing),
    });
  }

  typesOf(reference: ViewReference): ViewTypes | undefined {
    return this.#types.get(versionedKey(reference));
  }

  pageType(name: string, node: GraphQLObjectType, more: Fields = {}): GraphQLObjectType {
    const edge = objectType(`_${name}Edge`, { node: { type: node }, cursor: { type: GraphQLString }, ...more });
    return objectType(`_List${name}`, {
      items: { type: new GraphQLNonNull(new GraphQLList(node)) },
      edges: { type: new GraphQLNonNull(new GraphQLList(edge)) },
      pageInfo: { type: new GraphQLNonNull(this.pageInfo) },
    });
  }

  pageArguments(view: ShownView): PageInputs {
    return {
      first: { type: GraphQLInt, defaultValue: DEFAULT_FIRST },
      after: { type: GraphQLString },
      filter: { type: this.inputs.filterOf(view) },
      sort: { type: this.#sortOf(view) },
    };
  }

  pageFrom(view: ShownView, { first, after, filter, sort }: Given): PageArguments {
    return {
      first: typeof first === "number" ? first : DEFAULT_FIRST,
      after: typeof after === "string" ? after : undefined,
      filter: filterFrom(filter, view, (reference) => this.typesOf(reference)?.view),
      sort: sortFrom(sort, view),
    };
  }

  outputOf(type: ShownProperty["type"]): GraphQLOutputType {
    const single =
      type.type === "direct" ? this.reference : (scalarOf(type) ?? this.#external.get(type.type) ?? GraphQLString);
    return isListType(type) ? new GraphQLList(single) : single;
  }

  #sortOf(view: ShownView): ReturnType<FilterInputs["sortOf"]> {
    const known = this.#sorts.get(view) ?? this.inputs.sortOf(view);
    this.#sorts.set(view, known);
    return known;
  }

  #add(view: ShownView): void {
    const node: GraphQLObjectType = new GraphQLObjectType<Instance, Reader>({
      name: view.name,
      fields: () => this.#fields(view),
    });
    this.#types.set(versionedKey(view.reference), { view, node, page: this.pageType(view.name, node) });
  }

  #queries(types: ViewTypes): [string, Fields[string]][] {
    const { view, page } = types;
    const { name, reference } = view;
    const paged = this.pageArguments(view);
    const { after: _after, ...found } = paged;
    return [
      [
        `list${name}`,
        {
          type: page,
          args: paged,
          resolve: (_root, given: Given, reader): Page<Instance> =>
            reader.list("node", [{ source: reference }], this.pageFrom(view, given)),
        },
      ],
      [
        `get${name}ById`,
        {
          type: page,
          args: { instance: { type: new GraphQLNonNull(this.#instance) } },
          resolve: (_root, { instance }: { readonly instance: NodeReference }, reader): Page<Instance> =>
            reader.byIds(reference, [instance]),
        },
      ],
      [
        `search${name}`,
        {
          type: page,
          args: {
            ...found,
            query: { type: new GraphQLNonNull(GraphQLString) },
            fields: { type: new GraphQLList(new GraphQLNonNull(GraphQLString)) },
          },
          resolve: (_root, given: Given, reader): Page<Instance> =>
            reader.search(
              reference,
              String(given["query"]),
              given["fields"] as readonly string[] | undefined,
              this.pageFrom(view, given),
            ),
        },
      ],
      [`aggregate${name}`, aggregateFields(this, view)],
    ];
  }

  #fields(view: ShownView): InstanceFields {
    return {
      space: { type: new GraphQLNonNull(GraphQLString) },
      externalId: { type: new GraphQLNonNull(GraphQLString) },
      createdTime: { type: Timestamp, resolve: ({ createdTime }) => isoTime(createdTime) },
      lastUpdatedTime: { type: Timestamp, resolve: ({ lastUpdatedTime }) => isoTime(lastUpdatedTime) },
      ...Object.fromEntries(view.stored.map((property) => [property.id, this.#field(view, property)])),
      ...Object.fromEntries(connectionFields(this, view)),
    };
  }

  #field(view: ShownView, { id, type, target }: ShownProperty): InstanceFields[string] {
    const read = (instance: Instance) => view.valueOf(instance, id);
    const types = target && this.typesOf(target);
    if (!types) {
      return { type: this.outputOf(type), resolve: read };
    }
    const targets = types.view;
    if (!isListType(type)) {
      return {
        type: types.node,
        resolve: (instance, _args, reader) => reader.byIds(targets.reference, referencesIn(read(instance))).items[0],
      };
    }
    return {
      type: types.page,
      args: this.pageArguments(targets),
      resolve: (instance, given: Given, reader) => {
        const ids = referencesIn(read(instance));
        // As they are in the list, unless something else is asked for.
        if (Object.keys(given).length === 1 && ids.length <= DEFAULT_FIRST && given["first"] === DEFAULT_FIRST) {
          return reader.byIds(targets.reference, ids);
        }
        const page = this.pageFrom(targets, given);
        const filter = { and: [{ instanceReferences: ids }, ...(page.filter ? [page.filter] : [])] };
        return reader.list("node", [{ source: targets.reference }], { ...page, filter });
      },
    };
  }
}
