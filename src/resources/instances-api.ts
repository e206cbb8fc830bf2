import {
  type HTTPClient,
  loadPart,
  type PagedItems,
  paginate,
  type RequestOptions,
  type ResponseSchema,
  runBatch,
} from "../http/index.js";
import type {
  InspectedInstance,
  Instance,
  InstanceDelete,
  InstanceId,
  InstanceInspectOperations,
  InstancesAggregateRequest,
  InstancesAggregateResponse,
  InstancesByIdsRequest,
  InstancesListRequest,
  InstancesPage,
  InstancesQueryRequest,
  InstancesQueryResponse,
  InstancesSearchRequest,
  InstancesSearchResponse,
  InstancesSyncRequest,
  InstancesSyncResponse,
  InstanceWrite,
  UpsertOptions,
  WrittenInstance,
} from "../models/index.js";
import {
  aggregateResponse,
  inspectedInstancesPage,
  instanceIdsPage,
  instancesPage,
  queryResponse,
} from "../models/responses/index.js";
import { checkCount, checkItems } from "./check-input.js";
import { inOrderOf, instanceIdOf, instanceKey, requestSize } from "./instance-key.js";
import { type RetrieveOptions, refuseUnknown } from "./unknown-ids.js";
import type { UpsertRequestOptions } from "./upsert.js";

/** What to read of instances asked for by id. */
export type InstanceRetrieveOptions = Omit<InstancesByIdsRequest, "items">;

/** Which instances to walk. */
export interface InstanceIterateOptions extends Omit<InstancesListRequest, "limit"> {
  /** Instances in all. @defaultValue all of them */
  readonly limit?: number;
  /** Instances of a page, 1 to 1,000. @defaultValue 1000 */
  readonly pageSize?: number;
}

/** Says whether an answer that has no further pages is whole. */
export interface Truncatable {
  /** As many came as were asked for: there may be more, which cannot be had but by asking more narrowly. */
  readonly truncated: boolean;
}

/** Nodes and edges (contract 7, 8). Reached as `client.instances`. */
export class InstancesAPI {
  readonly #http: HTTPClient;

  constructor(http: HTTPClient) {
    this.#http = http;
  }

  /**
   * Writes any number of nodes and edges, 1,000 a request, several requests at once. Each request is applied whole or not
   * at all. Nodes are written before edges, and after the nodes of the batch that their direct relations point at, which
   * may be required to exist (contract 7.2.11); nodes that point at each other in a circle go in any order. A request
   * that is too much for the service is halved.
   *
   * A request whose answer was lost is sent again; then `wasModified` is false for what the lost one had written. With
   * `existingVersion` what is stored is read first: what was applied is not sent again, nor told as a conflict. Values
   * written through containers cannot be read: with those, and where others changed the instance meanwhile, the error's
   * `outcome` is `"unknown"`.
   *
   * @throws ApiError when the service refuses a single request; MultiRequestError when there were several: it tells what
   * became of every instance, and has those that remain to be written; InputError when an item has no id
   *
   * @example
   * ```ts
   * const view = { type: "view", space: "wind", externalId: "Turbine", version: "v1" } as const;
   * await client.instances.upsert([
   *   { instanceType: "node", space: "data", externalId: "A1", sources: [{ source: view, properties: { name: "A1" } }] },
   * ]);
   * ```
   */
  async upsert(
    items: readonly InstanceWrite[],
    args: UpsertOptions = {},
    options: UpsertRequestOptions = {},
  ): Promise<WrittenInstance[]> {
    checkInstances(items);
    const { upsertInstances } = await loadPart("writing instances", () => import("./upsert.js"), {
      signal: options.signal,
    });
    return await upsertInstances(this.#http, items, args, options);
  }

  /**
   * Reads any number of instances by id, in the order of the ids; unknown ids, and instances without data in all of
   * `sources`, are left out (contract 7.4).
   *
   * @throws ApiError when the service refuses; InputError when one is no id; NotFoundError when one is unknown and
   * `ignoreUnknownIds` is false
   */
  async retrieve(
    ids: readonly InstanceId[],
    args: InstanceRetrieveOptions = {},
    options: RetrieveOptions = {},
  ): Promise<Instance[]> {
    return this.#byIds(ids, "byids", args, instancesPage, options);
  }

  /**
   * Deletes any number of instances, 1,000 a request. The answer has the ids of those that were there. Edges of a
   * deleted node go with it (contract 7.3).
   *
   * A request whose answer was lost is sent again, which is harmless; but then the answer lacks the ids that the lost
   * one had deleted, since they were there no more.
   *
   * @throws as `upsert`
   */
  async delete(ids: readonly InstanceDelete[], options: RequestOptions = {}): Promise<InstanceId[]> {
    checkInstances(ids);
    return runBatch<InstanceDelete, InstanceId>({
      stages: [ids],
      size: requestSize,
      concurrency: this.#http.concurrency("delete"),
      idOf: instanceIdOf,
      signal: options.signal,
      send: async (chunk) => {
        const answer = await this.#post("delete", { items: chunk.map(wireDelete) }, instanceIdsPage, options);
        return answer.items;
      },
    });
  }

  /** One page of instances, as the service gives it (contract 7.5). For all of them: `iterate`. */
  async list(request: InstancesListRequest = {}, options: RequestOptions = {}): Promise<InstancesPage> {
    return this.#post("list", request, instancesPage, options);
  }

  /**
   * All instances that match, fetched page by page as they are consumed, one page ahead. A page that is too much for the
   * service is asked for at half the size.
   *
   * @throws InputError when `limit` or `pageSize` is out of range
   *
   * @example
   * ```ts
   * import { viewReference } from "pygen";
   *
   * const source = viewReference({ space: "wind", externalId: "Turbine", version: "v1" });
   * for await (const node of client.instances.iterate({ sources: [{ source }] })) console.log(node.externalId);
   * ```
   */
  iterate(args: InstanceIterateOptions = {}, options: RequestOptions = {}): PagedItems<Instance> {
    const { limit, cursor, pageSize = requestSize, ...request } = args;
    checkCount(limit, "limit", 0, Number.POSITIVE_INFINITY);
    checkCount(pageSize, "pageSize", 1, requestSize);
    return paginate(
      (next, size, page) =>
        this.list(
          { ...request, limit: size, ...(next === undefined ? {} : { cursor: next }) },
          { ...options, ...page },
        ),
      { limit, cursor: cursor ?? undefined, pageSize, signal: options.signal, onBody: options.onBody },
    );
  }

  /** One call of `query`, as the service answers it (contract 8.1). */
  async query(request: InstancesQueryRequest, options: RequestOptions = {}): Promise<InstancesQueryResponse> {
    return this.#post("query", request, queryResponse, options);
  }

  /**
   * Finds instances by the words in their texts: the best 1,000 matches at most, without further pages (contract 9.4).
   * What is searched lags behind what is written by some seconds. `operator` is always sent, as `OR` unless given.
   *
   * @example
   * ```ts
   * import { viewReference } from "pygen";
   *
   * const view = viewReference({ space: "wind", externalId: "Turbine", version: "v1" });
   * const { items, truncated } = await client.instances.search({ view, query: "hornsea siemens", operator: "AND" });
   * ```
   */
  async search(
    request: InstancesSearchRequest,
    options: RequestOptions = {},
  ): Promise<InstancesSearchResponse & Truncatable> {
    const { limit = requestSize } = request;
    const answer = await this.#post("search", { operator: "OR", ...request, limit }, instancesPage, options);
    return { ...answer, truncated: answer.items.length >= limit };
  }

  /**
   * Counts, sums and groups instances (contract 9.5). Groups end at 1,000, which is also asked for unless `limit` says
   * less; there are no further pages. Lags behind writes as `search` does.
   *
   * @example
   * ```ts
   * import { viewReference } from "pygen";
   *
   * const view = viewReference({ space: "wind", externalId: "Turbine", version: "v1" });
   * const aggregates = [{ count: {} }, { avg: { property: "capacity" } }];
   * const { items } = await client.instances.aggregate({ view, aggregates, groupBy: ["farm"] });
   * for (const { group, aggregates } of items) console.log(group, aggregates);
   * ```
   */
  async aggregate(
    request: InstancesAggregateRequest,
    options: RequestOptions = {},
  ): Promise<InstancesAggregateResponse & Truncatable> {
    const { limit = requestSize } = request;
    const answer = await this.#post("aggregate", { operator: "OR", ...request, limit }, aggregateResponse, options);
    return { ...answer, truncated: request.groupBy !== undefined && answer.items.length >= limit };
  }

  /**
   * One call of `sync`, as the service answers it (contract 8.2): what is there, or what changed since the cursors, which
   * are good for 3 days. Every answer has a cursor for every set; an empty set means that there is nothing new by now.
   */
  async sync(request: InstancesSyncRequest, options: RequestOptions = {}): Promise<InstancesSyncResponse> {
    return this.#post("sync", request, queryResponse, options);
  }

  /**
   * Tells which views show instances and which containers hold their data, for any number of them, in the order of the
   * ids; unknown ones are left out (contract 7.6).
   *
   * @param operations - what to tell; both, with the newest versions of views, unless given
   */
  async inspect(
    ids: readonly InstanceId[],
    operations: InstanceInspectOperations = { involvedViews: {}, involvedContainers: {} },
    options: RequestOptions = {},
  ): Promise<InspectedInstance[]> {
    return this.#byIds(ids, "inspect", { inspectionOperations: operations }, inspectedInstancesPage, options);
  }

  async #post<T>(what: string, body: object, schema: ResponseSchema<T>, options: RequestOptions): Promise<T> {
    return this.#http.request({ ...options, method: "POST", path: `/models/instances/${what}`, body, schema });
  }

  async #byIds<T extends InstanceId>(
    ids: readonly InstanceId[],
    what: "byids" | "inspect",
    args: object,
    schema: ResponseSchema<{ readonly items: readonly T[] }>,
    options: RetrieveOptions,
  ): Promise<T[]> {
    checkInstances(ids);
    const byKey = new Map(ids.map((id) => [instanceKey(id), instanceIdOf(id)]));
    const unique = [...byKey.values()];
    const found = await runBatch<InstanceId, T>({
      stages: [unique],
      size: requestSize,
      concurrency: this.#http.concurrency("read"),
      signal: options.signal,
      send: async (chunk) => {
        const answer = await this.#post(what, { ...args, items: chunk }, schema, options);
        return answer.items;
      },
    });
    refuseUnknown(options, byKey, found, (item) => [instanceKey(item)]);
    return inOrderOf(found, unique);
  }
}

const idKeys = ["instanceType", "space", "externalId"];

function checkInstances(items: readonly InstanceId[]): void {
  checkItems(items, (item) => item, idKeys);
}

function wireDelete(id: InstanceDelete): InstanceDelete {
  return id.existingVersion === undefined
    ? instanceIdOf(id)
    : { ...instanceIdOf(id), existingVersion: id.existingVersion };
}
