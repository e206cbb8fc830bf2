import { Buffer, isAscii } from "node:buffer";

/** Larger answers get memory of their own. */
const mostShared = 4 * 1_024 * 1_024;

/** Where the parts of answers are put together. Fresh memory for each would cost more than the copying. */
let shared: Buffer = Buffer.alloc(0);

/** The text of an answer's bytes, which are UTF-8. */
export function textOf(chunks: readonly Uint8Array[]): string {
  const bytes = joined(chunks);
  // Most JSON is ASCII, which needs no decoding.
  return isAscii(bytes) ? bytes.toString("latin1") : new TextDecoder().decode(bytes);
}

/** All bytes in a row; good until the next call. */
function joined(chunks: readonly Uint8Array[]): Buffer {
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  if (length > mostShared) return Buffer.concat(chunks, length);
  if (length > shared.length) shared = Buffer.allocUnsafeSlow(Math.min(2 * length, mostShared));
  let at = 0;
  for (const chunk of chunks) {
    shared.set(chunk, at);
    at += chunk.length;
  }
  return shared.subarray(0, length);
}
