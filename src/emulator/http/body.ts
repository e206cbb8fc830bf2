import { parseJson } from "../../models/index.js";
import { badRequest, Fault } from "../engine/fault.js";

/** Most bytes of a body, unpacked: 64 MiB. */
export const MAX_BODY_BYTES: number = 64 * 1024 * 1024;

/**
 * Reads the JSON of a request, packed with gzip or not (contract 1.5); integers beyond 2^53 as `bigint`.
 *
 * @throws Fault 400 for what is not JSON, 413 for more than {@link MAX_BODY_BYTES}; RangeError for what is nested too
 *   deeply
 */
export async function readJson(request: Request): Promise<unknown> {
  const bytes = await readBody(request);
  if (bytes.length === 0) throw badRequest("The body is empty: a JSON object is expected.");
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw badRequest("The body is not valid UTF-8.");
  }
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof RangeError) throw error;
    throw badRequest(`The body is not valid JSON: ${(error as SyntaxError).message}`);
  }
}

/**
 * Reads the bytes of a request, packed with gzip or not.
 *
 * @throws Fault 400 for a packing that is not known or is broken, 413 for more than {@link MAX_BODY_BYTES}
 */
export async function readBody(request: Request): Promise<Uint8Array> {
  return isSmall(request) ? readWhole(request) : readBytes(unpacked(request));
}

/** Whether a body says that it is within the bound, as it is sent: its parts need not be counted then. */
function isSmall({ headers }: Request): boolean {
  return Number(headers.get("content-length") ?? Number.NaN) <= MAX_BODY_BYTES && !headers.has("content-encoding");
}

async function readWhole(request: Request): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await request.arrayBuffer());
  } catch {
    throw unreadable();
  }
  if (bytes.length > MAX_BODY_BYTES) throw tooLarge();
  return bytes;
}

function unreadable(): Fault {
  return badRequest("The body cannot be read: it is cut off, or not the gzip it says it is.");
}

function tooLarge(): Fault {
  return new Fault(413, `The body is larger than ${MAX_BODY_BYTES} bytes.`);
}

type Chunks = ReadableStream<Uint8Array<ArrayBuffer>>;

function unpacked(request: Request): Chunks | null {
  const encoding = (request.headers.get("content-encoding") ?? "identity").trim().toLowerCase();
  if (encoding === "identity") return request.body;
  if (encoding !== "gzip") throw badRequest(`Content-Encoding '${encoding}' is not supported. Use gzip, or none.`);
  return request.body?.pipeThrough(new DecompressionStream("gzip")) ?? null;
}

async function readBytes(stream: Chunks | null): Promise<Uint8Array> {
  if (!stream) return new Uint8Array();
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      size += read.value.length;
      if (size > MAX_BODY_BYTES) throw tooLarge();
      chunks.push(read.value);
    }
  } catch (error) {
    if (!(error instanceof Fault)) throw unreadable();
    await reader.cancel().catch(() => undefined);
    throw error;
  }
  return joined(chunks, size);
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const all = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    all.set(chunk, offset);
    offset += chunk.length;
  }
  return all;
}
