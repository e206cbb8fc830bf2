import type { NodeReference } from "../../models/index.js";

/** Values by node. Faster than a map by one text, which would have to be made of space and external id each time. */
export class NodeMap<Value> {
  readonly #spaces = new Map<string, Map<string, Value>>();
  /** Those of the space that was asked for last: most nodes lie in one. */
  #last: Map<string, Value> = new Map();
  #space: string | undefined;

  get({ space, externalId }: NodeReference): Value | undefined {
    return space === this.#space ? this.#last.get(externalId) : this.#of(space)?.get(externalId);
  }

  set({ space, externalId }: NodeReference, value: Value): void {
    let values = this.#of(space);
    if (values === undefined) {
      values = new Map();
      this.#spaces.set(space, values);
    }
    values.set(externalId, value);
  }

  has(node: NodeReference): boolean {
    return this.#of(node.space)?.has(node.externalId) === true;
  }

  values(): Value[] {
    return [...this.#spaces.values()].flatMap((values) => [...values.values()]);
  }

  #of(space: string): Map<string, Value> | undefined {
    if (space === this.#space) return this.#last;
    const values = this.#spaces.get(space);
    if (values === undefined) return undefined;
    this.#space = space;
    this.#last = values;
    return values;
  }
}

/** Each node once, in their order. */
export function uniqueNodes(nodes: readonly NodeReference[]): readonly NodeReference[] {
  if (nodes.length < 2) return nodes;
  const first = new NodeMap<NodeReference>();
  for (const node of nodes) if (!first.has(node)) first.set(node, node);
  return nodes.filter((node) => first.get(node) === node);
}
