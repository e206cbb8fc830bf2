import { InputError } from "../errors/index.js";
import { abortErrorOf } from "../http/index.js";
import { MAX_PART_SIZE, MAX_PARTS, MIN_PART_SIZE } from "../models/index.js";

/** What can be uploaded. Streams are read once; the rest is never copied as a whole. */
export type FileContent = Blob | ArrayBuffer | Uint8Array | string | ReadableStream<Uint8Array>;

/** A piece of a content, in order. Pieces are kept in memory (those of a Blob are not), so that one can be sent again. */
export interface ContentPart {
  readonly body: Blob | Uint8Array<ArrayBuffer>;
  readonly bytes: number;
}

const defaultPartSize = 16 * 1024 * 1024;
const megabyte = 1024 * 1024;

/** Bytes of a content; `undefined` for a stream, which does not tell. */
export function sizeOf(content: FileContent): number | undefined {
  if (content instanceof Blob) return content.size;
  if (content instanceof ReadableStream) return undefined;
  return bytesOf(content).length;
}

/**
 * Bytes of a part: as asked for, but more where {@link MAX_PARTS} of them would not hold the content (contract 11.2).
 *
 * @throws InputError for a part size that the service does not take, or a content too large for it
 */
export function partSizeFor(size: number | undefined, asked: number = defaultPartSize): number {
  if (!Number.isInteger(asked) || asked < MIN_PART_SIZE || asked > MAX_PART_SIZE) {
    const message = `partSize must be a whole number from ${MIN_PART_SIZE} to ${MAX_PART_SIZE} bytes; it is ${asked}.`;
    throw new InputError("INPUT.PART_SIZE", message, { path: "partSize" });
  }
  if (size === undefined) return asked;
  if (!Number.isInteger(size) || size < 0) {
    throw new InputError("INPUT.SIZE", `size must be a whole number of bytes; it is ${size}.`, { path: "size" });
  }
  const needed = Math.ceil(size / MAX_PARTS / megabyte) * megabyte;
  if (needed <= MAX_PART_SIZE) return Math.max(asked, needed);
  const most = MAX_PARTS * MAX_PART_SIZE;
  throw new InputError("INPUT.SIZE", `A file holds at most ${most} bytes; this is ${size}.`, { path: "content" });
}

/**
 * Cuts a content into parts of a size; only the last one may be smaller. An empty content has none. A stream is
 * read as its parts are asked for, and cancelled when that ends early or the signal is aborted.
 */
export async function* partsOf(
  content: FileContent,
  size: number,
  signal: AbortSignal,
): AsyncGenerator<ContentPart, void, undefined> {
  if (content instanceof ReadableStream) {
    yield* partsOfStream(content, size, signal);
    return;
  }
  const whole = content instanceof Blob ? content : bytesOf(content);
  const total = whole instanceof Blob ? whole.size : whole.length;
  for (let from = 0; from < total; from += size) {
    const to = Math.min(from + size, total);
    yield { body: whole instanceof Blob ? whole.slice(from, to) : whole.subarray(from, to), bytes: to - from };
  }
}

async function* partsOfStream(
  stream: ReadableStream<Uint8Array>,
  size: number,
  signal: AbortSignal,
): AsyncGenerator<ContentPart, void, undefined> {
  if (stream.locked) throw wrongContent("The stream has another reader already.");
  const reader = stream.getReader();
  // A stream that stalls would keep its reader waiting; cancelled, the read ends.
  const stop = (): void => void reader.cancel(signal.reason).catch(() => {});
  signal.addEventListener("abort", stop);
  if (signal.aborted) stop();
  try {
    let part = new Collector(size);
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      if (!(step.value instanceof Uint8Array)) throw wrongContent("The stream gives something other than Uint8Array.");
      for (let rest = step.value; rest.length > 0; ) {
        rest = part.take(rest);
        if (part.full) {
          yield part.done();
          part = new Collector(size);
        }
      }
    }
    if (signal.aborted) throw abortErrorOf(signal.reason);
    if (part.length > 0) yield part.done();
  } finally {
    signal.removeEventListener("abort", stop);
    await reader.cancel().catch(() => {});
    reader.releaseLock();
  }
}

/** Gathers the chunks of a stream until they make up a part. */
class Collector {
  readonly #chunks: Uint8Array[] = [];
  readonly #size: number;
  length = 0;

  constructor(size: number) {
    this.#size = size;
  }

  get full(): boolean {
    return this.length === this.#size;
  }

  /** Takes what fits; gives the rest. */
  take(chunk: Uint8Array): Uint8Array {
    const fits = chunk.subarray(0, this.#size - this.length);
    this.#chunks.push(fits);
    this.length += fits.length;
    return chunk.subarray(fits.length);
  }

  done(): ContentPart {
    const body = new Uint8Array(this.length);
    let offset = 0;
    for (const chunk of this.#chunks) {
      body.set(chunk, offset);
      offset += chunk.length;
    }
    return { body, bytes: body.length };
  }
}

/** The bytes themselves, not a copy, unless they are shared with other threads: then they may change while they are sent. */
function bytesOf(content: ArrayBuffer | Uint8Array | string): Uint8Array<ArrayBuffer> {
  if (typeof content === "string") return new TextEncoder().encode(content);
  if (content instanceof ArrayBuffer) return new Uint8Array(content);
  if (!(content instanceof Uint8Array)) {
    throw wrongContent("The content is of a kind that cannot be uploaded.");
  }
  const { buffer, byteOffset, byteLength } = content;
  return buffer instanceof ArrayBuffer ? new Uint8Array(buffer, byteOffset, byteLength) : new Uint8Array(content);
}

function wrongContent(message: string): InputError {
  return new InputError("INPUT.CONTENT", message, {
    path: "content",
    hint: "Give a Blob, an ArrayBuffer, a Uint8Array, a string, or a ReadableStream of Uint8Array that nobody reads.",
  });
}
