import { isApiError } from "../../errors/index.js";
import type { InstancesQueryRequest, NodeReference } from "../../models/index.js";
import { type Met, type Mismatches, noneMet } from "../decode/mismatch.js";
import { compileRow, type Row } from "../decode/row.js";
import { isReference, keyOf, referenceOf } from "../identity.js";
import { narrowed } from "../plan/narrowed.js";
import { chunksOf } from "../plan/operators.js";
import type { QueryStage } from "../plan/plan.js";
import type { Registry } from "../registry.js";
import type { PageReader, RowsPage } from "./page-reader.js";
import type { OnBody, Requests } from "./requests.js";

/** Reads the instances of each page of another reader through the first of several views that they are in. */
export class ByViewReader implements PageReader {
  readonly #ids: PageReader;
  readonly #stage: QueryStage;
  readonly #sets: readonly { readonly name: string; readonly rowOf: ReturnType<typeof compileRow> }[];
  readonly #requests: Requests;
  readonly #mismatches: Mismatches;

  /** @param views - among them those that the sets of the stage are read through */
  constructor(ids: PageReader, stage: QueryStage, views: Registry, requests: Requests, mismatches: Mismatches) {
    this.#mismatches = mismatches;
    this.#ids = ids;
    this.#stage = stage;
    this.#requests = requests;
    this.#sets = [stage.root, ...(stage.beside ?? [])].map(({ name, instanceType, view, fields }) => {
      const decode = compileRow(instanceType, views.of(instanceType, view), fields, mismatches.on);
      return { name, rowOf: (instance) => Object.assign(decode(instance), { $view: view }) };
    });
  }

  get pageSize(): number {
    return this.#ids.pageSize;
  }

  async page(cursor: string | undefined, signal: AbortSignal, onBody: OnBody): Promise<RowsPage> {
    const page = await this.#ids.page(cursor, signal, onBody);
    const ids = page.rows.flatMap((row) => (isReference(row) ? [referenceOf(row)] : []));
    const requests = this.#requests.with({ signal });
    const met = noneMet();
    const chunks = chunksOf(ids, this.#stage.link?.chunk);
    const found = await Promise.all(chunks.map((chunk) => this.#read(chunk, requests, met)));
    const rows = new Map(found.flatMap((rows) => [...rows]));
    const rowOf = (id: NodeReference): Row[] => {
      const row = rows.get(keyOf(id));
      return row === undefined ? [] : [row];
    };
    this.#mismatches.met = met;
    return { rows: this.#mismatches.checked(ids.flatMap(rowOf)), next: page.next };
  }

  /** The rows of some ids; of fewer at once where the service runs out of time. */
  async #read(ids: readonly NodeReference[], requests: Requests, met: Met): Promise<Map<string, Row>> {
    try {
      const { items } = await requests.query(withIds(this.#stage.request, ids));
      const rows = new Map<string, Row>();
      // Between answers, a page that is read ahead is decoded too: what is wrong with it is its own.
      this.#mismatches.met = met;
      for (const { name, rowOf } of this.#sets) {
        for (const instance of items[name] ?? []) {
          if (!rows.has(keyOf(instance))) rows.set(keyOf(instance), rowOf(instance));
        }
      }
      return rows;
    } catch (error) {
      if (!isApiError(error) || error.status !== 408 || ids.length < 2) throw error;
      const halves = chunksOf(ids, Math.ceil(ids.length / 2));
      const found = await Promise.all(halves.map((half) => this.#read(half, requests, met)));
      return new Map(found.flatMap((rows) => [...rows]));
    }
  }
}

/** Every set of the request, of these ids alone. */
function withIds(request: InstancesQueryRequest, ids: readonly NodeReference[]): InstancesQueryRequest {
  const sets = Object.entries(request.with).map(([name, set]) => [name, narrowed(set, { instanceReferences: ids })]);
  return { ...request, with: Object.fromEntries(sets) };
}
