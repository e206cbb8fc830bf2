import { ItemIterator, loadPart } from "../../client/index.js";
import { writeJson } from "../../models/index.js";
import type { QueryPlan } from "../plan/plan.js";
import { unbounded } from "../problems.js";
import type { ListQuery, RowPage } from "../types/api.js";
import type { Explanation, ProfiledExplanation } from "../types/explaining.js";
import type { Watch } from "./read-calls.js";
import { readable } from "./readable.js";
import { type ListRun, type StreamedPage, streamPages } from "./stream-pages.js";

/** Rows that an awaited list without a limit may have (design decision 3). */
const mostAwaited = 10_000;

/** How a list is run. */
export interface OpenOptions {
  /** Rows that are wanted at most. */
  readonly most?: number | undefined;
  readonly watch?: Watch;
  /** Whether its pages must have cursors. */
  readonly resumable?: boolean;
}

/** Where the rows of a list come from, and how. */
export interface ListSource {
  /** Gets ready to run: what the rows depend on may be read by then. */
  open(how: OpenOptions): Promise<ListRun>;
  /** How many rows there are. */
  count(): Promise<number>;
  /** What would be sent; nothing is. */
  explain(): Promise<QueryPlan>;
}

/** A list that runs when it is awaited or iterated, each time anew. */
export class LazyList<Row> implements ListQuery<Row> {
  readonly #source: ListSource;
  /** Rows that it has at most where no limit is given. */
  readonly #most: number;
  readonly #signal: AbortSignal | undefined;

  /** @param bounded - whether the caller gave no limit, not even `Infinity` */
  constructor(source: ListSource, bounded: boolean, signal?: AbortSignal) {
    this.#source = source;
    this.#most = bounded ? mostAwaited : Number.POSITIVE_INFINITY;
    this.#signal = signal;
  }

  explain(options: { readonly profile: true }): Promise<ProfiledExplanation>;
  explain(options?: { readonly profile?: false }): Promise<Explanation>;
  async explain(options: { readonly profile?: boolean } = {}): Promise<Explanation> {
    const load = () => import("./explain.js");
    const { explainList, profileList } = await loadPart("explaining", load, { signal: this.#signal });
    if (options.profile !== true) return explainList(await this.#source.explain());
    return profileList((watch) => this.#source.open({ watch }), this.#most, this.#signal);
  }

  count(): Promise<number> {
    return this.#source.count();
  }

  async first(): Promise<Row | undefined> {
    const [row] = await this.#collect(1);
    return row;
  }

  toArray({ limit }: { readonly limit?: number } = {}): Promise<Row[]> {
    return this.#collect(limit);
  }

  stream(): ReadableStream<Row> {
    return readable(() => this[Symbol.asyncIterator]());
  }

  ndjson(): ReadableStream<Uint8Array<ArrayBuffer>> {
    return readable(() => this.#lines());
  }

  pages(options: { readonly cursor?: string } = {}): AsyncIterable<RowPage<Row>> {
    return { [Symbol.asyncIterator]: () => this.#pages(options.cursor) };
  }

  async page({ cursor }: { readonly cursor?: string } = {}): Promise<RowPage<Row>> {
    const { run, onePage } = await this.#resumable();
    return onePage<Row>(run, cursor, this.#signal);
  }

  [Symbol.asyncIterator](): AsyncIterator<Row, undefined> {
    return new ItemIterator(this.#stream(), this.#signal);
  }

  // biome-ignore lint/suspicious/noThenProperty: a list is awaited to collect its rows (design decision 3)
  then<A = Row[], B = never>(
    fulfilled?: ((rows: Row[]) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#collect().then(fulfilled, rejected);
  }

  catch<Other = never>(rejected?: ((reason: unknown) => Other | PromiseLike<Other>) | null): Promise<Row[] | Other> {
    return this.#collect().catch(rejected);
  }

  finally(settled?: (() => void) | null): Promise<Row[]> {
    return this.#collect().finally(settled);
  }

  async *#pages(cursor: string | undefined): AsyncGenerator<RowPage<Row>, void, undefined> {
    const { run, resumablePages } = await this.#resumable();
    yield* resumablePages<Row>(run, cursor, this.#signal);
  }

  async #resumable() {
    const load = () => import("./resumable-pages.js");
    const [run, part] = await Promise.all([
      this.#source.open({ resumable: true }),
      loadPart("pages of lists", load, { signal: this.#signal }),
    ]);
    return { run, ...part };
  }

  async *#stream(most?: number): AsyncGenerator<StreamedPage<Row>, void, undefined> {
    yield* streamPages<Row>(await this.#source.open({ most }), undefined, this.#signal);
  }

  async *#lines(): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
    const encoder = new TextEncoder();
    for await (const { items } of this.#stream()) {
      yield encoder.encode(items.map((row) => `${writeJson(row)}\n`).join(""));
    }
  }

  async #collect(limit?: number): Promise<Row[]> {
    const rows: Row[] = [];
    const most = limit === undefined ? this.#most : Number.POSITIVE_INFINITY;
    for await (const page of this.#stream(limit)) {
      for (const row of page.items) rows.push(row);
      if (rows.length > most) throw unbounded(most);
    }
    return rows;
  }
}
