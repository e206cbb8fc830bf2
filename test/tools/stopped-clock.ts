import { onTestFinished, vi } from "vitest";

/**
 * Stops the clock for the rest of a test, which moves it by `vi.advanceTimersByTimeAsync`: what is tested then depends on
 * no machine's speed. Not for requests over a connection, whose own timers would stand still too.
 */
export function stopClock(): void {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  onTestFinished(() => void vi.useRealTimers());
}
