import {
  type Aggregate,
  type AggregatedItem,
  type Filter,
  type Instance,
  type InstanceType,
  type JsonValue,
  type NodeReference,
  type SortKey,
  type Source,
  type ViewReference,
  writeJson,
} from "../../../models/index.js";
import { checkRequest, instancesListBody, instancesSearchBody } from "../../../models/requests/index.js";
import { badRequest } from "../fault.js";
import { aggregateInstances, listInstances, searchInstances } from "../instances/index.js";
import { readCursor, writeCursor } from "../paging.js";
import { instanceKey, type ProjectState } from "../state.js";
import { allFilters } from "./filters.js";

/** Items in a page where the query does not say, and at most. */
export const DEFAULT_FIRST = 100;
const MAX_FIRST = 1000;
/** Groups of one aggregation. */
const MAX_GROUPS = 1000;
/** Aggregates of one call (contract 9.5). */
const MAX_AGGREGATES = 5;

/** Most instances that one query may read: lists within lists would else grow without bound. */
const MAX_READ = 50_000;

/** A page as GraphQL shows it. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly edges: readonly { readonly node: T; readonly cursor: string }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | undefined;
    readonly endCursor: string | undefined;
  };
}

/** Which items, in which order, and which of them. */
export interface PageArguments {
  readonly filter?: Filter | undefined;
  readonly sort?: readonly SortKey[] | undefined;
  readonly first: number;
  readonly after: string | undefined;
}

/** A place in a list: that many items after where a cursor of the service leads. */
interface Place {
  readonly cursor: string | undefined;
  readonly skip: number;
}

/** What the fields of one query read from: the calls that clients make, too. */
export class Reader {
  #read = 0;

  constructor(readonly state: ProjectState) {}

  /** A page of the instances that sources show. */
  list(instanceType: InstanceType, sources: readonly Source[], page: PageArguments): Page<Instance> {
    const { first, filter, sort, after } = page;
    this.#admit(first);
    const kind = `graphql:${writeJson({ instanceType, sources, filter, sort })}`;
    const start: Place = after === undefined ? { cursor: undefined, skip: 0 } : placeOf(kind, after);
    const request = {
      instanceType,
      ...(sources.length > 0 ? { sources } : {}),
      ...(filter ? { filter } : {}),
      ...(sort && sort.length > 0 ? { sort } : {}),
    };
    refuseBad(checkRequest(instancesListBody, request));
    const items: Instance[] = [];
    let place: Place | undefined = start;
    const cursors: string[] = [];
    while (place && items.length < first) {
      const { cursor, skip }: Place = place;
      const limit = Math.min(MAX_FIRST, skip + first - items.length);
      const found = listInstances(this.state, { ...request, limit, ...(cursor === undefined ? {} : { cursor }) });
      for (const [index, item] of found.items.slice(skip).entries()) {
        items.push(item);
        cursors.push(writeCursor(kind, writeJson({ cursor, skip: skip + index + 1 })));
      }
      place = typeof found.nextCursor === "string" ? { cursor: found.nextCursor, skip: 0 } : undefined;
    }
    this.#count(items.length);
    return pageOf(items, cursors, place !== undefined, after !== undefined);
  }

  /** The nodes of a view by id, in the order of the ids; those that the view does not show are left out. */
  byIds(view: ViewReference, ids: readonly NodeReference[]): Page<Instance> {
    this.#admit(0);
    const distinct = [...new Map(ids.map((id) => [instanceKey(id), id])).values()];
    const found = new Map<string, Instance>();
    for (let start = 0; start < distinct.length; start += MAX_FIRST) {
      const instanceReferences = distinct.slice(start, start + MAX_FIRST);
      const { items } = listInstances(this.state, { sources: [{ source: view }], filter: { instanceReferences } });
      for (const item of items) found.set(instanceKey(item), item);
    }
    const items = ids.flatMap((id) => found.get(instanceKey(id)) ?? []);
    this.#count(items.length);
    return pageOf(items, [], false, false);
  }

  /** The first nodes that a search finds. */
  search(
    view: ViewReference,
    query: string,
    fields: readonly string[] | undefined,
    { filter, first, sort = [] }: PageArguments,
  ): Page<Instance> {
    this.#admit(first);
    const request = {
      view,
      query,
      limit: Math.max(1, first),
      ...(fields && fields.length > 0 ? { properties: fields } : {}),
      ...(filter ? { filter } : {}),
      ...(sort.length > 0 ? { sort: sort.map(({ nullsFirst: _nulls, ...key }) => key) } : {}),
    };
    refuseBad(checkRequest(instancesSearchBody, request));
    const { items } = searchInstances(this.state, request);
    this.#count(items.length);
    return pageOf(items.slice(0, first), [], false, false);
  }

  /** A page of groups with their aggregates. */
  aggregate(
    view: ViewReference,
    request: {
      readonly query: string | undefined;
      readonly fields: readonly string[] | undefined;
      readonly groupBy: readonly string[] | undefined;
      readonly aggregates: readonly Aggregate[];
    },
    { filter, first, after }: PageArguments,
  ): Page<AggregatedItem> {
    this.#admit(first);
    const { query, fields, groupBy = [], aggregates } = request;
    const shared = {
      view,
      limit: MAX_GROUPS,
      ...(query === undefined ? {} : { query }),
      ...(fields && fields.length > 0 ? { properties: fields } : {}),
      ...(groupBy.length > 0 ? { groupBy } : {}),
      ...(filter ? { filter } : {}),
    };
    const groups = new Map<string, AggregatedItem>();
    // Even where nothing is to be computed, there are groups.
    for (let start = 0; start === 0 || start < aggregates.length; start += MAX_AGGREGATES) {
      const some = aggregates.slice(start, start + MAX_AGGREGATES);
      const wanted = some.length > 0 ? { aggregates: some } : groupBy.length > 0 ? {} : { aggregates: [{ count: {} }] };
      for (const item of aggregateInstances(this.state, { ...shared, ...wanted }).items) {
        const key = writeJson((item.group ?? {}) as JsonValue);
        const before = groups.get(key)?.aggregates ?? [];
        groups.set(key, { ...item, aggregates: [...before, ...item.aggregates] });
      }
    }
    const all = [...groups.values()];
    const kind = `graphql:${writeJson({ view, groupBy, query, filter })}`;
    const from = after === undefined ? 0 : placeOf(kind, after).skip;
    const items = all.slice(from, from + first);
    const cursors = items.map((_item, index) => writeCursor(kind, writeJson({ skip: from + index + 1 })));
    this.#count(items.length);
    return pageOf(items, cursors, from + first < all.length, from > 0);
  }

  /** A page of the nodes whose relation, at a path, points at a node. */
  holders(
    view: ViewReference,
    path: readonly string[],
    isList: boolean,
    node: NodeReference,
    page: PageArguments,
  ): Page<Instance> {
    const { space, externalId } = node;
    const value = { space, externalId };
    const points: Filter = isList
      ? { containsAny: { property: path, values: [value] } }
      : { equals: { property: path, value } };
    return this.list("node", [{ source: view }], { ...page, filter: allFilters([points, page.filter]) });
  }

  /** Edges with the values that a view has of them; those that it does not show stay as they are. */
  edgesBy(view: ViewReference, edges: readonly Instance[]): readonly Instance[] {
    if (edges.length === 0) return edges;
    const instanceReferences = edges.map(({ space, externalId }) => ({ space, externalId }));
    const request = { instanceType: "edge", sources: [{ source: view }], filter: { instanceReferences } } as const;
    const found = new Map(listInstances(this.state, request).items.map((edge) => [instanceKey(edge), edge]));
    return edges.map((edge) => found.get(instanceKey(edge)) ?? edge);
  }

  #count(items: number): void {
    this.#read += items;
    this.#admit(0);
  }

  /** Refuses what is too much: in one page, or after all that was read before. */
  #admit(first: number): void {
    if (first < 0 || first > MAX_FIRST) throw badRequest(`first must be between 0 and ${MAX_FIRST}, got ${first}`);
    if (this.#read > MAX_READ) throw badRequest(`The query reads more than ${MAX_READ} instances. Ask for less.`);
  }
}

function refuseBad(result: { readonly ok: true } | { readonly ok: false; readonly message: string }): void {
  if (!result.ok) throw badRequest(result.message);
}

function placeOf(kind: string, after: string): Place {
  // What a cursor of this kind holds was written above.
  const { cursor, skip } = JSON.parse(readCursor(kind, after)) as { readonly cursor?: string; readonly skip: number };
  return { cursor, skip };
}

function pageOf<T>(items: readonly T[], cursors: readonly string[], hasNext: boolean, hasPrevious: boolean): Page<T> {
  return {
    items,
    edges: items.map((node, index) => ({ node, cursor: cursors[index] ?? "" })),
    pageInfo: {
      hasNextPage: hasNext,
      hasPreviousPage: hasPrevious,
      startCursor: cursors[0],
      endCursor: cursors.at(-1),
    },
  };
}
