import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Bytes of buffers that something still holds: what is only waiting for the collector does not count. */
export function heldBuffers(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  // What the first one finds is given back by the second.
  collect();
  collect();
  return process.memoryUsage().arrayBuffers;
}
