import { Gate, type PygenClient } from "../../client/index.js";
import { isApiError } from "../../errors/index.js";
import type {
  Instance,
  InstancesByIdsRequest,
  InstancesListRequest,
  InstancesPage,
  InstancesQueryRequest,
  InstancesQueryResponse,
  InstanceType,
  NodeReference,
} from "../../models/index.js";
import type { StagePlan } from "../plan/plan.js";
import type { CallOptions } from "../types/call.js";
import { PageSize } from "./page-size.js";

/** The calls that reading needs. */
export type ReadCalls = Pick<PygenClient["instances"], "list" | "query" | "retrieve">;

/** Options of the requests of one query. */
export interface ReadOptions extends CallOptions {
  /** Reads the text of answers: with `parseJson`, integers beyond 2^53 come as `bigint`. */
  readonly parse?: (text: string) => unknown;
}

/** Sees the text of an answer before it is read. */
export type OnBody = (text: string) => void | PromiseLike<void>;

/** A page of the root set of a stage. */
export interface RootPage {
  readonly rows: readonly Instance[];
  readonly next: string | undefined;
}

/** Requests of one query under way at once; more of them would only wait for each other in the client. */
const mostAtOnce = 4;

/** What the requests of one query share. */
interface Shared {
  readonly gate: Gate;
  readonly sizes: Map<StagePlan, PageSize>;
}

/** Sends the requests of one query: so many at once, and for fewer rows where the service runs out of time. */
export class Requests {
  readonly #calls: ReadCalls;
  readonly #options: ReadOptions;
  readonly #shared: Shared;

  constructor(
    calls: ReadCalls,
    options: ReadOptions,
    shared: Shared = { gate: new Gate(mostAtOnce), sizes: new Map() },
  ) {
    this.#calls = calls;
    this.#options = options;
    this.#shared = shared;
  }

  /** The same with some options of its own. */
  with(options: ReadOptions): Requests {
    return new Requests(this.#calls, { ...this.#options, ...options }, this.#shared);
  }

  /** How many rows a page of a stage has now. */
  pageSize(plan: StagePlan): number {
    return this.#sizeOf(plan).rows;
  }

  /** A page of a stage; where the service runs out of time, one of fewer rows. */
  async inTime<T>(plan: StagePlan, fetch: (rows: number) => Promise<T>): Promise<T> {
    const size = this.#sizeOf(plan);
    for (;;) {
      const { rows } = size;
      try {
        const page = await fetch(rows);
        size.succeeded();
        return page;
      } catch (error) {
        const ranOutOfTime = isApiError(error) && error.status === 408;
        if (!ranOutOfTime || !size.halve(rows)) throw error;
      }
    }
  }

  list(request: InstancesListRequest, onBody?: OnBody): Promise<InstancesPage> {
    return this.#shared.gate.run(() => this.#calls.list(request, { ...this.#options, onBody }));
  }

  query(request: InstancesQueryRequest, onBody?: OnBody): Promise<InstancesQueryResponse> {
    return this.#shared.gate.run(() => this.#calls.query(request, { ...this.#options, onBody }));
  }

  retrieve(
    instanceType: InstanceType,
    ids: readonly NodeReference[],
    { items: _template, ...rest }: InstancesByIdsRequest,
  ): Promise<Instance[]> {
    const named = ids.map((id) => ({ instanceType, ...id }));
    return this.#shared.gate.run(() => this.#calls.retrieve(named, rest, this.#options));
  }

  #sizeOf(plan: StagePlan): PageSize {
    const size = this.#shared.sizes.get(plan) ?? new PageSize(plannedRows(plan));
    this.#shared.sizes.set(plan, size);
    return size;
  }
}

/** A page of a `list`. */
export async function listPage(
  requests: Requests,
  request: InstancesListRequest,
  cursor: string | undefined,
  onBody: OnBody | undefined,
): Promise<RootPage> {
  const { items, nextCursor } = await requests.list(
    { ...request, ...(cursor === undefined ? {} : { cursor }) },
    onBody,
  );
  return { rows: items, next: nextCursor ?? undefined };
}

/** The page of a set in the answer of a `query`. A cursor may be there although nothing follows (contract 8.1). */
export function pageIn(answer: InstancesQueryResponse, set: string): RootPage {
  const rows = answer.items[set] ?? [];
  return { rows, next: rows.length === 0 ? undefined : (answer.nextCursor[set] ?? undefined) };
}

/** A `query` with so many rows of its root set. */
export function withLimit(request: InstancesQueryRequest, limit: number): InstancesQueryRequest {
  const { root } = request.with;
  return root === undefined ? request : { ...request, with: { ...request.with, root: { ...root, limit } } };
}

/** Rows of a page, where the service is not too slow for them. */
function plannedRows(plan: StagePlan): number {
  if (plan.endpoint === "byids") return 1;
  const { limit } = plan.endpoint === "list" ? plan.request : (plan.request.with["root"] ?? {});
  return limit ?? 1;
}
