import type { ViewDescriptor } from "../../ir/index.js";
import type { NodeReference } from "../../models/index.js";
import type { CallOptions, ListQuery, UpsertResult, WriteOptions } from "./api.js";

/** A row of a view that is known at run time only. */
export interface UntypedRow {
  readonly space: string;
  readonly externalId: string;
  readonly [property: string]: unknown;
}

/** Plain data in the forms that typed calls take, checked when the call is made. */
export type UntypedArgs = Readonly<Record<string, unknown>>;

/** What a list of a view that is known at run time only takes. */
export interface UntypedListArgs extends CallOptions {
  readonly where?: UntypedArgs;
  readonly select?: UntypedArgs;
  readonly sort?: readonly UntypedArgs[];
  readonly limit?: number;
}

/** Options of reading instances by id. */
export interface UntypedRetrieveArgs extends CallOptions {
  readonly select?: UntypedArgs;
}

/** Reads and writes the instances of a view that is known at run time only: as `ViewApi`, without its types. */
export interface UntypedViewApi {
  /** The view's metadata, as it was when the data model was loaded. */
  readonly view: ViewDescriptor;
  list(args?: UntypedListArgs): ListQuery<UntypedRow>;
  retrieve(id: string | NodeReference, args?: UntypedRetrieveArgs): Promise<UntypedRow | undefined>;
  retrieve(ids: readonly (string | NodeReference)[], args?: UntypedRetrieveArgs): Promise<UntypedRow[]>;
  upsert(items: readonly UntypedArgs[], options?: WriteOptions): Promise<UpsertResult>;
  delete(
    ids: readonly (string | NodeReference)[],
    options?: CallOptions,
  ): Promise<{ readonly deleted: readonly NodeReference[] }>;
}

/** A handle for each view of a data model, by the names that generated code would have. */
export type UntypedBound = { readonly [view: string]: UntypedViewApi } & {
  upsert(items: Readonly<Record<string, readonly UntypedArgs[]>>, options?: WriteOptions): Promise<UpsertResult>;
};
