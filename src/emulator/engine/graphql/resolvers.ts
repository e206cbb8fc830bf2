import type { JsonValue, NodeReference, ViewReference } from "../../../models/index.js";
import { badRequest } from "../fault.js";
import { fingerprint, readCursor, writeCursor } from "../instances/cursor.js";
import { pageInstances } from "../instances/plan.js";
import { referencesIn } from "../instances/references.js";
import { selection } from "../instances/selection.js";
import { viewScope } from "../instances/view-filter.js";
import { instanceKey, type ProjectState, type StoredInstance } from "../state.js";

/** Nodes in a page where the query does not say, and at most. */
export const DEFAULT_FIRST = 100;
const MAX_FIRST = 1000;

/** Most nodes that one query may read: lists within lists would else grow without bound. */
const MAX_NODES = 100_000;

/** Nodes as GraphQL shows them. */
export interface NodePage {
  readonly items: readonly StoredInstance[];
  readonly edges: readonly { readonly node: StoredInstance; readonly cursor: string }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | undefined;
    readonly endCursor: string | undefined;
  };
}

/** What the fields of one query read from. */
export class Resolvers {
  #read = 0;

  constructor(readonly state: ProjectState) {}

  /** A page of what a view shows, in creation order. */
  list(view: ViewReference, first: number, after: string | null | undefined): NodePage {
    if (first < 0 || first > MAX_FIRST) throw badRequest(`first must be between 0 and ${MAX_FIRST}, got ${first}`);
    const print = fingerprint(view);
    const start = typeof after === "string" ? readCursor(after, print) : undefined;
    const shown = selection(this.state, { instanceType: "node", views: [view], filter: undefined });
    const page = pageInstances(this.state, { ...shown, sort: undefined, limit: first + 1, after: start });
    const found = page.instances;
    return this.#page(found.slice(0, first), print, found.length > first, start !== undefined);
  }

  /** The nodes of a view by id; unknown ones are left out. */
  byIds(view: ViewReference, ids: readonly NodeReference[]): NodePage {
    const { matches } = viewScope(this.state, view);
    const nodes = ids.flatMap((id) => this.state.instances.get(instanceKey(id)) ?? []);
    const shown = nodes.filter((node) => node.instanceType === "node" && matches(node));
    return this.#page(shown, fingerprint(view), false, false);
  }

  /** What a direct relation, or a list of them, points at. */
  targets(view: ViewReference, value: unknown): NodePage {
    return this.byIds(view, referencesIn(value as JsonValue | undefined));
  }

  #page(items: readonly StoredInstance[], print: string, hasNextPage: boolean, hasPreviousPage: boolean): NodePage {
    this.#read += items.length;
    if (this.#read > MAX_NODES) throw badRequest(`The query reads more than ${MAX_NODES} nodes. Ask for less.`);
    const edges = items.map((node) => ({ node, cursor: writeCursor({ sequence: node.sequence, values: [] }, print) }));
    const [startCursor, endCursor] = [edges[0]?.cursor, edges.at(-1)?.cursor];
    return { items, edges, pageInfo: { hasNextPage, hasPreviousPage, startCursor, endCursor } };
  }
}
