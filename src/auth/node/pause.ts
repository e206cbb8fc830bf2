import { setTimeout as wait } from "node:timers/promises";
import { cancelled } from "./cancelled.js";

/** Waits some milliseconds, or throws `CREDENTIALS.CANCELLED` as soon as the signal is aborted. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await wait(milliseconds, undefined, { signal });
  } catch {
    throw cancelled(signal.reason);
  }
}
