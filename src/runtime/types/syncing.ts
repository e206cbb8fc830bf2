import type { CallOptions } from "./call.js";
import type { StoredName } from "./names.js";
import type { Following, Scope } from "./scope.js";
import type { SelectFacts } from "./select.js";
import type { Where } from "./where.js";

/** What to read of instances that changed: values, ids of direct relations, and facts; they alone tell that they changed. */
export type SyncSelect<T> = { readonly [K in StoredName<T>]?: true } & SelectFacts;

/** An instance that is there, new or changed, as it is now. */
export interface Upserted<Row> {
  readonly change: "upserted";
  readonly row: Row;
}

/** An instance that is there no more. */
export interface Deleted {
  readonly change: "deleted";
  readonly space: string;
  readonly externalId: string;
  readonly deletedTime: Date;
}

/**
 * All that was told before is void, because the cursor had become too old for the service to know what was deleted since:
 * what is there now comes anew, as `upserted`.
 */
export interface Reset {
  readonly change: "reset";
}

/** One change of the instances of a view. */
export type Change<Row> = Upserted<Row> | Deleted | Reset;

/** Changes in their order, and the cursor that goes on after them. A page may be empty: its cursor is fresh. */
export interface ChangePage<Row> {
  readonly items: readonly Change<Row>[];
  readonly cursor: string;
}

/** How to follow changes. */
export interface SyncOptions extends CallOptions {
  /** Goes on after a page of the same sync, also in another process. */
  readonly cursor?: string;
  /** Whether what is there comes first, as `upserted`; else only what changes from now on. @defaultValue true */
  readonly backfill?: boolean;
  /**
   * How long to wait when there is nothing new, in milliseconds: `min` at first, twice as long each time there is still
   * nothing, up to `max`. `false` ends then. @defaultValue { min: 1000, max: 30000 }
   */
  readonly poll?: false | { readonly min?: number; readonly max?: number };
  /**
   * What to do when the cursor is older than the service allows (3 days): begin anew, with a `reset`; go on, though
   * deletes may have been missed; or throw. @defaultValue "reset"
   */
  readonly expired?: "reset" | "accept-missed-deletes" | "throw";
}

/** What `sync` takes besides `select`. */
export interface SyncArgs<T, C extends Scope> extends SyncOptions {
  /** Only these instances; one that stops matching is not told. For that: `live`, or `sync` without `where`. */
  readonly where?: Where<T, Following<C>>;
}

/** Changes that come when they are iterated: one by one, or by pages with the cursor after each. */
export interface ChangeStream<Row> extends AsyncIterable<Change<Row>> {
  pages(): AsyncIterable<ChangePage<Row>>;
}

/** What `live` takes besides `select`. */
export interface LiveArgs<T, C extends Scope> extends CallOptions {
  readonly where?: Where<T, Following<C>>;
  readonly poll?: { readonly min?: number; readonly max?: number };
}

/** A result set in memory that is kept current. Iterated, it gives its rows now and after each change. */
export interface LiveRows<Row> extends AsyncIterable<readonly Row[]> {
  /** The rows as they are now: another array after each change, the same one else. */
  readonly rows: readonly Row[];
  /** Why it is kept current no more; `undefined` while it is, or when it was closed. */
  readonly error: unknown;
  /** Calls back after each change, and when it ends. Gives what ends that. */
  subscribe(listener: () => void): () => void;
  /** Ends the following. The rows stay. */
  close(): void;
}
