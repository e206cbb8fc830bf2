import {
  collect,
  type HTTPClient,
  type PagedItems,
  paginate,
  type QueryParameters,
  type RequestOptions,
  runBatch,
} from "../http/index.js";
import type { Page } from "../models/index.js";
import type { ResponseSchema } from "../models/responses/index.js";
import { checkCount, checkItems } from "./check-input.js";
import type { ListOptions } from "./list-options.js";
import { type RetrieveOptions, refuseUnknown } from "./unknown-ids.js";

/** Items of one request to a schema resource at most (contract 3.4). */
const requestSize = 100;

/** Items of one page at most (contract 3.4). */
const pageSize = 1_000;

/** What sets one kind of resource apart from the others. */
export interface ResourceDefinition<Item, Create, Id, DeletedId> {
  /** Below the project, such as `/models/spaces`. */
  readonly path: string;
  readonly items: ResponseSchema<Page<Item>>;
  readonly deletedIds: ResponseSchema<Page<DeletedId>>;
  /** The id as the service takes it: no more fields than these, which it would refuse. */
  readonly wireId: (id: Id | Create | Item) => Readonly<Record<string, string>>;
}

/**
 * The operations that all schema resources share (contract 4). Calls take any number of items: they are sent in requests
 * of 100, one after the other, since later items may refer to earlier ones.
 */
export abstract class ResourceAPI<Item, Create, Id, DeletedId, List extends ListOptions> {
  readonly #http: HTTPClient;
  readonly #definition: ResourceDefinition<Item, Create, Id, DeletedId>;

  protected constructor(http: HTTPClient, definition: ResourceDefinition<Item, Create, Id, DeletedId>) {
    this.#http = http;
    this.#definition = definition;
  }

  /**
   * All items, fetched page by page as they are consumed, one page ahead.
   *
   * @throws InputError when `limit` is out of range
   *
   * @example
   * ```ts
   * for await (const view of client.views.iterate({ space: "wind" })) console.log(view.externalId);
   * for await (const page of client.views.iterate({ space: "wind" }).pages()) console.log(page.items.length, page.nextCursor);
   * ```
   */
  iterate(args?: List, options: RequestOptions = {}): PagedItems<Item> {
    const { limit, cursor, ...filters }: ListOptions = args ?? {};
    const { path, items } = this.#definition;
    checkCount(limit, "limit", 0, Number.POSITIVE_INFINITY);
    return paginate(
      (next, size, page) =>
        this.#http.request({
          ...options,
          ...page,
          method: "GET",
          path,
          query: { ...(filters as QueryParameters), limit: size, cursor: next },
          schema: items,
        }),
      { limit, cursor, pageSize, signal: options.signal, onBody: options.onBody },
    );
  }

  /** All items as an array; `limit` bounds how many. */
  async list(args?: List, options: RequestOptions = {}): Promise<Item[]> {
    return collect(this.iterate(args, options));
  }

  /**
   * Creates items, or changes those that exist. The answer has them in the order given.
   *
   * @throws ApiError when the service refuses; nothing of that request is applied. MultiRequestError when there were
   * several requests: it tells what became of every item, and has those that remain. InputError when an item has no id
   */
  async create(items: readonly Create[], options: RequestOptions = {}): Promise<Item[]> {
    const { path, items: schema, wireId } = this.#definition;
    checkItems(items, wireId);
    return runBatch<Create, Item>({
      stages: [items],
      size: requestSize,
      concurrency: 1,
      idOf: wireId,
      signal: options.signal,
      send: async (chunk) =>
        (await this.#http.request({ ...options, method: "POST", path, body: { items: chunk }, schema })).items,
    });
  }

  /**
   * Deletes items. The answer has the ids of those that were there; ids of others are no error. A request whose answer
   * was lost is sent again, and then those that it had deleted are not in the answer.
   *
   * @throws as `create`
   */
  async delete(ids: readonly Id[], options: RequestOptions = {}): Promise<DeletedId[]> {
    const { path, deletedIds, wireId } = this.#definition;
    checkItems(ids, wireId);
    return runBatch<Id, DeletedId>({
      stages: [ids],
      size: requestSize,
      concurrency: 1,
      idOf: wireId,
      signal: options.signal,
      send: async (chunk) =>
        (
          await this.#http.request({
            ...options,
            method: "POST",
            path: `${path}/delete`,
            body: { items: chunk.map(wireId) },
            schema: deletedIds,
          })
        ).items,
    });
  }

  /** Gets items by id, in the order of the ids; unknown ids are left out unless the options say otherwise. */
  protected async byIds(ids: readonly Id[], query: QueryParameters, options: RetrieveOptions): Promise<Item[]> {
    const { path, items: schema, wireId } = this.#definition;
    checkItems(ids, wireId);
    const wire = new Map(ids.map((id) => [JSON.stringify(wireId(id)), wireId(id)]));
    const found = await runBatch<Readonly<Record<string, string>>, Item>({
      stages: byFields([...wire.values()]),
      size: requestSize,
      concurrency: this.#http.concurrency("schema"),
      signal: options.signal,
      send: async (chunk) =>
        (
          await this.#http.request({
            ...options,
            method: "POST",
            path: `${path}/byids`,
            query,
            body: { items: chunk },
            schema,
          })
        ).items,
    });
    refuseUnknown(options, wire, found, (item) => keysOf(wireId(item)));
    return inOrder(found, [...wire.keys()], wireId);
  }
}

/** Ids with a version apart from those without, which the service takes only in requests of their own (contract 6.3). */
function byFields(ids: readonly Readonly<Record<string, string>>[]): Readonly<Record<string, string>>[][] {
  const versioned = ids.filter((id) => "version" in id);
  return [versioned, ids.filter((id) => !("version" in id))].filter((group) => group.length > 0);
}

/** Sorts items as their ids were asked for. An id without a version stands for all versions. */
function inOrder<Item>(
  items: readonly Item[],
  keys: readonly string[],
  wireId: (item: Item) => Readonly<Record<string, string>>,
): Item[] {
  const ranks = new Map(keys.map((key, rank) => [key, rank]));
  const rankOf = (item: Item): number => {
    const [key, unversioned] = keysOf(wireId(item));
    return ranks.get(key) ?? ranks.get(unversioned) ?? keys.length;
  };
  const ranked = items.map((item) => ({ item, rank: rankOf(item) }));
  return ranked.sort((a, b) => a.rank - b.rank).map(({ item }) => item);
}

/** What an item may have been asked for as: with its version, and without. */
function keysOf(id: Readonly<Record<string, string>>): readonly [string, string] {
  const { version: _version, ...unversioned } = id;
  return [JSON.stringify(id), JSON.stringify(unversioned)];
}
