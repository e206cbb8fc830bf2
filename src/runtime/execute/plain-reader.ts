import type { Instance } from "../../models/index.js";
import type { Row } from "../decode/row.js";
import type { StagePlan } from "../plan/plan.js";
import type { PageReader, RowsPage } from "./page-reader.js";
import { listPage, type OnBody, pageIn, type Requests, type RootPage, withRows } from "./requests.js";

/** Makes rows of the instances of a page. */
type DecodePage = (instances: readonly Instance[]) => readonly Row[];

/** Reads a list of which no relations are read. */
export class PlainReader implements PageReader {
  readonly #stage: StagePlan;
  readonly #decode: DecodePage;
  readonly #requests: Requests;

  constructor(stage: StagePlan, decode: DecodePage, requests: Requests) {
    this.#stage = stage;
    this.#decode = decode;
    this.#requests = requests;
  }

  get pageSize(): number {
    return this.#requests.pageSize(this.#stage);
  }

  async page(cursor: string | undefined, signal: AbortSignal, onBody: OnBody): Promise<RowsPage> {
    const requests = this.#requests.with({ signal });
    const { rows, next } = await requests.inTime(this.#stage, (limit) => this.#fetch(requests, limit, cursor, onBody));
    return { rows: this.#decode(rows), next };
  }

  async #fetch(requests: Requests, limit: number, cursor: string | undefined, onBody: OnBody): Promise<RootPage> {
    const { endpoint, request, root } = this.#stage;
    if (endpoint === "list") return listPage(requests, { ...request, limit }, cursor, onBody);
    if (endpoint !== "query") throw new RangeError(`A list is not read by ${endpoint}.`);
    const sized = withRows(request, limit);
    const at = cursor === undefined ? sized : { ...sized, cursors: { [root.name]: cursor } };
    return pageIn(await requests.query(at, onBody), root.name);
  }
}
