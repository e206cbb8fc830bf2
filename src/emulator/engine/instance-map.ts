import type { NodeReference } from "../../models/index.js";

/**
 * What there is of nodes and edges, by their ids. It is kept by space, so that nobody has to put together a key of both
 * parts, which would take more time and memory than all else that a look-up does.
 */
export class InstanceMap<T> {
  readonly #spaces = new Map<string, Map<string, T>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get({ space, externalId }: NodeReference): T | undefined {
    return this.#spaces.get(space)?.get(externalId);
  }

  has(id: NodeReference): boolean {
    return this.get(id) !== undefined;
  }

  set({ space, externalId }: NodeReference, value: T): void {
    const known = this.#spaces.get(space);
    const members = known ?? new Map<string, T>();
    if (!known) this.#spaces.set(space, members);
    const before = members.size;
    members.set(externalId, value);
    this.#size += members.size - before;
  }

  delete({ space, externalId }: NodeReference): void {
    const members = this.#spaces.get(space);
    if (!members?.delete(externalId)) return;
    this.#size -= 1;
    if (members.size === 0) this.#spaces.delete(space);
  }

  /** How many there are in a space. */
  sizeOf(space: string): number {
    return this.#spaces.get(space)?.size ?? 0;
  }

  /** All values: space by space, in each in the order in which they came. */
  *values(): Generator<T, void, undefined> {
    for (const members of this.#spaces.values()) yield* members.values();
  }
}
