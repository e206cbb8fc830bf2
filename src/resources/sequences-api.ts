import { InputError } from "../errors/index.js";
import { collect, type HTTPClient, type PagedItems, paginate, type RequestOptions } from "../http/index.js";
import type {
  SequenceId,
  SequenceRow,
  SequenceRows,
  SequenceRowsDelete,
  SequenceRowsInsert,
  SequenceRowsPage,
} from "../models/index.js";
import { nothing, sequenceRowsPage } from "../models/responses/index.js";
import { listOf } from "./check-input.js";
import { checkedLimit } from "./checked-limit.js";
import { runPacked } from "./packed-batch.js";
import { wireId } from "./resource-ids.js";

/** What one request may hold (contract 11.3). */
const insertLimits = { items: 1_000, elements: 10_000, units: 100_000 };
const deleteLimits = { items: 1_000, elements: 10_000 };
const pageSize = 10_000;

const sequenceIds = ["externalId", "id"] as const;

/** Which rows and columns to read. */
export interface SequenceRowsArgs {
  /** The first row, included. @defaultValue 0 */
  readonly start?: number;
  /** The last row, not included. @defaultValue none */
  readonly end?: number;
  /** External ids of columns. @defaultValue all of them */
  readonly columns?: readonly string[];
  /** Rows in all. @defaultValue all of them */
  readonly limit?: number;
}

/** Which rows to walk. */
export interface SequenceRowsIterateArgs extends SequenceRowsArgs {
  /** Where to resume: the cursor of a page. All other arguments must be the same. */
  readonly cursor?: string;
}

/** Which row is the latest. */
export interface SequenceLatestArgs {
  /** The last row before this one. @defaultValue none */
  readonly before?: number;
  /** External ids of columns. @defaultValue all of them */
  readonly columns?: readonly string[];
}

/**
 * Rows of sequences (contract 11.3). A sequence is named by its external id, which is what a property of type `sequence`
 * holds, or by its internal id: it is not a node. Integers beyond 2^53 are exact where `parseJson` reads the answer.
 *
 * @example
 * ```ts
 * import { SequencesAPI } from "pygen";
 *
 * const sequences = new SequencesAPI(client);
 * const curve = { externalId: "pump-curve" };
 * await sequences.insert([{ ...curve, columns: ["flow", "head"], rows: [{ rowNumber: 0, values: [1.5, 30] }] }]);
 * const { columns, rows } = await sequences.retrieve(curve);
 * console.log(columns.map(({ externalId }) => externalId), rows);
 * ```
 */
export class SequencesAPI {
  readonly #http: HTTPClient;

  constructor(client: { readonly http: HTTPClient }) {
    this.#http = client.http;
  }

  /**
   * Writes any number of rows to any number of sequences: 10,000 rows and 100,000 values a request, several requests at
   * once. Values of columns that are not named stay as they are. A call may be repeated.
   *
   * @throws InputError for an id, or a row that has not one value for each column, before anything is sent; ApiError when
   * the service refuses a single request; MultiRequestError when there were several: `remaining` has the rows that are not
   * written
   */
  async insert(items: readonly SequenceRowsInsert[], options: RequestOptions = {}): Promise<void> {
    const checked = listOf(items, "items").map((item, place) => {
      const path = `items[${place}]`;
      checkRows(item, path);
      return { ...wireId(item, sequenceIds, path), columns: item.columns, rows: item.rows };
    });
    await this.#write("", checked, (item) => item.columns.length, insertLimits, options);
  }

  /**
   * Reads rows of a sequence, all of them into memory; `iterate` walks them page by page.
   *
   * @throws InputError for an id that cannot be; ApiError when there is no such sequence
   */
  async retrieve(id: SequenceId, args: SequenceRowsArgs = {}, options: RequestOptions = {}): Promise<SequenceRows> {
    const { limit = Number.POSITIVE_INFINITY, ...query } = { ...args, limit: checkedLimit(args.limit, "limit") };
    const { nextCursor, ...first } = await this.#page(id, query, Math.min(limit, pageSize), options);
    const left = limit - first.rows.length;
    if (nextCursor == null || left <= 0) return { ...first, rows: first.rows.slice(0, limit) };
    const rest = await collect(this.iterate(id, { ...query, limit: left, cursor: nextCursor }, options));
    return { ...first, rows: first.rows.concat(rest) };
  }

  /**
   * Rows of a sequence, fetched page by page (10,000 rows) as they are consumed. Values are in the order of `columns`, or
   * of the sequence's own columns.
   *
   * @example
   * ```ts
   * import { SequencesAPI } from "pygen";
   *
   * const rows = new SequencesAPI(client).iterate({ externalId: "pump-curve" }, { columns: ["flow"] });
   * for await (const { rowNumber, values } of rows) console.log(rowNumber, values[0]);
   * ```
   */
  iterate(id: SequenceId, args: SequenceRowsIterateArgs = {}, options: RequestOptions = {}): PagedItems<SequenceRow> {
    const { limit, cursor, ...query } = args;
    return paginate(
      async (next, size, page) => {
        const asked = { ...query, cursor: next };
        const { rows, nextCursor } = await this.#page(id, asked, size, { ...options, ...page });
        return { items: rows, ...(nextCursor == null ? {} : { nextCursor }) };
      },
      { limit: checkedLimit(limit, "limit"), cursor, pageSize, signal: options.signal, onBody: options.onBody },
    );
  }

  /** The last row of a sequence, or the last one before a row; `rows` is empty when there is none. */
  async latest(id: SequenceId, args: SequenceLatestArgs = {}, options: RequestOptions = {}): Promise<SequenceRows> {
    const { before, columns } = args;
    return this.#http.request({
      ...options,
      method: "POST",
      path: "/sequences/data/latest",
      body: { ...wireId(id, sequenceIds, "id"), before, columns },
      schema: sequenceRowsPage,
    });
  }

  /**
   * Deletes rows: any number, 10,000 a request. Rows that are not there are no error.
   *
   * @throws as `insert`
   */
  async delete(items: readonly SequenceRowsDelete[], options: RequestOptions = {}): Promise<void> {
    const checked = listOf(items, "items").map((item, place) => {
      const path = `items[${place}]`;
      checkRowList(item.rows, path);
      return { ...wireId(item, sequenceIds, path), rows: item.rows };
    });
    await this.#write("/delete", checked, () => 1, deleteLimits, options);
  }

  #write<T extends SequenceId & { readonly rows: readonly unknown[] }>(
    path: string,
    items: readonly T[],
    unitsOf: (item: T) => number,
    limits: typeof insertLimits | typeof deleteLimits,
    options: RequestOptions,
  ): Promise<void> {
    return runPacked<T>({
      items,
      limits,
      sizeOf: (item) => ({ elements: item.rows.length, unitsEach: unitsOf(item) }),
      cut: (item, from, to) => ({ ...item, rows: item.rows.slice(from, to) }),
      concurrency: this.#http.concurrency("datapoints"),
      idOf: ({ externalId, id }) => (externalId === undefined ? { id } : { externalId }),
      signal: options.signal,
      send: (chunk) =>
        this.#http.request({
          ...options,
          method: "POST",
          path: `/sequences/data${path}`,
          body: { items: chunk },
          schema: nothing,
        }),
    });
  }

  #page(
    id: SequenceId,
    { start, end, columns, cursor }: SequenceRowsArgs & { readonly cursor?: string | undefined },
    limit: number,
    options: RequestOptions,
  ): Promise<SequenceRowsPage> {
    return this.#http.request({
      ...options,
      method: "POST",
      path: "/sequences/data/list",
      body: { ...wireId(id, sequenceIds, "id"), start, end, columns, limit, cursor },
      schema: sequenceRowsPage,
    });
  }
}

function checkRows({ columns, rows }: SequenceRowsInsert, path: string): void {
  if (!Array.isArray(columns) || columns.length === 0) {
    throw new InputError("INPUT.COLUMNS", `${path}.columns must name at least one column.`, {
      path: `${path}.columns`,
    });
  }
  checkRowList(rows, path);
  for (const [place, row] of rows.entries()) {
    const { rowNumber, values = [] } = row ?? {};
    const at = `${path}.rows[${place}]`;
    if (!Number.isSafeInteger(rowNumber) || rowNumber < 0) {
      throw new InputError("INPUT.ROW", `${at}.rowNumber must be a whole number from 0; it is ${rowNumber}.`, {
        path: `${at}.rowNumber`,
      });
    }
    if (values.length !== columns.length) {
      const message = `${at} has ${values.length} values, but ${columns.length} columns are named.`;
      throw new InputError("INPUT.ROW", message, { path: at });
    }
  }
}

function checkRowList(rows: readonly unknown[], path: string): void {
  if (Array.isArray(rows)) return;
  throw new InputError("INPUT.ROWS", `${path}.rows must be a list.`, { path: `${path}.rows` });
}
