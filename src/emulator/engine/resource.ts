import { type ServerFacts, sameJson } from "../../models/index.js";
import { badRequest, Fault } from "./fault.js";
import type { ProjectState } from "./state.js";

/** How a write is done. */
export interface WriteOptions {
  /** The emulator's own load: may write to system spaces, and marks what it writes as global. */
  readonly system?: boolean;
}

/**
 * A resource with the facts the service adds. A definition that says nothing new
 * gives back what is stored, times included (contract 4).
 */
export function stamp<T extends object>(
  state: ProjectState,
  previous: (T & ServerFacts) | undefined,
  definition: T,
  { system }: WriteOptions,
): T & ServerFacts {
  const isGlobal = system ?? previous?.isGlobal ?? false;
  const createdTime = previous?.createdTime;
  if (previous) {
    const unchanged = { ...definition, createdTime, lastUpdatedTime: previous.lastUpdatedTime, isGlobal };
    if (sameJson(unchanged, previous)) return previous;
  }
  const now = state.now();
  return { ...definition, createdTime: createdTime ?? now, lastUpdatedTime: now, isGlobal };
}

/** Refuses a request that names the same resource twice. */
export function refuseDuplicates<T extends object>(items: readonly T[], nameOf: (item: T) => string): void {
  const seen = new Set<string>();
  for (const item of items) {
    const name = nameOf(item);
    if (seen.has(name)) throw badRequest(`The request names '${name}' more than once.`);
    seen.add(name);
  }
}

/** Refuses to write to spaces that do not exist, or that belong to the system. */
export function requireSpaces(state: ProjectState, spaces: Iterable<string>, options: WriteOptions): void {
  const named = new Set(spaces);
  const missing = [...named].filter((space) => !state.spaces.has(space));
  if (missing.length > 0) {
    throw new Fault(400, `One or more spaces do not exist: ${quoted(missing)}`, {
      missing: missing.map((space) => ({ space })),
    });
  }
  refuseSystemSpaces(state, named, options);
}

/** Refuses to change system spaces and what they hold (contract 4). */
export function refuseSystemSpaces(state: ProjectState, spaces: Iterable<string>, { system }: WriteOptions): void {
  if (system) return;
  for (const space of spaces) {
    if (state.spaces.get(space)?.isGlobal)
      throw badRequest(`Space '${space}' is a system space and cannot be changed.`);
  }
}

/** `'a', 'b'`: the first ten of the names, and how many more there are. */
export function quoted(names: readonly string[]): string {
  const listed = names.slice(0, 10).map((name) => `'${name}'`);
  if (names.length > listed.length) listed.push(`and ${names.length - listed.length} more`);
  return listed.join(", ");
}
