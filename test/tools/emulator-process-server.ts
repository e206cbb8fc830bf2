import { createEmulator } from "../../src/emulator/index.js";
import { listen, openStorage } from "../../src/emulator/node.js";

interface Options {
  /** The folder that keeps what is written; without it, memory does. */
  readonly data?: string;
  readonly compactAfter?: number;
}

const { data, compactAfter } = JSON.parse(process.argv[2] ?? "{}") as Options;
const storage =
  data === undefined ? undefined : await openStorage(data, compactAfter === undefined ? {} : { compactAfter });
const emulator = createEmulator(storage ? { storage } : {});
const { url } = await listen(emulator);
process.send?.({ url });

function memory(): object {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return { bytes: heapUsed + external };
}

/** Milliseconds that each takes, some times over; all is as it was in the end. */
function snapshots(): object {
  const timed = (run: () => void): number => {
    const started = performance.now();
    run();
    return performance.now() - started;
  };
  const held = emulator.snapshot();
  const rounds = Array.from({ length: 50 }, () => ({
    reset: timed(() => emulator.reset()),
    restore: timed(() => emulator.restore(held)),
    snapshot: timed(() => emulator.snapshot()),
  }));
  return { rounds };
}

process.on("message", (asked) => process.send?.(asked === "snapshots" ? snapshots() : memory()));
process.on("disconnect", () => process.exit(0));
