import type { Row } from "../decode/row.js";
import type { OnBody } from "./requests.js";

/** Rows of one page of a list, complete with all that hangs on them. */
export interface RowsPage {
  readonly rows: readonly Row[];
  readonly next: string | undefined;
}

/** Reads a list page by page. */
export interface PageReader {
  /** How many rows a page has now. */
  readonly pageSize: number;
  /** One page. `onBody` sees the answer with the list's own rows. */
  page(cursor: string | undefined, signal: AbortSignal, onBody: OnBody): Promise<RowsPage>;
}
