import type { ViewDescriptor } from "../ir/index.js";
import type { NodeReference } from "../models/index.js";
import type { HandleContext } from "./handle-context.js";
import { list } from "./operations/list.js";
import { retrieve } from "./operations/retrieve.js";
import { remove, upsert } from "./parts.js";
import type { CallOptions, ListQuery, UpsertResult, WriteOptions } from "./types/api.js";
import type { UntypedListArgs, UntypedRetrieveArgs, UntypedRow, UntypedViewApi } from "./types/untyped.js";

/** Reads and writes the instances of one view; types are laid over it by `bind`. Each call is a function of its own. */
export class ViewHandle implements UntypedViewApi {
  readonly view: ViewDescriptor;
  readonly #context: HandleContext;

  constructor(context: HandleContext, view: ViewDescriptor) {
    this.#context = context;
    this.view = view;
  }

  list(args: UntypedListArgs = {}): ListQuery<UntypedRow> {
    return list(this.#context, this.view, args);
  }

  retrieve(id: string | NodeReference, args?: UntypedRetrieveArgs): Promise<UntypedRow | undefined>;
  retrieve(ids: readonly (string | NodeReference)[], args?: UntypedRetrieveArgs): Promise<UntypedRow[]>;
  async retrieve(
    ids: string | NodeReference | readonly (string | NodeReference)[],
    args: UntypedRetrieveArgs = {},
  ): Promise<UntypedRow | UntypedRow[] | undefined> {
    const many = Array.isArray(ids);
    const rows = await retrieve(this.#context, this.view, many ? ids : [ids], args);
    return many ? rows : rows[0];
  }

  upsert(items: readonly unknown[], options: WriteOptions = {}): Promise<UpsertResult> {
    return upsert(this.#context, this.view, items, options);
  }

  delete(
    ids: readonly (string | NodeReference)[],
    options: CallOptions = {},
  ): Promise<{ readonly deleted: readonly NodeReference[] }> {
    return remove(this.#context, this.view, ids, options);
  }
}
