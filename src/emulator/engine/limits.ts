import { badRequest } from "./fault.js";
import type { ProjectState } from "./state.js";

const NAMES = {
  spaces: "spaces",
  containers: "containers",
  views: "versions of views",
  dataModels: "versions of data models",
} as const;

/** Refuses what would make more resources than a project may hold; those of the system do not count. */
export function refuseTooMany(state: ProjectState, kind: keyof typeof NAMES, keys: readonly string[]): void {
  const stored: ReadonlyMap<string, { readonly isGlobal: boolean }> = state[kind];
  const added = new Set(keys.filter((key) => !stored.has(key))).size;
  if (added === 0) return;
  const own = [...stored.values()].filter(({ isGlobal }) => !isGlobal).length;
  refuseBeyond(own + added, state.limits[kind], NAMES[kind]);
}

/** Refuses what would make more than there may be. */
export function refuseBeyond(count: number, limit: number, what: string): void {
  if (count > limit) throw badRequest(`The project would have ${count} ${what}: at most ${limit} are allowed.`);
}
