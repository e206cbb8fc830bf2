import {
  collect,
  type HTTPClient,
  loadPart,
  type PagedItems,
  paginate,
  type QueryParameters,
  type RequestOptions,
} from "../http/index.js";
import { checkCount, checkItems } from "./check-input.js";
import type { ListOptions } from "./list-options.js";
import type { ResourceDefinition } from "./resource-definition.js";
import type { RetrieveOptions } from "./unknown-ids.js";

/** Items of one page at most (contract 3.4). */
const pageSize = 1_000;

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
    checkItems(items, this.#definition.wireId);
    return await (await this.#batches(options)).createItems(this.#http, this.#definition, items, options);
  }

  /**
   * Deletes items. The answer has the ids of those that were there; ids of others are no error. A request whose answer
   * was lost is sent again, and then those that it had deleted are not in the answer.
   *
   * @throws as `create`
   */
  async delete(ids: readonly Id[], options: RequestOptions = {}): Promise<DeletedId[]> {
    checkItems(ids, this.#definition.wireId);
    return await (await this.#batches(options)).deleteItems(this.#http, this.#definition, ids, options);
  }

  /** Gets items by id, in the order of the ids; unknown ids are left out unless the options say otherwise. */
  protected async byIds(ids: readonly Id[], query: QueryParameters, options: RetrieveOptions): Promise<Item[]> {
    checkItems(ids, this.#definition.wireId);
    return await (await this.#batches(options)).itemsByIds(this.#http, this.#definition, ids, query, options);
  }

  #batches({ signal }: RequestOptions): Promise<typeof import("./resource-batches.js")> {
    return loadPart("calls of many items", () => import("./resource-batches.js"), { signal });
  }
}
