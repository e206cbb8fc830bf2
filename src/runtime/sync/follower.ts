import type { PygenClient } from "../../client/index.js";
import { isApiError, ResponseError } from "../../errors/index.js";
import type { Instance, SyncMode } from "../../models/index.js";
import { PageSize } from "../execute/page-size.js";
import type { ReadOptions } from "../execute/requests.js";
import { type SyncPlan, syncRequest, syncSet } from "./plan-sync.js";

/** Instances of a page: the service takes up to 2,000 (contract 8.2). */
const pageSize = 1_000;

/** What changed, in order. */
export interface FollowedPage {
  readonly instances: readonly Instance[];
  readonly cursor: string;
  /** The given cursor was too old: what was told before it is void. */
  readonly reset: boolean;
  /** There may be more already. */
  readonly full: boolean;
}

/** How to follow. */
export interface FollowerRules {
  /** What comes without a cursor. */
  readonly first: SyncMode;
  /** What comes when the cursor was too old. */
  readonly afterExpiry: SyncMode;
  readonly expired: "reset" | "accept-missed-deletes" | "throw";
}

/** Asks for the changes of a sync, page by page. */
export class Follower {
  readonly #plan: SyncPlan;
  readonly #calls: Pick<PygenClient["instances"], "sync">;
  readonly #options: ReadOptions;
  readonly #rules: FollowerRules;
  readonly #size = new PageSize(pageSize);

  constructor(
    plan: SyncPlan,
    calls: Pick<PygenClient["instances"], "sync">,
    options: ReadOptions,
    rules: FollowerRules,
  ) {
    this.#plan = plan;
    this.#calls = calls;
    this.#options = options;
    this.#rules = rules;
  }

  /** The page after a cursor, or the first one. Where the service runs out of time, a smaller one. */
  async page(cursor: string | undefined): Promise<FollowedPage> {
    for (;;) {
      const { rows } = this.#size;
      try {
        const page = await this.#send(cursor, rows);
        this.#size.succeeded();
        return page;
      } catch (error) {
        const ranOutOfTime = isApiError(error) && error.status === 408;
        if (!ranOutOfTime || !this.#size.halve(rows)) throw error;
      }
    }
  }

  async #send(cursor: string | undefined, limit: number): Promise<FollowedPage> {
    const { expired } = this.#rules;
    try {
      return { ...(await this.#request(cursor, limit)), reset: false };
    } catch (error) {
      // No text tells old cursors apart (contract 8.2): what is refused with one and not without was too old.
      if (cursor === undefined || expired === "throw" || !isApiError(error) || error.status !== 400) throw error;
      const reset = expired === "reset";
      const anew = reset
        ? this.#request(undefined, limit, { mode: this.#rules.afterExpiry })
        : this.#request(cursor, limit, { lenient: true });
      const page = await anew.catch((again: unknown) => {
        throw isApiError(again) && again.status === 400 ? error : again;
      });
      return { ...page, reset };
    }
  }

  async #request(
    cursor: string | undefined,
    limit: number,
    { mode = this.#rules.first, lenient = false }: { readonly mode?: SyncMode; readonly lenient?: boolean } = {},
  ): Promise<Omit<FollowedPage, "reset">> {
    const request = syncRequest(this.#plan, { cursor, mode, limit });
    const answer = await this.#calls.sync(
      lenient ? { ...request, allowExpiredCursorsAndAcceptMissedDeletes: true } : request,
      this.#options,
    );
    const instances = answer.items[syncSet] ?? [];
    const next = answer.nextCursor[syncSet];
    if (typeof next !== "string") {
      throw new ResponseError("RESPONSE.PAGING", "The answer of the service has no cursor to go on with.");
    }
    return { instances, cursor: next, full: instances.length >= limit };
  }
}
