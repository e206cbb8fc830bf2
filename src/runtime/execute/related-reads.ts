import { abortErrorOf, onAbort, turn } from "../../client/index.js";
import type { ViewDescriptor } from "../../ir/index.js";
import { formatVersionedId, type NodeReference, writeJson } from "../../models/index.js";
import type { Row } from "../decode/row.js";
import type { HandleContext } from "../handle-context.js";
import { isReference, keyOf } from "../identity.js";
import { retrieveNested } from "../nested.js";
import { bounded, callOptions } from "../operations/call-options.js";
import type { CallOptions, QueryBounds } from "../types/call.js";

type Select = Readonly<Record<string, unknown>>;

/** One who waits for rows. */
interface Call {
  readonly keys: readonly string[];
  resolve(rows: readonly (Row | undefined)[]): void;
  reject(error: unknown): void;
}

/** One relation read in one way, for all who asked for it. */
interface Wanted {
  readonly view: ViewDescriptor;
  readonly select: Select;
  readonly options: Omit<CallOptions, "signal"> & QueryBounds;
  readonly ids: Map<string, NodeReference>;
  readonly calls: Set<Call>;
  readonly controller: AbortController;
}

const known = new WeakMap<HandleContext, RelatedReads>();

/** Where the calls of one binding meet. */
export function relatedReads(context: HandleContext): RelatedReads {
  const reads = known.get(context) ?? new RelatedReads(context);
  known.set(context, reads);
  return reads;
}

/** Collects what is asked for in one turn of the event loop, and reads it in as few requests as there can be. */
class RelatedReads {
  readonly #context: HandleContext;
  #wanted = new Map<string, Wanted>();

  constructor(context: HandleContext) {
    this.#context = context;
  }

  /** The rows of some instances, in their order, with what is selected. */
  read(
    view: ViewDescriptor,
    ids: readonly NodeReference[],
    select: Select,
    { signal, ...options }: CallOptions & QueryBounds,
  ): Promise<readonly (Row | undefined)[]> {
    const wanted = this.#want(view, select, options);
    for (const id of ids) wanted.ids.set(keyOf(id), id);
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        wanted.calls.delete(call);
        // What nobody waits for is not read on.
        if (wanted.calls.size === 0) wanted.controller.abort();
      };
      const undo = onAbort(signal, () => {
        leave();
        reject(abortErrorOf(signal?.reason));
      });
      const settled =
        <Value>(settle: (value: Value) => void) =>
        (value: Value): void => {
          undo();
          settle(value);
        };
      const call: Call = { keys: ids.map(keyOf), resolve: settled(resolve), reject: settled(reject) };
      wanted.calls.add(call);
    });
  }

  #want(view: ViewDescriptor, select: Select, options: Wanted["options"]): Wanted {
    const key = writeJson([view.instanceType, formatVersionedId(view), select, options]);
    const before = this.#wanted.get(key);
    if (before) return before;
    if (this.#wanted.size === 0) void turn().then(() => this.#send());
    const wanted = { view, select, options, ids: new Map(), calls: new Set<Call>(), controller: new AbortController() };
    this.#wanted.set(key, wanted);
    return wanted;
  }

  #send(): void {
    const all = [...this.#wanted.values()].filter(({ calls }) => calls.size > 0);
    this.#wanted = new Map();
    for (const group of ofSameInstances(all)) void this.#readTogether(group);
  }

  /** Several relations of the same instances. */
  async #readTogether(group: readonly [Wanted, ...Wanted[]]): Promise<void> {
    const [{ view, ids, options }] = group;
    const select = Object.fromEntries(group.flatMap((wanted) => Object.entries(wanted.select)));
    const stop = new AbortController();
    const undo = group.map(({ controller: { signal } }) =>
      onAbort(signal, () => {
        if (group.every(({ calls }) => calls.size === 0)) stop.abort();
      }),
    );
    const calls = () => group.flatMap((wanted) => [...wanted.calls]);
    try {
      const found = await retrieveNested(
        bounded(this.#context, options),
        view,
        [...ids.values()],
        { select },
        {
          ...callOptions(options),
          signal: stop.signal,
        },
      );
      const rows = new Map(found.flatMap((row) => (isReference(row) ? [[keyOf(row), row as Row] as const] : [])));
      for (const call of calls()) call.resolve(call.keys.map((key) => rows.get(key)));
    } catch (error) {
      for (const call of calls()) call.reject(error);
    } finally {
      for (const one of undo) one();
    }
  }
}

/** Puts together what is wanted of the same instances of a view, each relation once. */
function ofSameInstances(all: readonly Wanted[]): [Wanted, ...Wanted[]][] {
  const groups = new Map<string, [Wanted, ...Wanted[]]>();
  for (const wanted of all) {
    const { view, options, ids, select } = wanted;
    const [name] = Object.keys(select);
    const key = writeJson([view.instanceType, formatVersionedId(view), options, [...ids.keys()].sort()]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [wanted]);
    else if (group.every((other) => !Object.hasOwn(other.select, name ?? ""))) group.push(wanted);
    else groups.set(`${key} ${groups.size}`, [wanted]);
  }
  return [...groups.values()];
}
