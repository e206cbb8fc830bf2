import { Gate } from "../../client/index.js";
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
import type { HandleContext } from "../handle-context.js";
import type { StagePlan } from "../plan/plan.js";
import { tooManyRequests } from "../problems.js";
import type { CallOptions } from "../types/call.js";
import { PageSize } from "./page-size.js";
import type { ReadCalls } from "./read-calls.js";

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
  /** Requests that may still be sent. */
  left: number;
  readonly sizes: Map<StagePlan, PageSize>;
}

/** Sends the requests of one query: so many at once, and for fewer rows where the service runs out of time. */
export class Requests {
  readonly #calls: ReadCalls;
  readonly #options: ReadOptions;
  readonly #most: number;
  readonly #shared: Shared;

  /** @param most - requests that may be sent */
  constructor(
    calls: ReadCalls,
    options: ReadOptions,
    most: number,
    shared: Shared = { gate: new Gate(mostAtOnce), left: most, sizes: new Map() },
  ) {
    this.#calls = calls;
    this.#options = options;
    this.#most = most;
    this.#shared = shared;
  }

  /** The same with some options of its own. */
  with(options: ReadOptions): Requests {
    return new Requests(this.#calls, { ...this.#options, ...options }, this.#most, this.#shared);
  }

  /** How many rows a page of a stage has now. */
  pageSize(plan: StagePlan): number {
    const { rows } = this.#sizeOf(plan);
    return plan.endpoint === "query" ? (withRows(plan.request, rows).with["root"]?.limit ?? rows) : rows;
  }

  /** A page of a stage; where the service runs out of time, one of fewer rows in its largest set, and so in all. */
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
    return this.#send(() => this.#calls.list(request, { ...this.#options, onBody }));
  }

  query(request: InstancesQueryRequest, onBody?: OnBody): Promise<InstancesQueryResponse> {
    return this.#send(() => this.#calls.query(request, { ...this.#options, onBody }));
  }

  retrieve(
    instanceType: InstanceType,
    ids: readonly NodeReference[],
    { items: _template, ...rest }: InstancesByIdsRequest,
  ): Promise<Instance[]> {
    const named = ids.map((id) => ({ instanceType, ...id }));
    return this.#send(() => this.#calls.retrieve(named, rest, this.#options));
  }

  #send<Answer>(request: () => Promise<Answer>): Promise<Answer> {
    return this.#shared.gate.run(async () => {
      if (this.#shared.left < 1) throw tooManyRequests(this.#most);
      this.#shared.left -= 1;
      return request();
    });
  }

  #sizeOf(plan: StagePlan): PageSize {
    const size = this.#shared.sizes.get(plan) ?? new PageSize(plannedRows(plan));
    this.#shared.sizes.set(plan, size);
    return size;
  }
}

/** The requests of one query. */
export function requestsOf({ client, scope, calls = client.instances }: HandleContext, options: ReadOptions): Requests {
  return new Requests(calls, options, scope.limits.requests);
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

/** A `query` whose largest set has so many rows a page, and the others fewer by the same measure. */
export function withRows(request: InstancesQueryRequest, rows: number): InstancesQueryRequest {
  const most = largest(request);
  if (rows >= most) return request;
  const sets = Object.entries(request.with).map(([name, { limit = most, ...set }]) => [
    name,
    { ...set, limit: Math.max(1, Math.floor((limit * rows) / most)) },
  ]);
  return { ...request, with: Object.fromEntries(sets) };
}

function largest(request: InstancesQueryRequest): number {
  return Math.max(1, ...Object.values(request.with).map(({ limit }) => limit ?? 1));
}

/** Rows of a page of the largest set, where the service is not too slow for them. */
function plannedRows({ endpoint, request }: StagePlan): number {
  if (endpoint === "byids") return 1;
  return endpoint === "list" ? (request.limit ?? 1) : largest(request);
}
