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
import { aggregateOf, groupsOf, metricsOf, valuesOf } from "./aggregates.js";
import { callOptions, defined, several } from "./arguments.js";
import { type WarningSink, warnOnce } from "./deprecation.js";
import { limitOf, pageLimitOf } from "./limit.js";
import { isMany } from "./select.js";
import { sortOf } from "./sorting.js";
import type { AggregatedGroup, AggregatedValue, MetricAggregation } from "./types/aggregating.js";
import type { InstanceSort } from "./types/sorting.js";

/** Properties to read: names, and of relations what to read of the other end (X1). */
export type QueryProperties = readonly (string | { readonly [relation: string]: QueryProperties })[];

interface Filtered extends CallOptions {
  readonly filter?: Filter;
  /** `-1` and `null` stand for all. @defaultValue 25 */
  readonly limit?: number | null;
}

/** What `list` of the executor takes besides the view. */
export interface QueryListArgs extends Filtered {
  /** @defaultValue all own properties */
  readonly properties?: QueryProperties;
  readonly sort?: InstanceSort | readonly InstanceSort[];
}

/** What `iterate` takes. */
export interface QueryIterateArgs extends QueryListArgs {
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
}

/** A page of the executor. */
export interface QueryPage {
  readonly items: readonly UntypedRow[];
  /** What resumes after it; absent on the last. */
  readonly cursor?: string;
}

/** v1's generic query engine over the views of a model, which needs no generated code. */
export class QueryExecutor {
  readonly #views: ReadonlyMap<string, UntypedViewApi>;
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
    this.#views = new Map(Object.values<UntypedViewApi>(sdk).map((handle) => [formatVersionedId(handle.view), handle]));
    this.#sink = logger;
  }

  /** @deprecated `list({ where, select, sort, limit })` of a handle of `model()` */
  async list(view: VersionedIdentity, args: QueryListArgs = {}): Promise<UntypedRow[]> {
    const handle = this.#handle("list", view, "list({ where, select, sort, limit })");
    return handle.list({ ...listArgs(args, handle.view), limit: limitOf(args.limit) });
  }

  /** @deprecated `list(...).pages({ cursor })` of a handle of `model()` */
  async *iterate(view: VersionedIdentity, args: QueryIterateArgs = {}): AsyncGenerator<QueryPage, void, undefined> {
    const handle = this.#handle("iterate", view, "list(...).pages({ cursor })");
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
    const handle = this.#handle("search", view, "search(query, { where, select, properties, operator })");
    const { items } = await handle.search(query, {
      ...listArgs(args, handle.view),
      ...defined({ operator, properties: searchProperties === undefined ? undefined : several(searchProperties) }),
      limit: pageLimitOf(args.limit),
    });
    return items;
  }

  /** @deprecated `aggregate({ count, avg, min, max, sum, groupBy })` of a handle of `model()` */
  async aggregate(
    view: VersionedIdentity,
    aggregates: "count" | MetricAggregation | readonly ("count" | MetricAggregation)[],
    args: QueryAggregateArgs = {},
  ): Promise<readonly AggregatedValue[] | readonly AggregatedGroup[]> {
    const handle = this.#handle("aggregate", view, "aggregate({ count, avg, min, max, sum, groupBy })");
    const { filter, groupBy, query, searchProperties, limit } = args;
    const metrics = metricsOf(aggregates, undefined);
    const answer = await handle.aggregate({
      ...aggregateOf(metrics),
      ...whereOf(filter),
      ...defined({ query, properties: searchProperties === undefined ? undefined : several(searchProperties) }),
      ...(groupBy === undefined ? {} : { groupBy: several(groupBy), limit: pageLimitOf(limit) }),
      ...callOptions(args),
    });
    return groupBy === undefined ? valuesOf(metrics, answer) : groupsOf(metrics, answer);
  }

  #handle(call: string, view: VersionedIdentity, now: string): UntypedViewApi {
    warnOnce(this.#sink, `QueryExecutor.${call}()`, `${now} of a handle that model() gives`);
    const handle = this.#views.get(formatVersionedId(view));
    if (handle !== undefined) return handle;
    throw new QueryError("QUERY.UNBOUND_VIEW", `The data model has no view ${formatVersionedId(view)}.`, {
      hint: `It has ${[...this.#views.keys()].join(", ")}.`,
    });
  }
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
