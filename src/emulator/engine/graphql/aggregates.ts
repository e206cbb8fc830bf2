import {
  type GraphQLFieldConfig,
  GraphQLFloat,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  type GraphQLResolveInfo,
  GraphQLString,
  type SelectionSetNode,
} from "graphql";
import { type Aggregate, type AggregatedItem, isListType } from "../../../models/index.js";
import type { Page, Reader } from "./reader.js";
import { isNumeric, JSONObject } from "./scalars.js";
import { type Fields, objectType, type SchemaTypes } from "./schema-types.js";
import type { ShownView } from "./shown-view.js";

const NUMBERS = ["avg", "min", "max", "sum"] as const;
type NumberName = (typeof NUMBERS)[number];

type Given = Readonly<Record<string, unknown>>;

/** `aggregateT`: groups of what a view shows, each with what is asked for of its properties. */
export function aggregateFields(builder: SchemaTypes, view: ShownView): GraphQLFieldConfig<unknown, Reader> {
  const { name, reference } = view;
  const { sort: _sort, ...paged } = builder.pageArguments(view);
  const item = objectType(`_Aggregate${name}Group`, {
    group: { type: JSONObject, resolve: (group) => (group as AggregatedItem).group ?? null },
    count: { type: countType(view), resolve: (group) => group },
    ...Object.fromEntries(
      NUMBERS.flatMap((aggregate) => {
        const type = numberType(view, aggregate);
        return type ? [[aggregate, { type, resolve: (group: unknown) => group }]] : [];
      }),
    ),
  });
  return {
    type: builder.pageType(`Aggregate${name}`, item),
    args: {
      ...paged,
      query: { type: GraphQLString },
      fields: { type: new GraphQLList(new GraphQLNonNull(GraphQLString)) },
      groupBy: { type: new GraphQLList(new GraphQLNonNull(GraphQLString)) },
    },
    resolve: (_root, given: Given, reader, info): Page<AggregatedItem> =>
      reader.aggregate(
        reference,
        {
          query: typeof given["query"] === "string" ? given["query"] : undefined,
          fields: given["fields"] as readonly string[] | undefined,
          groupBy: given["groupBy"] as readonly string[] | undefined,
          aggregates: aggregatesIn(info),
        },
        builder.pageFrom(view, given),
      ),
  };
}

function countType(view: ShownView) {
  const names = ["externalId", ...view.stored.filter(({ type }) => !isListType(type)).map(({ id }) => id)];
  return objectType(`_${view.name}Count`, valueFields("count", names, true));
}

function numberType(view: ShownView, aggregate: NumberName) {
  const names = view.stored.filter(({ type }) => isNumeric(type) && !isListType(type)).map(({ id }) => id);
  return names.length === 0
    ? undefined
    : objectType(`_${view.name}${aggregate[0]?.toUpperCase()}${aggregate.slice(1)}`, valueFields(aggregate, names));
}

function valueFields(aggregate: string, names: readonly string[], whole = false): Fields {
  return Object.fromEntries(
    names.map((property): [string, Fields[string]] => [
      property,
      {
        type: whole ? GraphQLInt : GraphQLFloat,
        resolve: (group) => {
          const found = (group as AggregatedItem).aggregates.find(
            (one) => one.aggregate === aggregate && one.property === property,
          );
          return found && "value" in found ? Number(found.value) : null;
        },
      },
    ]),
  );
}

/** The aggregates that a query asks for, wherever in its pages. */
function aggregatesIn({ fieldNodes, fragments }: GraphQLResolveInfo): readonly Aggregate[] {
  const wanted = new Map<string, Aggregate>();
  const visit = (set: SelectionSetNode | undefined, aggregate: NumberName | "count" | undefined): void => {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === "FragmentSpread") {
        visit(fragments[selection.name.value]?.selectionSet, aggregate);
        continue;
      }
      if (selection.kind === "InlineFragment") {
        visit(selection.selectionSet, aggregate);
        continue;
      }
      const name = selection.name.value;
      if (aggregate && !name.startsWith("__")) {
        const property = { property: name };
        wanted.set(`${aggregate} ${name}`, { [aggregate]: property } as Aggregate);
        continue;
      }
      const inner = [...NUMBERS, "count" as const].find((one) => one === name);
      if (selection.selectionSet) visit(selection.selectionSet, inner);
    }
  };
  for (const { selectionSet } of fieldNodes) visit(selectionSet, undefined);
  return [...wanted.values()];
}
