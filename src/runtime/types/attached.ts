import type {
  AggregatesRetrieveArgs,
  DatapointsCursor,
  DatapointsLatestArgs,
  DatapointsRetrieveArgs,
  DatapointWrite,
  FileContent,
  FileUploadArgs,
  SequenceLatestArgs,
  SequenceRowsArgs,
  Timestamp,
  UploadedFile,
} from "../../client/index.js";
import type {
  AggregateDatapoint,
  Datapoint,
  DatapointAggregate,
  DatapointStatus,
  SequenceRow,
  SequenceRows,
} from "../../models/index.js";
import type { CallOptions } from "./call.js";
import type { ElementOf, FactOf, IsMany, StringKindOf } from "./markers.js";
import type { NameOf } from "./names.js";
import type { Id, Scope } from "./scope.js";
import type { ViewName, Wrong } from "./wrong.js";

/** What has data beside the instances (contract 11). */
export type ResourceKind = "timeseries" | "file" | "sequence";

/** What messages call them. */
interface Plurals {
  readonly timeseries: "time series";
  readonly file: "files";
  readonly sequence: "sequences";
}

/** A node that is a time series or a file itself, by id. */
export type Itself<T, C extends Scope, Kind extends "timeseries" | "file"> = [Kind] extends [FactOf<T, "resource">]
  ? Id<C>
  : Wrong<`${ViewName<T>} is no view of ${Plurals[Kind]}: name a property that holds one`>;

/** A row that was read with a property. */
export type RowWith<P extends string> = { readonly [K in P]: unknown };

type HoldsKind<P, Kind extends ResourceKind> = [ElementOf<P>] extends [string]
  ? Kind extends StringKindOf<ElementOf<P>>
    ? true
    : false
  : false;

/** The name of a property that holds external ids of time series, files or sequences; else a message in its place. */
export type ResourceName<T, P extends string, Kind extends ResourceKind> =
  P extends NameOf<T>
    ? HoldsKind<T[P], Kind> extends true
      ? P
      : Wrong<`'${P}' of ${ViewName<T>} holds no ${Plurals[Kind]}`>
    : Wrong<`'${P}' is not a property of ${ViewName<T>}`>;

/** The same of a property that holds one of them. */
export type OneResourceName<T, P extends string, Kind extends ResourceKind> =
  P extends NameOf<T>
    ? IsMany<T[P]> extends true
      ? Wrong<`'${P}' of ${ViewName<T>} is a list: give rows in an array`>
      : ResourceName<T, P, Kind>
    : ResourceName<T, P, Kind>;

/** Data points of a numeric series in columns of one length; times are milliseconds since 1970. */
export interface NumberColumns {
  readonly isString: false;
  readonly timestamps: Float64Array;
  readonly values: Float64Array;
  /** External id of the unit of the values. */
  readonly unitExternalId?: string;
  /** With `includeStatus`. */
  readonly statuses?: readonly (DatapointStatus | undefined)[];
}

/** Data points of a series of texts in columns of one length; times are milliseconds since 1970. */
export interface TextColumns {
  readonly isString: true;
  readonly timestamps: Float64Array;
  readonly values: readonly string[];
  /** With `includeStatus`. */
  readonly statuses?: readonly (DatapointStatus | undefined)[];
}

/** Data points in columns; `isString` tells which kind they are. */
export type DatapointColumns = NumberColumns | TextColumns;

/** Aggregates that are numbers, and so fit in columns. */
export type ColumnAggregate = {
  [A in DatapointAggregate]: AggregateDatapoint<A> extends { readonly [K in A]?: number } ? A : never;
}[DatapointAggregate];

/** Aggregates in columns of one length; `NaN` where an interval has none. */
export type AggregateColumns<A extends ColumnAggregate> = {
  /** Where each interval begins, in milliseconds since 1970. */
  readonly timestamps: Float64Array;
} & { readonly [K in A]: Float64Array };

type RawArgs = Omit<DatapointsRetrieveArgs, "ignoreUnknownIds"> & CallOptions;
type AggregateArgs<A extends ColumnAggregate> = Omit<AggregatesRetrieveArgs<A>, "ignoreUnknownIds"> & CallOptions;
type LatestArgs = Omit<DatapointsLatestArgs, "ignoreUnknownIds"> & CallOptions;

/** The points of a range, or the one at `inclusiveBegin` where there is no `exclusiveEnd`. */
export interface DatapointRange {
  readonly inclusiveBegin: Timestamp;
  readonly exclusiveEnd?: Timestamp;
}

/** The data points of one time series. */
export interface Datapoints {
  /** All points of a range, or aggregates over intervals of it; `undefined` where there is no such series. */
  retrieve(args?: RawArgs): Promise<DatapointColumns | undefined>;
  retrieve<A extends ColumnAggregate>(args: AggregateArgs<A>): Promise<AggregateColumns<A> | undefined>;
  /** The same page by page, 100,000 points or 10,000 intervals each: for series of any length, in the memory of a page. */
  pages(args?: RawArgs & DatapointsCursor): AsyncIterable<DatapointColumns & DatapointsCursor>;
  pages<A extends ColumnAggregate>(
    args: AggregateArgs<A> & DatapointsCursor,
  ): AsyncIterable<AggregateColumns<A> & DatapointsCursor>;
  /** The last point, or the last one before a time. */
  latest(args?: LatestArgs): Promise<Datapoint | undefined>;
  /** Writes any number of points; one at a time that has one replaces it. */
  insert(points: readonly DatapointWrite[], options?: CallOptions): Promise<void>;
  /** Deletes points of any number of ranges. */
  delete(ranges: readonly DatapointRange[], options?: CallOptions): Promise<void>;
}

/** The data points of several time series, 100 a request: results are in the order in which the series were named. */
export interface SeveralDatapoints {
  retrieve(args?: RawArgs): Promise<(DatapointColumns | undefined)[]>;
  retrieve<A extends ColumnAggregate>(args: AggregateArgs<A>): Promise<(AggregateColumns<A> | undefined)[]>;
  latest(args?: LatestArgs): Promise<(Datapoint | undefined)[]>;
}

/** The content of one file; `undefined` where the row names none. */
export interface Content {
  /** All of it in memory. */
  download(options?: CallOptions): Promise<Blob | undefined>;
  /** As a stream, for files of any size. */
  stream(options?: CallOptions): Promise<ReadableStream<Uint8Array> | undefined>;
  /** An address that is good without a token for 30 seconds, or for an hour. */
  link(args?: { readonly extendedExpiration?: boolean } & CallOptions): Promise<string | undefined>;
  /** Replaces it. What is longer than a part (16 MiB) goes in parts, several at once. */
  upload(content: FileContent, args?: FileUploadArgs & CallOptions): Promise<UploadedFile>;
}

/** The rows of one sequence; `undefined` where the row of the view names none. */
export interface SequenceContent {
  /** All rows of a range, with the columns that their values are in. */
  retrieve(args?: SequenceRowsArgs & CallOptions): Promise<SequenceRows | undefined>;
  /** The same row by row, for sequences of any length, in the memory of a page. */
  iterate(args?: SequenceRowsArgs & CallOptions): AsyncIterable<SequenceRow>;
  /** The last row, or the last one before a row; `rows` is empty where there is none. */
  latest(args?: SequenceLatestArgs & CallOptions): Promise<SequenceRows | undefined>;
  /** Writes rows; values of columns that are not named stay as they are. */
  insert(columns: readonly string[], rows: readonly SequenceRow[], options?: CallOptions): Promise<void>;
  /** Deletes rows by their numbers. */
  delete(rows: readonly number[], options?: CallOptions): Promise<void>;
}
