import { AsyncLocalStorage } from "node:async_hooks";

const offsets = new AsyncLocalStorage<number>();
let installed = false;

/**
 * Runs something on a clock that is ahead by some milliseconds, or behind when negative: `Date.now()` in it, and in all
 * that it starts, tells that time; the rest of the process keeps its own.
 */
export function runOnClock<T>(offset: number, run: () => T): T {
  if (offset === 0) return run();
  install();
  return offsets.run(offset, run);
}

function install(): void {
  if (installed) return;
  installed = true;
  const { now } = Date;
  Date.now = () => now() + (offsets.getStore() ?? 0);
}
