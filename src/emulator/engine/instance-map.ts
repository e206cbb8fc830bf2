import type { NodeReference } from "../../models/index.js";

/**
 * What there is of nodes and edges, by their ids. It is kept by space, so that nobody has to put together a key of both
 * parts, which would take more time and memory than all else that a look-up does.
 */
export class InstanceMap<T> {
  readonly #spaces = new Map<string, Map<string, T>>();

  get size(): number {
    let size = 0;
    for (const members of this.#spaces.values()) size += members.size;
    return size;
  }

  get({ space, externalId }: NodeReference): T | undefined {
    return this.#spaces.get(space)?.get(externalId);
  }

  has(id: NodeReference): boolean {
    return this.get(id) !== undefined;
  }

  set({ space, externalId }: NodeReference, value: T): void {
    const members = this.#spaces.get(space);
    if (members) members.set(externalId, value);
    else this.#spaces.set(space, new Map([[externalId, value]]));
  }

  delete({ space, externalId }: NodeReference): void {
    const members = this.#spaces.get(space);
    members?.delete(externalId);
    if (members?.size === 0) this.#spaces.delete(space);
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
