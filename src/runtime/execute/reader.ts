import { LoopGuard } from "../../client/index.js";
import type {
  Filter,
  Instance,
  InstancesQueryRequest,
  InstancesQueryResponse,
  NodeReference,
} from "../../models/index.js";
import { checkIdentity, type Mismatches, noneMet } from "../decode/mismatch.js";
import type { Row } from "../decode/row.js";
import { referenceOf } from "../identity.js";
import { narrowed } from "../plan/narrowed.js";
import type { StageLink } from "../plan/plan.js";
import { Branch, type Cursors, type SetPage } from "./branch.js";
import { type CompiledRelation, type CompiledSet, type CompiledStage, nodesIn } from "./compile.js";
import { entriesOf, type Known, rowsOf, type Staged } from "./entries.js";
import { type Entry, type Found, lookupOf } from "./lookup.js";
import { NodeMap } from "./node-map.js";
import type { PageReader, RowsPage } from "./page-reader.js";
import { listPage, type OnBody, pageIn, type Requests, withRows } from "./requests.js";

/** What was read for some ids. */
export interface FoundByIds {
  readonly ids: readonly NodeReference[];
  readonly entries: readonly Entry[];
}

interface EntryPage {
  readonly entries: readonly Entry[];
  readonly next: string | undefined;
}

interface RawPage {
  readonly page: SetPage;
  readonly next: string | undefined;
}

/** Reads a list with all that hangs on its rows: runs the stages of a plan. */
export class Reader implements PageReader {
  readonly #root: CompiledStage;
  readonly #requests: Requests;
  readonly #mismatches: Mismatches;
  readonly #met = noneMet();

  /** @param mismatches - those that the decoders of the stage report to */
  constructor(root: CompiledStage, requests: Requests, mismatches: Mismatches) {
    this.#root = root;
    this.#requests = requests;
    this.#mismatches = mismatches;
  }

  get pageSize(): number {
    return this.#requests.pageSize(this.#root.plan);
  }

  page(cursor: string | undefined, signal: AbortSignal, onBody: OnBody): Promise<RowsPage> {
    return new Reader(this.#root, this.#requests.with({ signal }), this.#mismatches).#rows(cursor, onBody);
  }

  /** The rows of an answer to the first request of the list, which has all of them, with all that hangs on them. */
  async rest(first: InstancesQueryResponse, request: InstancesQueryRequest): Promise<readonly Row[]> {
    const { root } = this.#root;
    const { page } = await this.#complete(root, request, undefined, first);
    return this.#toRows(page);
  }

  /** Everything for some ids, so many at a time as fit in a request. */
  async byIds(ids: readonly NodeReference[]): Promise<FoundByIds[]> {
    const found = await this.#all(this.#root, ids);
    return this.#decoded(() => this.#mismatches.checked(found));
  }

  async #rows(cursor: string | undefined, onBody: OnBody): Promise<RowsPage> {
    const { page, next } = await this.#fetch(this.#root, cursor, [], onBody);
    return { rows: await this.#toRows(page), next };
  }

  async #toRows(page: SetPage): Promise<Row[]> {
    const { root } = this.#root;
    const staged = await this.#runStages(root, page);
    return this.#decoded(() => this.#mismatches.checked(rowsOf(root, page, staged)));
  }

  /** Between answers, a page that is read ahead is decoded too: what is wrong with it is its own. */
  #decoded<Decoded>(decode: () => Decoded): Decoded {
    this.#mismatches.met = this.#met;
    return decode();
  }

  async #page(
    stage: CompiledStage,
    cursor: string | undefined,
    ids: readonly NodeReference[],
    known: Known,
  ): Promise<EntryPage> {
    const { page, next } = await this.#fetch(stage, cursor, ids);
    const staged = await this.#runStages(stage.root, page);
    return { entries: this.#decoded(() => entriesOf(stage.root, [page], staged, known)), next };
  }

  async #all(stage: CompiledStage, ids: readonly NodeReference[]): Promise<FoundByIds[]> {
    const size = stage.plan.link?.chunk ?? ids.length;
    const chunks = Array.from({ length: Math.ceil(ids.length / size) }, (_, index) =>
      ids.slice(index * size, (index + 1) * size),
    );
    const known: Known = new Map();
    return Promise.all(
      chunks.map(async (chunk) => ({ ids: chunk, entries: await this.#toTheEnd(stage, chunk, known) })),
    );
  }

  async #toTheEnd(stage: CompiledStage, ids: readonly NodeReference[], known: Known): Promise<Entry[]> {
    const guard = new LoopGuard();
    const entries: Entry[] = [];
    const run = {};
    let cursor: string | undefined;
    do {
      const page = await this.#page(stage, cursor, ids, known);
      for (const entry of page.entries) entries.push({ ...entry, run, at: entries.length });
      cursor = page.next === undefined ? undefined : guard.check(page.next);
    } while (cursor !== undefined);
    return entries;
  }

  async #fetch(
    { plan, root }: CompiledStage,
    cursor: string | undefined,
    ids: readonly NodeReference[],
    onBody?: OnBody,
  ): Promise<RawPage> {
    return this.#requests.inTime(plan, async (limit) => {
      const inner = new Map<CompiledSet, readonly SetPage[]>();
      switch (plan.endpoint) {
        case "byids": {
          const rows = await this.#requests.retrieve(plan.root.instanceType, ids, plan.request);
          return { page: { rows, inner }, next: undefined };
        }
        case "list": {
          const { rows, next } = await listPage(this.#requests, { ...plan.request, limit }, cursor, onBody);
          return { page: { rows, inner }, next };
        }
        case "query": {
          const request = withLink(withRows(plan.request, limit), plan.link, ids);
          return this.#query(root, request, cursor, onBody);
        }
      }
    });
  }

  /** A page of the root set, with every nested set complete. */
  async #query(
    root: CompiledSet,
    request: InstancesQueryRequest,
    cursor: string | undefined,
    onBody: OnBody | undefined,
  ): Promise<RawPage> {
    const own: Cursors = new Map(cursor === undefined ? [] : [[root.name, cursor]]);
    return this.#complete(root, request, cursor, await this.#send(request, own, onBody));
  }

  /** What further pages of nested sets a first answer needs. */
  async #complete(
    root: CompiledSet,
    request: InstancesQueryRequest,
    cursor: string | undefined,
    first: InstancesQueryResponse,
  ): Promise<RawPage> {
    const branches = root.inner.map((set) => new Branch(set, first));
    for (;;) {
      const open = branches.some((branch) => !branch.done);
      if (!open) break;
      const cursors: Cursors = new Map([[root.name, cursor ?? null]]);
      for (const branch of branches) branch.addCursors(cursors);
      const answer = await this.#send(request, cursors);
      for (const branch of branches) branch.accept(answer);
    }
    const { rows, next } = pageIn(first, root.name);
    return {
      page: { rows, inner: new Map(root.inner.map((set, index) => [set, branches[index]?.pages ?? []])) },
      next,
    };
  }

  #send(request: InstancesQueryRequest, cursors: Cursors, onBody?: OnBody): Promise<InstancesQueryResponse> {
    const body = cursors.size === 0 ? request : { ...request, cursors: Object.fromEntries(cursors) };
    return this.#requests.query(body, onBody);
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
    const ids = new NodeMap<NodeReference>();
    for (const parent of parents) {
      for (const id of plan.kind === "direct" ? nodesIn(relation.key(parent)) : [parent]) ids.set(id, referenceOf(id));
    }
    const found = await this.#all(stage, ids.values());
    if (plan.kind === "direct") return found;
    return found.map(({ ids: chunk, entries }) => {
      const of = new NodeMap<NodeReference>();
      for (const id of chunk) of.set(id, id);
      return { entries, parents: of };
    });
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

/** Puts ids into the filter of a request's root set. */
function withLink(
  request: InstancesQueryRequest,
  link: StageLink | undefined,
  ids: readonly NodeReference[],
): InstancesQueryRequest {
  const { root } = request.with;
  if (link === undefined || root === undefined) return request;
  return { ...request, with: { ...request.with, root: narrowed(root, linkFilter(link, ids)) } };
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
