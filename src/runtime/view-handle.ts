import type { ViewDescriptor } from "../ir/index.js";
import { formatVersionedId, type NodeReference } from "../models/index.js";
import { LazyList, type ListSource } from "./execute/list-query.js";
import type { HandleContext } from "./handle-context.js";
import { callOptions, watched } from "./operations/call-options.js";
import { list } from "./operations/list.js";
import { sync } from "./operations/sync.js";
import {
  aggregate,
  countRows,
  explainByView,
  openByView,
  openContent,
  openDatapoints,
  openLive,
  openSequence,
  related,
  remove,
  retrieve,
  search,
  upsert,
} from "./parts.js";
import type { ListQuery } from "./types/api.js";
import type { Content, Datapoints, SequenceContent, SeveralDatapoints } from "./types/attached.js";
import type { CallOptions, QueryBounds } from "./types/call.js";
import type { DeletePlan, DeleteResult } from "./types/deleting.js";
import type { Found } from "./types/searching.js";
import type { ChangeStream, LiveRows } from "./types/syncing.js";
import type {
  UntypedAggregateArgs,
  UntypedArgs,
  UntypedByViewArgs,
  UntypedDeleteOptions,
  UntypedListArgs,
  UntypedLiveArgs,
  UntypedRetrieveArgs,
  UntypedRow,
  UntypedSearchArgs,
  UntypedSyncArgs,
  UntypedViewApi,
} from "./types/untyped.js";
import type { UpsertResult, WriteOptions, WritePlan } from "./types/writing.js";

/** Reads and writes the instances of one view; types are laid over it by `bind`. Each call is a function of its own. */
export class ViewHandle implements UntypedViewApi {
  readonly view: ViewDescriptor;
  readonly #context: HandleContext;

  constructor(context: HandleContext, view: ViewDescriptor) {
    this.#context = context;
    this.view = view;
  }

  static contextOf(handle: ViewHandle): HandleContext {
    return handle.#context;
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

  related(
    instance: string | NodeReference,
    relation: string,
    args?: UntypedArgs | true,
    options?: CallOptions & QueryBounds,
  ): Promise<unknown>;
  related(
    instances: readonly (string | NodeReference)[],
    relation: string,
    args?: UntypedArgs | true,
    options?: CallOptions & QueryBounds,
  ): Promise<unknown[]>;
  async related(
    ids: string | NodeReference | readonly (string | NodeReference)[],
    relation: string,
    args?: UntypedArgs | true,
    options: CallOptions & QueryBounds = {},
  ): Promise<unknown> {
    const many = Array.isArray(ids);
    const found = await related(this.#context, this.view, many ? ids : [ids], relation, args, options);
    return many ? found : found[0];
  }

  search(query: string | undefined, args: UntypedSearchArgs = {}): Promise<Found<UntypedRow>> {
    return search(this.#context, this.view, query, args);
  }

  aggregate(args: UntypedAggregateArgs): Promise<UntypedArgs> {
    return aggregate(this.#context, this.view, args);
  }

  byView(views: readonly unknown[], args: UntypedByViewArgs = {}): ListQuery<UntypedRow> {
    const { view } = this;
    const source: ListSource = {
      open: ({ most, watch }) => openByView(watched(this.#context, watch), view, views, most, args),
      count: () => countRows(this.#context, view, args, callOptions(args)),
      explain: () => explainByView(this.#context, view, views, args),
    };
    return new LazyList(source, args?.limit === undefined, args?.signal);
  }

  datapoints(of: string | NodeReference, property?: string): Promise<Datapoints>;
  datapoints(of: readonly (string | NodeReference)[], property?: string): Promise<SeveralDatapoints>;
  datapoints(of: unknown, property?: string): Promise<Datapoints | SeveralDatapoints> {
    return openDatapoints(this.#context, this.view, of, property);
  }

  content(of: string | NodeReference, property?: string): Promise<Content> {
    return openContent(this.#context, this.view, of, property);
  }

  sequence(of: NodeReference, property: string): Promise<SequenceContent> {
    return openSequence(this.#context, this.view, of, property);
  }

  upsert(items: readonly unknown[], options: WriteOptions & { readonly dryRun: true }): Promise<WritePlan>;
  upsert(items: readonly unknown[], options?: WriteOptions & { readonly dryRun?: false }): Promise<UpsertResult>;
  upsert(
    items: readonly unknown[],
    options: WriteOptions & { readonly dryRun?: boolean } = {},
  ): Promise<UpsertResult | WritePlan> {
    return upsert(this.#context, this.view, items, options);
  }

  nested(item: UntypedArgs): UntypedArgs {
    return { ...item, $view: formatVersionedId(this.view) };
  }

  delete(target: unknown, options: UntypedDeleteOptions & { readonly dryRun: true }): Promise<DeletePlan>;
  delete(target: unknown, options?: UntypedDeleteOptions & { readonly dryRun?: false }): Promise<DeleteResult>;
  delete(target: unknown, options: UntypedDeleteOptions = {}): Promise<DeleteResult | DeletePlan> {
    return remove(this.#context, this.view, target, options);
  }

  sync(args: UntypedSyncArgs = {}): ChangeStream<UntypedRow> {
    return sync(this.#context, this.view, args);
  }

  live(args: UntypedLiveArgs = {}): Promise<LiveRows<UntypedRow>> {
    return openLive(this.#context, this.view, args);
  }
}
