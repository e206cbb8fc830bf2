import type { ViewDescriptor } from "../../ir/index.js";
import type { NodeReference, SearchOperator } from "../../models/index.js";
import type { ListQuery } from "./api.js";
import type { Content, Datapoints, SequenceContent, SeveralDatapoints } from "./attached.js";
import type { CallOptions, QueryBounds } from "./call.js";
import type { DeletePlan, DeleteResult } from "./deleting.js";
import type { Scope } from "./scope.js";
import type { Found } from "./searching.js";
import type { ChangeStream, LiveArgs, LiveRows, SyncOptions } from "./syncing.js";
import type { ViewLike } from "./view-like.js";
import type { UpsertResult, WriteOptions, WritePlan } from "./writing.js";

/** A row of a view that is known at run time only. */
export interface UntypedRow {
  readonly space: string;
  readonly externalId: string;
  readonly [property: string]: unknown;
}

/** Plain data in the forms that typed calls take, checked when the call is made. */
export type UntypedArgs = Readonly<Record<string, unknown>>;

/** What a list of a view that is known at run time only takes. */
export interface UntypedListArgs extends CallOptions, QueryBounds {
  readonly targetUnits?: UntypedArgs;
  readonly where?: UntypedArgs;
  readonly select?: UntypedArgs;
  readonly sort?: readonly UntypedArgs[];
  readonly limit?: number;
  readonly pageSize?: number;
}

/** Options of reading instances by id. */
export interface UntypedRetrieveArgs extends CallOptions, QueryBounds {
  readonly targetUnits?: UntypedArgs;
  readonly select?: UntypedArgs;
}

/** What a search takes besides the words. */
export interface UntypedSearchArgs extends CallOptions {
  readonly targetUnits?: UntypedArgs;
  readonly properties?: readonly string[];
  readonly operator?: SearchOperator;
  readonly where?: UntypedArgs;
  readonly select?: UntypedArgs;
  readonly sort?: readonly UntypedArgs[];
  readonly limit?: number;
}

/** What to compute over the instances of a view that is known at run time only. */
export interface UntypedAggregateArgs extends CallOptions {
  readonly targetUnits?: UntypedArgs;
  readonly count?: true | UntypedArgs;
  readonly avg?: UntypedArgs;
  readonly sum?: UntypedArgs;
  readonly min?: UntypedArgs;
  readonly max?: UntypedArgs;
  readonly histogram?: UntypedArgs;
  readonly groupBy?: readonly string[];
  readonly where?: UntypedArgs;
  readonly query?: string;
  readonly properties?: readonly string[];
  readonly operator?: SearchOperator;
  readonly limit?: number;
}

/** What reading instances through several views takes. */
export type UntypedByViewArgs = Omit<UntypedListArgs, "select">;

/** What a sync of a view that is known at run time only takes. */
export interface UntypedSyncArgs extends SyncOptions {
  readonly where?: UntypedArgs;
  readonly select?: UntypedArgs;
}

/** What a live result set of a view that is known at run time only takes. */
export interface UntypedLiveArgs extends CallOptions {
  readonly where?: UntypedArgs;
  readonly select?: UntypedArgs;
  readonly poll?: LiveArgs<unknown, Scope>["poll"];
}

/** Options of deleting. */
export interface UntypedDeleteOptions extends CallOptions {
  readonly recursive?: UntypedArgs;
  readonly dryRun?: boolean;
}

type Ids = readonly (string | NodeReference)[];

/** Reads and writes the instances of a view that is known at run time only: as `ViewApi`, without its types. */
export interface UntypedViewApi {
  /** The view's metadata, as it was when the data model was loaded. */
  readonly view: ViewDescriptor;
  list(args?: UntypedListArgs): ListQuery<UntypedRow>;
  retrieve(id: string | NodeReference, args?: UntypedRetrieveArgs): Promise<UntypedRow | undefined>;
  retrieve(ids: readonly (string | NodeReference)[], args?: UntypedRetrieveArgs): Promise<UntypedRow[]>;
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
  /** Without words, all that the conditions let through. */
  search(query: string | undefined, args?: UntypedSearchArgs): Promise<Found<UntypedRow>>;
  aggregate(args: UntypedAggregateArgs): Promise<UntypedArgs>;
  byView(views: readonly ViewLike[], args?: UntypedByViewArgs): ListQuery<UntypedRow>;
  datapoints(of: string | NodeReference, property?: string): Promise<Datapoints>;
  datapoints(of: readonly (string | NodeReference)[], property?: string): Promise<SeveralDatapoints>;
  content(of: string | NodeReference, property?: string): Promise<Content>;
  sequence(of: NodeReference, property: string): Promise<SequenceContent>;
  upsert(items: readonly UntypedArgs[], options: WriteOptions & { readonly dryRun: true }): Promise<WritePlan>;
  upsert(items: readonly UntypedArgs[], options?: WriteOptions & { readonly dryRun?: false }): Promise<UpsertResult>;
  nested(item: UntypedArgs): UntypedArgs;
  delete(
    target: Ids | { readonly where: UntypedArgs },
    options: UntypedDeleteOptions & { readonly dryRun: true },
  ): Promise<DeletePlan>;
  delete(
    target: Ids | { readonly where: UntypedArgs },
    options?: UntypedDeleteOptions & { readonly dryRun?: false },
  ): Promise<DeleteResult>;
  sync(args?: UntypedSyncArgs): ChangeStream<UntypedRow>;
  live(args?: UntypedLiveArgs): Promise<LiveRows<UntypedRow>>;
}

/** A handle for each view of a data model, by the names that generated code would have. */
export type UntypedBound = { readonly [view: string]: UntypedViewApi } & {
  upsert(
    items: Readonly<Record<string, readonly UntypedArgs[]>>,
    options: WriteOptions & { readonly dryRun: true },
  ): Promise<WritePlan>;
  upsert(
    items: Readonly<Record<string, readonly UntypedArgs[]>>,
    options?: WriteOptions & { readonly dryRun?: false },
  ): Promise<UpsertResult>;
};
