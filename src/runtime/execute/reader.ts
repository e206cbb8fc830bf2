import { Gate, LoopGuard, type PygenClient } from "../../client/index.js";
import { isApiError } from "../../errors/index.js";
import type { Filter, Instance, InstancesQueryRequest, InstanceType, NodeReference } from "../../models/index.js";
import { checkIdentity } from "../decode/mismatch.js";
import type { Row } from "../decode/row.js";
import { keyOf, referenceOf } from "../identity.js";
import { allOf } from "../plan/paths.js";
import type { StageLink, StagePlan } from "../plan/plan.js";
import type { CallOptions } from "../types/api.js";
import { Branch, type Cursors, type SetPage } from "./branch.js";
import type { CompiledRelation, CompiledSet, CompiledStage } from "./compile.js";
import { entriesOf, rowsOf, type Staged } from "./entries.js";
import { type Entry, type Found, lookupOf } from "./lookup.js";
import { PageSize } from "./page-size.js";

/** The calls that reading needs. */
export type ReadCalls = Pick<PygenClient["instances"], "list" | "query" | "retrieve">;

/** Options of the requests of one query. */
export interface ReadOptions extends CallOptions {
  /** Reads the text of answers: with `parseJson`, integers beyond 2^53 come as `bigint`. */
  readonly parse?: (text: string) => unknown;
}

/** Sees the text of an answer before it is read. */
type OnBody = (text: string) => void | PromiseLike<void>;

/** Rows of one page of a stage's root, complete with all that hangs on them. */
export interface RowsPage {
  readonly rows: readonly Row[];
  readonly next: string | undefined;
}

interface EntryPage {
  readonly entries: readonly Entry[];
  readonly next: string | undefined;
}

interface RawPage {
  readonly page: SetPage;
  readonly next: string | undefined;
}

/** Requests of one query under way at once; more of them would only wait for each other in the client. */
const mostAtOnce = 4;

/** What the readers of one query share. */
interface Shared {
  readonly gate: Gate;
  readonly sizes: Map<StagePlan, PageSize>;
}

/** Runs the stages of a plan. */
export class Reader {
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

  /** The same reader with some options of its own. */
  with(options: ReadOptions): Reader {
    return new Reader(this.#calls, { ...this.#options, ...options }, this.#shared);
  }

  /** How many rows a page of a stage has now. */
  pageSize(stage: CompiledStage): number {
    return this.#sizeOf(stage).rows;
  }

  /** One page of a stage. `onBody` sees the answer with the root's rows. */
  async rows(stage: CompiledStage, cursor: string | undefined, onBody: OnBody): Promise<RowsPage> {
    const { page, next } = await this.#fetch(stage, cursor, [], onBody);
    return { rows: rowsOf(stage.root, page, await this.#runStages(stage.root, page)), next };
  }

  async #page(stage: CompiledStage, cursor: string | undefined, ids: readonly NodeReference[]): Promise<EntryPage> {
    const { page, next } = await this.#fetch(stage, cursor, ids);
    return { entries: entriesOf(stage.root, [page], await this.#runStages(stage.root, page)), next };
  }

  /** Everything that a stage gives for some ids, so many at a time as fit in a request. */
  async all(
    stage: CompiledStage,
    ids: readonly NodeReference[],
  ): Promise<{ ids: readonly NodeReference[]; entries: Entry[] }[]> {
    const size = stage.plan.link?.chunk ?? ids.length;
    const chunks = Array.from({ length: Math.ceil(ids.length / size) }, (_, index) =>
      ids.slice(index * size, (index + 1) * size),
    );
    return Promise.all(chunks.map(async (chunk) => ({ ids: chunk, entries: await this.#toTheEnd(stage, chunk) })));
  }

  async #toTheEnd(stage: CompiledStage, ids: readonly NodeReference[]): Promise<Entry[]> {
    const guard = new LoopGuard();
    const entries: Entry[] = [];
    const run = {};
    let cursor: string | undefined;
    do {
      const page = await this.#page(stage, cursor, ids);
      for (const entry of page.entries) entries.push({ ...entry, run, at: entries.length });
      cursor = page.next === undefined ? undefined : guard.check(page.next);
    } while (cursor !== undefined);
    return entries;
  }

  /** A page of a stage's root; where the service runs out of time, one of fewer rows. */
  async #fetch(
    stage: CompiledStage,
    cursor: string | undefined,
    ids: readonly NodeReference[],
    onBody?: OnBody,
  ): Promise<RawPage> {
    const size = this.#sizeOf(stage);
    for (;;) {
      const { rows } = size;
      try {
        const page = await this.#fetchRows(stage, cursor, ids, rows, onBody);
        size.succeeded();
        return page;
      } catch (error) {
        const ranOutOfTime = isApiError(error) && error.status === 408;
        if (!ranOutOfTime || !size.halve(rows)) throw error;
      }
    }
  }

  #sizeOf({ plan }: CompiledStage): PageSize {
    const size = this.#shared.sizes.get(plan) ?? new PageSize(plannedRows(plan));
    this.#shared.sizes.set(plan, size);
    return size;
  }

  async #fetchRows(
    { plan, root }: CompiledStage,
    cursor: string | undefined,
    ids: readonly NodeReference[],
    limit: number,
    onBody: OnBody | undefined,
  ): Promise<RawPage> {
    const inner = new Map<CompiledSet, readonly SetPage[]>();
    const { gate } = this.#shared;
    switch (plan.endpoint) {
      case "byids": {
        const { items: _template, ...rest } = plan.request;
        const named = ids.map((id) => ({ instanceType: plan.root.instanceType, ...id }));
        const rows = await gate.run(() => this.#calls.retrieve(named, rest, this.#options));
        return { page: { rows, inner }, next: undefined };
      }
      case "list": {
        const request = { ...plan.request, limit, ...(cursor === undefined ? {} : { cursor }) };
        const options = { ...this.#options, onBody };
        const { items, nextCursor } = await gate.run(() => this.#calls.list(request, options));
        return { page: { rows: items, inner }, next: nextCursor ?? undefined };
      }
      case "query": {
        const request = withLink(withLimit(plan.request, limit), plan.root.instanceType, plan.link, ids);
        return this.#query(root, request, cursor, onBody);
      }
    }
  }

  /** A page of the root set, with every nested set complete. */
  async #query(
    root: CompiledSet,
    request: InstancesQueryRequest,
    cursor: string | undefined,
    onBody: OnBody | undefined,
  ): Promise<RawPage> {
    const own: Cursors = new Map(cursor === undefined ? [] : [[root.name, cursor]]);
    const first = await this.#send(request, own, onBody);
    const branches = root.inner.map((set) => new Branch(set, first));
    for (;;) {
      const open = branches.some((branch) => !branch.done);
      if (!open) break;
      const cursors: Cursors = new Map([[root.name, cursor ?? null]]);
      for (const branch of branches) branch.addCursors(cursors);
      const answer = await this.#send(request, cursors);
      for (const branch of branches) branch.accept(answer);
    }
    const rows = first.items[root.name] ?? [];
    const next = rows.length === 0 ? undefined : (first.nextCursor[root.name] ?? undefined);
    return {
      page: { rows, inner: new Map(root.inner.map((set, index) => [set, branches[index]?.pages ?? []])) },
      next,
    };
  }

  #send(request: InstancesQueryRequest, cursors: Cursors, onBody?: OnBody) {
    const body = cursors.size === 0 ? request : { ...request, cursors: Object.fromEntries(cursors) };
    return this.#shared.gate.run(() => this.#calls.query(body, { ...this.#options, onBody }));
  }

  /** Runs the stages that hang on any set of a page. */
  async #runStages(root: CompiledSet, page: SetPage): Promise<Staged> {
    const parents = new Map<CompiledRelation, Instance[]>();
    collectParents(root, [page], parents);
    const found = await Promise.all(
      [...parents].map(
        async ([relation, instances]) =>
          [relation, lookupOf(relation, await this.#stage(relation, instances))] as const,
      ),
    );
    return new Map(found);
  }

  async #stage(relation: CompiledRelation, parents: readonly Instance[]): Promise<Found[]> {
    const { stage, plan } = relation;
    if (stage === undefined) return [];
    const ids = new Map<string, NodeReference>();
    for (const parent of parents) {
      if (plan.kind !== "direct") ids.set(keyOf(parent), referenceOf(parent));
      else for (const key of relation.keys(parent)) ids.set(key, referenceOfKey(key));
    }
    const found = await this.all(stage, [...ids.values()]);
    if (plan.kind === "direct") return found;
    return found.map(({ ids: chunk, entries }) => ({ entries, parents: new Set(chunk.map(keyOf)) }));
  }
}

function collectParents(set: CompiledSet, pages: readonly SetPage[], parents: Map<CompiledRelation, Instance[]>): void {
  for (const relation of set.relations) {
    if (relation.stage === undefined) continue;
    const known = parents.get(relation) ?? [];
    for (const { rows } of pages) {
      for (const row of rows) {
        checkIdentity(row);
        known.push(row);
      }
    }
    parents.set(relation, known);
  }
  for (const inner of set.inner) {
    for (const page of pages) collectParents(inner, page.inner.get(inner) ?? [], parents);
  }
}

function referenceOfKey(key: string): NodeReference {
  const end = key.indexOf("\n");
  return { space: key.slice(0, end), externalId: key.slice(end + 1) };
}

/** Rows of a page, where the service is not too slow for them. */
function plannedRows(plan: StagePlan): number {
  if (plan.endpoint === "byids") return 1;
  const { limit } = plan.endpoint === "list" ? plan.request : (plan.request.with["root"] ?? {});
  return limit ?? 1;
}

function withLimit(request: InstancesQueryRequest, limit: number): InstancesQueryRequest {
  const { root } = request.with;
  return root === undefined ? request : { ...request, with: { ...request.with, root: { ...root, limit } } };
}

/** Puts ids into the filter of a request's root set. */
function withLink(
  request: InstancesQueryRequest,
  instanceType: InstanceType,
  link: StageLink | undefined,
  ids: readonly NodeReference[],
): InstancesQueryRequest {
  const { root } = request.with;
  if (link === undefined || root === undefined) return request;
  const filter = linkFilter(link, ids);
  if (instanceType === "node" && "nodes" in root) {
    const nodes = { ...root.nodes, ...filtered(filter, root.nodes.filter) };
    return { ...request, with: { ...request.with, root: { ...root, nodes } } };
  }
  if (!("edges" in root)) return request;
  const edges = { ...root.edges, ...filtered(filter, root.edges.filter) };
  return { ...request, with: { ...request.with, root: { ...root, edges } } };
}

function filtered(link: Filter, filter: Filter | undefined): { readonly filter: Filter } {
  return { filter: allOf(link, filter) ?? link };
}

function linkFilter(link: StageLink, ids: readonly NodeReference[]): Filter {
  const values = ids.map(({ space, externalId }) => ({ space, externalId }));
  switch (link.operator) {
    case "in":
      return { in: { property: link.property, values } };
    case "containsAny":
      return { containsAny: { property: link.property, values } };
    default:
      return { instanceReferences: values };
  }
}
