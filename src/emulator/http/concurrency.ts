import { Fault } from "../engine/fault.js";
import type { ProjectLimits } from "../engine/project-limits.js";

/** Enters a call; what it gives is called when the call is over. */
export type Gate = (project: string, path: string, limits: ProjectLimits) => () => void;

type Group = "concurrentReads" | "concurrentWrites" | "concurrentDeletes";

const GROUPS: ReadonlyMap<string, Group> = new Map<string, Group>([
  ["/models/instances", "concurrentWrites"],
  ["/models/instances/delete", "concurrentDeletes"],
  ...["byids", "list", "query", "sync", "search", "aggregate"].map((call): [string, Group] => [
    `/models/instances/${call}`,
    "concurrentReads",
  ]),
]);

/** Lets everything in. */
export const openGate: Gate = () => () => undefined;

/** Counts the calls of each project that run, and refuses those beyond its limits with 429 (contract 3.1). */
export function countingGate(): Gate {
  const running = new Map<string, number>();
  return (project, path, limits) => {
    const group = GROUPS.get(path);
    if (!group) return () => undefined;
    const key = `${project}/${group}`;
    const now = running.get(key) ?? 0;
    if (now >= limits[group]) {
      throw new Fault(
        429,
        `Too many concurrent requests: at most ${limits[group]} calls of ${path} and its like may run.`,
      );
    }
    running.set(key, now + 1);
    return () => running.set(key, (running.get(key) ?? 1) - 1);
  };
}
