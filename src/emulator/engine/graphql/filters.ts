import {
  GraphQLBoolean,
  type GraphQLEnumType,
  GraphQLInputObjectType,
  type GraphQLInputType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLString,
} from "graphql";
import { type Filter, isListType, type JsonValue, type SortKey, type ViewReference } from "../../../models/index.js";
import { badRequest } from "../fault.js";
import { scalarOf, Timestamp } from "./scalars.js";
import type { ShownProperty, ShownView } from "./shown-view.js";

/** An input as the library gives it: objects without the fields that were left out. */
type Input = Readonly<Record<string, unknown>>;

/** Operators with a value each. */
const RANGES = ["gt", "gte", "lt", "lte"] as const;

/** What every instance has, and filters name by itself. */
const FACTS = ["space", "externalId", "createdTime", "lastUpdatedTime"] as const;

/** The inputs for filters and orders of the views of a data model. */
export class FilterInputs {
  readonly #filters = new Map<string, GraphQLInputObjectType>();
  readonly #operators = new Map<string, GraphQLInputObjectType>();

  constructor(
    readonly direction: GraphQLEnumType,
    readonly viewOf: (reference: ViewReference) => ShownView | undefined,
  ) {}

  /** Filters of a view: its properties by name, those of nodes that its relations point at within them. */
  filterOf(view: ShownView): GraphQLInputObjectType {
    const known = this.#filters.get(view.name);
    if (known) return known;
    const made: GraphQLInputObjectType = new GraphQLInputObjectType({
      name: `_List${view.name}Filter`,
      fields: () => ({
        and: { type: new GraphQLList(new GraphQLNonNull(made)) },
        or: { type: new GraphQLList(new GraphQLNonNull(made)) },
        not: { type: made },
        space: { type: this.#operatorsOf("_Id", GraphQLString, false) },
        externalId: { type: this.#operatorsOf("_Id", GraphQLString, false) },
        createdTime: { type: this.#operatorsOf("_Time", Timestamp, false) },
        lastUpdatedTime: { type: this.#operatorsOf("_Time", Timestamp, false) },
        ...Object.fromEntries(
          view.stored.flatMap((property) => {
            const type = this.#inputOf(property);
            return type ? [[property.id, { type }]] : [];
          }),
        ),
      }),
    });
    this.#filters.set(view.name, made);
    return made;
  }

  /** Orders of a view: one property each. */
  sortOf(view: ShownView): GraphQLInputType {
    const names = [...FACTS, ...view.stored.filter(isSortable).map(({ id }) => id)];
    const fields = Object.fromEntries(names.map((name) => [name, { type: this.direction }]));
    return new GraphQLList(new GraphQLNonNull(new GraphQLInputObjectType({ name: `_${view.name}Sort`, fields })));
  }

  #inputOf({ type, target }: ShownProperty): GraphQLInputType | undefined {
    if (type.type === "json") return undefined;
    if (type.type !== "direct") {
      const scalar = scalarOf(type);
      const text = scalar === undefined || scalar === GraphQLString;
      return this.#operatorsOf(text ? "_Text" : `_${scalar.name}`, scalar ?? GraphQLString, isListType(type));
    }
    const view = target && this.viewOf(target);
    return view && !isListType(type) ? this.filterOf(view) : undefined;
  }

  #operatorsOf(prefix: string, value: GraphQLInputType, isList: boolean): GraphQLInputObjectType {
    const name = `${prefix}${isList ? "List" : ""}Condition`;
    const known = this.#operators.get(name);
    if (known) return known;
    const one = { type: value };
    const many = { type: new GraphQLList(new GraphQLNonNull(value as GraphQLNonNullable)) };
    const fields = isList
      ? { containsAny: many, containsAll: many, isNull: { type: GraphQLBoolean } }
      : {
          ...{ eq: one, in: many, isNull: { type: GraphQLBoolean } },
          ...(value === GraphQLBoolean ? {} : Object.fromEntries(RANGES.map((range) => [range, one]))),
          ...(value === GraphQLString ? { prefix: one } : {}),
        };
    const made = new GraphQLInputObjectType({ name, fields });
    this.#operators.set(name, made);
    return made;
  }
}

type GraphQLNonNullable = ConstructorParameters<typeof GraphQLNonNull>[0] & GraphQLInputType;

function isSortable({ type }: ShownProperty): boolean {
  return !isListType(type) && type.type !== "json";
}

/** The filter of the service that an input means; nothing for an input that says nothing. */
export function filterFrom(
  input: unknown,
  view: ShownView,
  viewOf: (reference: ViewReference) => ShownView | undefined,
): Filter | undefined {
  const parts = Object.entries((input ?? {}) as Input).flatMap(([name, value]): Filter[] => {
    if (value === null || value === undefined) return [];
    const within = (inner: unknown): Filter => filterFrom(inner, view, viewOf) ?? { matchAll: {} };
    if (name === "and" || name === "or") {
      const filters = (value as readonly unknown[]).map(within);
      return [name === "and" ? { and: filters } : { or: filters }];
    }
    if (name === "not") return [{ not: within(value) }];
    const property = view.stored.find(({ id }) => id === name);
    const path = property ? view.pathOf(name) : ["node", name];
    const target = property?.type.type === "direct" && property.target ? viewOf(property.target) : undefined;
    if (!target) return [...conditions(path, value as Input)];
    const inner = filterFrom(value, target, viewOf);
    return inner ? [{ nested: { scope: path, filter: inner } }] : [{ exists: { property: path } }];
  });
  return allFilters(parts);
}

/** A filter that lets through what all of them do; nothing when there is none. */
export function allFilters(filters: readonly (Filter | undefined)[]): Filter | undefined {
  const given = filters.filter((filter) => filter !== undefined);
  return given.length > 1 ? { and: given } : given[0];
}

/** What the operators of one property mean. */
function conditions(property: readonly string[], input: Input): readonly Filter[] {
  const given = Object.entries(input).filter(([, value]) => value !== undefined && value !== null);
  const bounds = Object.fromEntries(given.filter(([name]) => RANGES.some((range) => range === name)));
  const filters = given.flatMap(([name, value]): Filter[] => {
    const json = value as JsonValue;
    switch (name) {
      case "eq":
        return [{ equals: { property, value: json } }];
      case "in":
        return [{ in: { property, values: json as readonly JsonValue[] } }];
      case "prefix":
        return [{ prefix: { property, value: json } }];
      case "containsAny":
        return [{ containsAny: { property, values: json as readonly JsonValue[] } }];
      case "containsAll":
        return [{ containsAll: { property, values: json as readonly JsonValue[] } }];
      case "isNull":
        return [value === true ? { not: { exists: { property } } } : { exists: { property } }];
      default:
        return [];
    }
  });
  return Object.keys(bounds).length > 0 ? [...filters, { range: { property, ...bounds } }] : filters;
}

/** The order of the service that an input means. */
export function sortFrom(input: unknown, view: ShownView): readonly SortKey[] {
  return ((input ?? []) as readonly Input[]).map((key) => {
    const entries = Object.entries(key);
    const [[name, direction] = []] = entries;
    if (entries.length !== 1 || name === undefined || direction === null) {
      throw badRequest("Each key of sort must name one property.");
    }
    const isFact = FACTS.some((fact) => fact === name);
    return {
      property: isFact ? ["node", name] : view.pathOf(name),
      direction: direction === "DESC" ? "descending" : "ascending",
    };
  });
}
