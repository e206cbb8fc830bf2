import { QueryError } from "../src/errors/index.js";
import type { ViewDescriptor } from "../src/ir/index.js";
import { type Filter, formatVersionedId, type VersionedIdentity } from "../src/models/index.js";
import {
  type CallOptions,
  propertyOf,
  type UntypedArgs,
  type UntypedBound,
  type UntypedRow,
  type UntypedViewApi,
} from "../src/runtime/index.js";
import { aggregateOf, groupsOf, histogramOf, metricsOf, valuesOf } from "./aggregates.js";
import { callOptions, defined, several } from "./arguments.js";
import { type WarningSink, warnOnce } from "./deprecation.js";
import { limitOf, mostOfPage, pageLimitOf } from "./limit.js";
import { mergeGroups, mergeValues } from "./merge-aggregates.js";
import { isMany } from "./select.js";
import { sortOf } from "./sorting.js";
import type {
  AggregatedGroup,
  AggregatedValue,
  AggregateName,
  HistogramAggregation,
  HistogramValue,
  MetricAggregation,
} from "./types/aggregating.js";
import type { InstanceSort } from "./types/sorting.js";

/** Properties to read: names, and of relations what to read of the other end (X1). */
export type QueryProperties = readonly (string | { readonly [relation: string]: QueryProperties })[];

/** Which instances of a view for nodes and edges are meant. */
export type InstanceTypes = InstanceType | readonly InstanceType[];

type InstanceType = "node" | "edge";

interface Filtered extends CallOptions {
  readonly filter?: Filter;
  /** `-1` and `null` stand for all. @defaultValue all; of searches and groups 1,000, of which there are no more */
  readonly limit?: number | null;
}

/** What `list` of the executor takes besides the view. */
export interface QueryListArgs extends Filtered {
  /** @defaultValue all own properties */
  readonly properties?: QueryProperties;
  readonly sort?: InstanceSort | readonly InstanceSort[];
  /** Of both, nodes come first; they cannot be sorted together. @defaultValue those that the view is for */
  readonly instanceTypes?: InstanceTypes;
}

/** What `iterate` takes: of a view for nodes and edges it gives the nodes. */
export interface QueryIterateArgs extends Omit<QueryListArgs, "instanceTypes"> {
  readonly initialCursor?: string | undefined;
  /** Rows of a page. @defaultValue 10 */
  readonly chunkSize?: number;
  /** Most nodes of a relation, per parent. @defaultValue 10 */
  readonly nestedLimit?: number;
}

/** What `search` takes. */
export interface QuerySearchArgs extends QueryListArgs {
  readonly query: string;
  readonly searchProperties?: string | readonly string[];
  readonly operator?: "AND" | "OR";
}

/** What `aggregate` takes. */
export interface QueryAggregateArgs extends Filtered {
  readonly groupBy?: string | readonly string[];
  readonly query?: string;
  readonly searchProperties?: string | readonly string[];
  /** Of both, the values are put together; averages and histograms cannot be. @defaultValue those that the view is for */
  readonly instanceTypes?: InstanceTypes;
}

/** A page of the executor. */
export interface QueryPage {
  readonly items: readonly UntypedRow[];
  /** What resumes after it; absent on the last. */
  readonly cursor?: string;
}

/** v1's generic query engine over the views of a model, which needs no generated code. */
export class QueryExecutor {
  /** The handles of each view: for nodes first, for edges, or for both. */
  readonly #views: ReadonlyMap<string, readonly UntypedViewApi[]>;
  readonly #sink: WarningSink;

  /**
   * @param sdk - what `model(client, id)` gives
   *
   * @example
   * ```ts
   * import { model } from "pygen";
   * import { QueryExecutor } from "pygen/legacy";
   *
   * const executor = new QueryExecutor(await model(client, { space: "wind", externalId: "WindFarm", version: "v1" }));
   * const turbine = { space: "wind", externalId: "Turbine", version: "v1" };
   * const rows = await executor.list(turbine, { properties: ["name", { blades: ["name", "position"] }], limit: 10 });
   * ```
   */
  constructor(sdk: UntypedBound, { logger = console }: { readonly logger?: WarningSink } = {}) {
    const views = new Map<string, readonly UntypedViewApi[]>();
    for (const handle of Object.values<UntypedViewApi>(sdk)) {
      const key = formatVersionedId(handle.view);
      const others = views.get(key) ?? [];
      views.set(key, handle.view.instanceType === "node" ? [handle, ...others] : [...others, handle]);
    }
    this.#views = views;
    this.#sink = logger;
  }

  /** @deprecated `list({ where, select, sort, limit })` of a handle of `model()` */
  async list(view: VersionedIdentity, args: QueryListArgs = {}): Promise<UntypedRow[]> {
    const handles = this.#handles("list", view, "list({ where, select, sort, limit })", args.instanceTypes);
    return oneAfterTheOther(handles, args, limitOf(args.limit ?? null), (handle, asked) => handle.list(asked));
  }

  /** @deprecated `list(...).pages({ cursor })` of a handle of `model()` */
  async *iterate(view: VersionedIdentity, args: QueryIterateArgs = {}): AsyncGenerator<QueryPage, void, undefined> {
    const [handle] = this.#handles("iterate", view, "list(...).pages({ cursor })");
    const { initialCursor, chunkSize = 10, nestedLimit = 10, limit = null } = args;
    const query = handle.list({
      ...listArgs(args, handle.view, nestedLimit),
      pageSize: chunkSize,
      limit: limitOf(limit),
    });
    yield* query.pages(defined({ cursor: initialCursor }));
  }

  /** @deprecated `search(query, { where, select, properties, operator })` of a handle of `model()` */
  async search(
    view: VersionedIdentity,
    { query, searchProperties, operator, ...args }: QuerySearchArgs,
  ): Promise<readonly UntypedRow[]> {
    const now = "search(query, { where, select, properties, operator })";
    const handles = this.#handles("search", view, now, args.instanceTypes);
    const words = defined({
      operator,
      properties: searchProperties === undefined ? undefined : several(searchProperties),
    });
    return oneAfterTheOther(handles, args, pageLimitOf(args.limit ?? null), async (handle, asked) => {
      const { items } = await handle.search(query, { ...asked, ...words });
      return items;
    });
  }

  /**
   * @throws QueryError `QUERY.INVALID_VALUE` for histograms beside other aggregates, and for what cannot be told of nodes and edges
   *   together
   * @deprecated `aggregate({ count, avg, min, max, sum, groupBy, histogram })` of a handle of `model()`
   */
  aggregate(
    view: VersionedIdentity,
    aggregates: HistogramAggregation | readonly HistogramAggregation[],
    args?: Omit<QueryAggregateArgs, "groupBy">,
  ): Promise<readonly HistogramValue[]>;
  aggregate(
    view: VersionedIdentity,
    aggregates: Metrics,
    args: QueryAggregateArgs & { readonly groupBy: string | readonly string[] },
  ): Promise<readonly AggregatedGroup[]>;
  aggregate(
    view: VersionedIdentity,
    aggregates: Metrics,
    args?: QueryAggregateArgs & { readonly groupBy?: undefined },
  ): Promise<readonly AggregatedValue[]>;
  async aggregate(
    view: VersionedIdentity,
    aggregates: Metrics | HistogramAggregation | readonly HistogramAggregation[],
    args: QueryAggregateArgs = {},
  ): Promise<readonly AggregatedValue[] | readonly AggregatedGroup[] | readonly HistogramValue[]> {
    const now = "aggregate({ count, avg, min, max, sum, groupBy, histogram })";
    const handles = this.#handles("aggregate", view, now, args.instanceTypes);
    const asked = several<AskedAggregate>(aggregates);
    const histograms = asked.filter(isHistogram);
    const metrics = metricsOf(asked.filter(isMetric), undefined);
    const { groupBy, limit } = args;
    const counted = countedArgs(args);
    if (histograms.length > 0) {
      if (metrics.length > 0 || groupBy !== undefined)
        throw refused("Histograms go with no other aggregates, nor groups.");
      if (handles.length > 1) throw notOfBoth("histogram");
      return Promise.all(histograms.map((histogram) => histogramOf(handles[0], counted, histogram)));
    }
    if (handles.length > 1 && metrics.some(({ aggregate }) => aggregate === "avg")) throw notOfBoth("avg");
    const most = pageLimitOf(limit ?? null);
    // Of both, all groups are needed: the first of each need not be the same.
    const groups =
      groupBy === undefined ? {} : { groupBy: several(groupBy), limit: handles.length > 1 ? mostOfPage : most };
    const answers = await Promise.all(
      handles.map((handle) => handle.aggregate({ ...aggregateOf(metrics), ...counted, ...groups })),
    );
    if (handles.length > 1 && answers.some((answer) => answer["truncated"] === true)) throw notOfBoth("groupBy");
    return groupBy === undefined
      ? answers.map((answer) => valuesOf(metrics, answer)).reduce(mergeValues)
      : answers
          .map((answer) => groupsOf(metrics, answer))
          .reduce(mergeGroups)
          .slice(0, most);
  }

  /** The handles of a view for some kinds of instances, or for all that it has. */
  #handles(call: string, view: VersionedIdentity, now: string, types?: InstanceTypes): Handles {
    warnOnce(this.#sink, `QueryExecutor.${call}()`, `${now} of a handle that model() gives`);
    const id = formatVersionedId(view);
    const all = this.#views.get(id);
    if (all === undefined) {
      throw new QueryError("QUERY.UNBOUND_VIEW", `The data model has no view ${id}.`, {
        hint: `It has ${[...this.#views.keys()].join(", ")}.`,
      });
    }
    const wanted = types === undefined ? undefined : several<InstanceType>(types);
    const [first, ...others] = all.filter(
      (handle) => wanted === undefined || wanted.includes(handle.view.instanceType),
    );
    if (first !== undefined) return [first, ...others];
    throw refused(`View ${id} is not for ${wanted?.map((type) => `${type}s`).join(" or ")}.`);
  }
}

type Handles = readonly [UntypedViewApi, ...UntypedViewApi[]];
type Metric = AggregateName | MetricAggregation;
type Metrics = "count" | MetricAggregation | readonly ("count" | MetricAggregation)[];
type AskedAggregate = Metric | HistogramAggregation;

function isMetric(asked: AskedAggregate): asked is Metric {
  return !isHistogram(asked);
}

function isHistogram(asked: AskedAggregate): asked is HistogramAggregation {
  return typeof asked !== "string" && asked.aggregate === "histogram";
}

/** Rows of nodes, then of edges, as many as are wanted in all. */
async function oneAfterTheOther(
  handles: Handles,
  args: QueryListArgs,
  most: number,
  read: (handle: UntypedViewApi, asked: UntypedArgs) => PromiseLike<readonly UntypedRow[]>,
): Promise<UntypedRow[]> {
  if (handles.length > 1 && args.sort !== undefined) throw notOfBoth("sort");
  const rows: UntypedRow[] = [];
  for (const handle of handles) {
    const limit = most - rows.length;
    if (limit <= 0) break;
    for (const row of await read(handle, { ...listArgs(args, handle.view), limit })) rows.push(row);
  }
  return rows;
}

/** Which instances count. */
function countedArgs({ filter, query, searchProperties, ...args }: QueryAggregateArgs): UntypedArgs {
  return {
    ...whereOf(filter),
    ...defined({ query, properties: searchProperties === undefined ? undefined : several(searchProperties) }),
    ...callOptions(args),
  };
}

function refused(message: string): QueryError {
  return new QueryError("QUERY.INVALID_VALUE", message);
}

function notOfBoth(asked: string): QueryError {
  return new QueryError("QUERY.INVALID_VALUE", `'${asked}' cannot be told of nodes and edges together.`, {
    hint: 'Ask for each: { instanceTypes: "node" }, then { instanceTypes: "edge" }.',
  });
}

function whereOf(filter: Filter | undefined): { readonly where?: UntypedArgs } {
  return filter === undefined ? {} : { where: { $raw: filter } };
}

/** What the arguments of the executor stand for, without the limit. */
function listArgs({ filter, properties, sort, ...args }: QueryListArgs, view: ViewDescriptor, nestedLimit?: number) {
  const select = properties && selectionOf(properties, view, nestedLimit);
  return {
    ...whereOf(filter),
    ...defined({ select, sort: sort === undefined ? undefined : sortOf({ sort }) }),
    ...callOptions(args),
  };
}

function selectionOf(
  properties: QueryProperties,
  view: ViewDescriptor | undefined,
  limit: number | undefined,
): UntypedArgs {
  const entries = properties.flatMap((each): (readonly [string, unknown])[] => {
    if (typeof each === "string") return [[each, true]];
    return Object.entries(each).map(([relation, inner]) => {
      const property = view && propertyOf(view, relation);
      const most = limit !== undefined && property !== undefined && isMany(property) ? { limit } : {};
      return [relation, { select: selectionOf(inner, undefined, undefined), ...most }];
    });
  });
  return Object.fromEntries(entries);
}
