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
const { url } = await listen(createEmulator(storage ? { storage } : {}));
process.send?.({ url });

process.on("message", () => {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  process.send?.({ bytes: heapUsed + external });
});
process.on("disconnect", () => process.exit(0));
