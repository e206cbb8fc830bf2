import type { EdgeDescriptor } from "../../ir/index.js";
import type { NodeReference } from "../../models/index.js";
import { keyOf, referenceOf } from "../identity.js";

/** The edges of one type at one end of nodes. */
export interface EdgeSet {
  readonly type: NodeReference;
  readonly end: "startNode" | "endNode";
  readonly nodes: readonly NodeReference[];
}

/** Sets of edges that were given whole. */
export class EdgeSets {
  readonly #sets = new Map<
    string,
    { readonly set: Omit<EdgeSet, "nodes">; readonly nodes: Map<string, NodeReference> }
  >();

  add({ edgeType, direction }: EdgeDescriptor, node: NodeReference): void {
    const end = direction === "inwards" ? "endNode" : "startNode";
    const key = `${end}\n${keyOf(edgeType)}`;
    const known = this.#sets.get(key) ?? { set: { type: referenceOf(edgeType), end }, nodes: new Map() };
    known.nodes.set(keyOf(node), node);
    this.#sets.set(key, known);
  }

  get all(): EdgeSet[] {
    return [...this.#sets.values()].map(({ set, nodes }) => ({ ...set, nodes: [...nodes.values()] }));
  }
}
