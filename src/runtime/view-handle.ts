import type { PygenClient } from "../client/index.js";
import { QueryError } from "../errors/index.js";
import type { ViewDescriptor } from "../ir/index.js";
import { formatVersionedId, type InstanceId, type NodeReference, parseJson } from "../models/index.js";
import { mismatchesOf } from "./decode/mismatch.js";
import { type CompiledStage, compilePlan } from "./execute/compile.js";
import { needsExactIntegers } from "./execute/exact-integers.js";
import { LazyList } from "./execute/list-query.js";
import { readByIds } from "./execute/read-by-id.js";
import type { ReadOptions } from "./execute/reader.js";
import type { ListRun } from "./execute/stream-pages.js";
import { keyOf, toReference } from "./identity.js";
import { planList, planRetrieve } from "./plan/planner.js";
import type { PlanScope } from "./plan/scope.js";
import { kindOf, listOf, optionsOf } from "./problems.js";
import type { CallOptions, UpsertResult, WriteOptions } from "./types/api.js";
import type { UntypedListArgs, UntypedRetrieveArgs, UntypedRow, UntypedViewApi } from "./types/untyped.js";
import { upsertItems } from "./write/upsert.js";

/** What handles share. */
export interface HandleContext {
  readonly client: PygenClient;
  readonly scope: PlanScope;
}

/** Reads and writes the instances of one view; types are laid over it by `bind`. */
export class ViewHandle implements UntypedViewApi {
  readonly view: ViewDescriptor;
  readonly #context: HandleContext;

  constructor(context: HandleContext, view: ViewDescriptor) {
    this.#context = context;
    this.view = view;
  }

  list(args: UntypedListArgs = {}): LazyList<UntypedRow> {
    let run: ListRun | undefined;
    return new LazyList(
      () => {
        run ??= this.#prepare(args);
        return run;
      },
      // A list that was given no options, but something else, is refused when it runs.
      args?.limit !== Number.POSITIVE_INFINITY,
      args?.signal,
    );
  }

  retrieve(id: string | NodeReference, args?: UntypedRetrieveArgs): Promise<UntypedRow | undefined>;
  retrieve(ids: readonly (string | NodeReference)[], args?: UntypedRetrieveArgs): Promise<UntypedRow[]>;
  async retrieve(
    ids: string | NodeReference | readonly (string | NodeReference)[],
    args: UntypedRetrieveArgs = {},
  ): Promise<UntypedRow | UntypedRow[] | undefined> {
    const { client, scope } = this.#context;
    optionsOf(args, this.#named("retrieve()"), ["select", ...callKeys]);
    const many = Array.isArray(ids);
    const references = (many ? ids : [ids]).map((id: unknown) => this.#reference(id));
    const plan = planRetrieve(this.view, args.select, scope);
    const options = this.#readOptions(plan, callOptions(args));
    const rows = await readByIds(this.#compile(plan), references, client.instances, options);
    return many ? (rows as UntypedRow[]) : (rows[0] as UntypedRow | undefined);
  }

  async upsert(items: readonly unknown[], options: WriteOptions = {}): Promise<UpsertResult> {
    const { client, scope } = this.#context;
    const given = listOf(items, `What is written through view ${formatVersionedId(this.view)}`);
    return upsertItems([{ view: this.view, items: given }], scope, client.instances, options);
  }

  async delete(
    ids: readonly (string | NodeReference)[],
    options: CallOptions = {},
  ): Promise<{ readonly deleted: readonly NodeReference[] }> {
    const { instanceType } = this.view;
    optionsOf(options, this.#named("delete()"), callKeys);
    const unique = new Map<string, InstanceId>();
    for (const id of listOf(ids, `The ids to delete of view ${formatVersionedId(this.view)}`)) {
      const reference = this.#reference(id);
      unique.set(keyOf(reference), { instanceType, ...reference });
    }
    const gone = await this.#context.client.instances.delete([...unique.values()], callOptions(options));
    return { deleted: gone.map(({ space, externalId }) => ({ space, externalId })) };
  }

  #prepare(args: UntypedListArgs): ListRun {
    optionsOf(args, this.#named("list()"), ["where", "select", "sort", "limit", ...callKeys]);
    const plan = planList(this.view, args, this.#context.scope);
    const { instances } = this.#context.client;
    return { plan, root: this.#compile(plan), calls: instances, options: this.#readOptions(plan, callOptions(args)) };
  }

  #compile(plan: ListRun["plan"]): CompiledStage {
    const { client, scope } = this.#context;
    return compilePlan(plan, scope.registry, mismatchesOf(client));
  }

  #readOptions(plan: ListRun["plan"], options: CallOptions): ReadOptions {
    return needsExactIntegers(plan, this.#context.scope.registry) ? { ...options, parse: parseJson } : options;
  }

  #reference(id: unknown): NodeReference {
    const reference = toReference(id, this.#context.scope.space);
    if (reference) return reference;
    throw new QueryError(
      "QUERY.INVALID_VALUE",
      `An id of view ${formatVersionedId(this.view)} must be a string or { space, externalId }, got ${kindOf(id)}.`,
    );
  }

  #named(call: string): string {
    return `${call} of view ${formatVersionedId(this.view)}`;
  }
}

const callKeys: readonly string[] = ["signal", "timeout"];

function callOptions({ signal, timeout }: CallOptions): CallOptions {
  return { ...(signal === undefined ? {} : { signal }), ...(timeout === undefined ? {} : { timeout }) };
}
