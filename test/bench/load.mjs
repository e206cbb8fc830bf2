// How busy the machine was with other things, where the system tells.
import { readFileSync } from "node:fs";
import os from "node:os";

/** More than this much of a core for others disturbs a round. */
export const mostForOthers = 0.15;

const ticksPerSecond = 100;

function busySeconds() {
  try {
    const [, ...fields] = readFileSync("/proc/stat", "utf8").split("\n", 1)[0].trim().split(/\s+/);
    const [user, nice, system, , , irq, softirq, steal = 0] = fields.map(Number);
    return (user + nice + system + irq + softirq + steal) / ticksPerSecond;
  } catch {
    return undefined;
  }
}

/** Begins to watch; the answer says how much of a core went to others since, given what was ours. */
export function watchLoad() {
  const before = busySeconds();
  const started = performance.now();
  return (ownSeconds) => {
    const after = busySeconds();
    if (before === undefined || after === undefined) return undefined;
    return Math.max(0, after - before - ownSeconds) / ((performance.now() - started) / 1_000);
  };
}

/** What the numbers were taken on, as far as it matters. */
export function platform() {
  return `Node ${process.versions.node}, ${os.availableParallelism()} cores`;
}
