import { InputError } from "../errors/index.js";
import { writeJson } from "../models/index.js";
import type { CompressionOptions } from "./request.js";
import type { Transport } from "./transport.js";

/** A body ready to be sent, any number of times. */
export interface Payload<Body> {
  readonly body: Body | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: number;
  /** As it was before it was packed. */
  readonly text: string;
}

/** How bodies are packed. */
export interface Packing {
  /** Packs a body of so many characters. */
  readonly threshold: number;
  readonly compress: (text: string) => Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * Characters from which packing pays: below, `CompressionStream` takes longer than a link of 100 Mbit/s needs for what
 * it saves (test/bench/compression.mjs).
 */
const defaultThreshold = 8_000;

/** How a client packs bodies. */
export function packingOf(options: CompressionOptions | undefined = !inBrowser(), transport: Transport): Packing {
  const { compress = "CompressionStream" in globalThis && gzip } = transport;
  const threshold = options === true ? defaultThreshold : options ? options.threshold : Number.POSITIVE_INFINITY;
  return {
    threshold: compress ? threshold : Number.POSITIVE_INFINITY,
    compress: compress || gzip,
  };
}

/** Whether requests are subject to the service's word on headers from other sites: in pages and their workers. */
function inBrowser(): boolean {
  return "document" in globalThis || "importScripts" in globalThis;
}

async function gzip(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

/** No body. */
export const emptyPayload: Payload<never> = { body: undefined, headers: {}, bytes: 0, text: "" };

/** A JSON body, written and packed where that pays. */
export type JSONPayload = Payload<string | Uint8Array<ArrayBuffer>>;

/** A body made ready ahead of its request, by `prepare` of a client. */
export class PreparedBody {
  readonly payload: Promise<JSONPayload>;

  constructor(payload: Promise<JSONPayload>) {
    this.payload = payload;
    // Its failure is met when the request is sent; a request that is never sent needs no body.
    payload.catch(() => {});
  }
}

/**
 * Writes a body as JSON, and packs it where that pays.
 *
 * @throws InputError `INPUT.BODY` for what JSON cannot hold
 */
export async function jsonPayload(
  value: unknown,
  { threshold, compress }: Packing,
  call: string,
): Promise<JSONPayload> {
  try {
    const text = writeJson(value);
    const packed = text.length >= threshold;
    const body = packed ? await compress(text) : text;
    const headers = { "content-type": "application/json", ...(packed ? { "content-encoding": "gzip" } : {}) };
    return { body, headers, bytes: body.length, text };
  } catch (error) {
    throw new InputError("INPUT.BODY", `The body of ${call} cannot be written as JSON: ${String(error)}`, {
      hint: "It must hold plain JSON values: no functions and no cycles.",
    });
  }
}
