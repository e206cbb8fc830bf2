import { QueryError } from "../../src/errors/index.js";
import { formatVersionedId, type VersionedIdentity } from "../../src/models/index.js";
import type { UntypedBound, UntypedRow, UntypedViewApi } from "../../src/runtime/index.js";
import { defined, searchedIn, several } from "../arguments.js";
import { type WarningSink, warnOnce } from "../deprecation.js";
import { chunkSizeOf, limitOf, pageLimitOf } from "../limit.js";
import type { AggregatedGroup, AggregatedValue, HistogramAggregation, HistogramValue } from "../types/aggregating.js";
import { aggregateAll } from "./aggregate-all.js";
import type {
  AskedAggregate,
  InstanceType,
  InstanceTypes,
  Metrics,
  QueryAggregateArgs,
  QueryIterateArgs,
  QueryListArgs,
  QueryPage,
  QuerySearchArgs,
} from "./arguments.js";
import { listArgs } from "./asked.js";
import { type Handles, oneAfterTheOther } from "./both-kinds.js";

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
    return oneAfterTheOther(handles, args.sort !== undefined, limitOf(args.limit ?? null), (handle, limit) =>
      handle.list({ ...listArgs(args, handle.view), limit }),
    );
  }

  /** @deprecated `list(...).pages({ cursor })` of a handle of `model()` */
  async *iterate(view: VersionedIdentity, args: QueryIterateArgs = {}): AsyncGenerator<QueryPage, void, undefined> {
    const [handle] = this.#handles("iterate", view, "list(...).pages({ cursor })");
    const { initialCursor, chunkSize = 10, nestedLimit = 10, limit = null } = args;
    const query = handle.list({
      ...listArgs(args, handle.view, limitOf(nestedLimit, "nestedLimit")),
      pageSize: chunkSizeOf(chunkSize),
      limit: limitOf(limit),
    });
    yield* query.pages(defined({ cursor: initialCursor }));
  }

  /** @deprecated `search(query, { where, select, properties, operator })` of a handle of `model()` */
  async search(
    view: VersionedIdentity,
    { query, searchProperties, operator, ...args }: QuerySearchArgs = {},
  ): Promise<readonly UntypedRow[]> {
    const now = "search(query, { where, select, properties, operator })";
    const handles = this.#handles("search", view, now, args.instanceTypes);
    const words = { ...searchedIn(searchProperties), ...defined({ operator }) };
    return oneAfterTheOther(
      handles,
      args.sort !== undefined,
      pageLimitOf(args.limit ?? null),
      async (handle, limit) => {
        const { items } = await handle.search(query, { ...listArgs(args, handle.view), ...words, limit });
        return items;
      },
    );
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
    return aggregateAll(handles, several<AskedAggregate>(aggregates), args);
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
    const kinds = wanted?.map((type) => `${type}s`).join(" or ");
    throw new QueryError("QUERY.INVALID_VALUE", `View ${id} is not for ${kinds}.`);
  }
}
