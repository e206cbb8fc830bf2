import { promisify } from "node:util";
import { constants, gzip } from "node:zlib";

const pack = promisify(gzip);

/**
 * Bytes of a piece of what is packed, at least. JSON mostly fits a quarter of its length, and is packed in one go then;
 * every other piece would wait for what else the process does.
 */
const SMALLEST_PIECE = 16_384;

/** Bytes below which packing costs more than it saves. */
const WORTH = 1024;

/** Whether a client takes what is packed with gzip. */
export function acceptsGzip(header: string | null): boolean {
  return (header ?? "").split(",").some((entry) => {
    const [coding = "", ...parameters] = entry.split(";").map((part) => part.trim().toLowerCase());
    const refused = parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
    return (coding === "gzip" || coding === "*") && !refused;
  });
}

/** An answer as a client takes it: texts of some length are packed where it accepts that, what is no-transform never. */
export async function packed(response: Response, accepts: boolean): Promise<Response> {
  const type = response.headers.get("content-type") ?? "";
  const asItIs = response.headers.get("cache-control")?.includes("no-transform");
  if (asItIs || !/^(application\/(json|protobuf)|text\/)/.test(type) || response.body === null) return response;
  const { status, headers } = response;
  headers.append("vary", "accept-encoding");
  // What goes as it is need not be put together before.
  if (!accepts) return response;
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes.length < WORTH) return new Response(bytes, { status, headers });
  headers.set("content-encoding", "gzip");
  headers.delete("content-length");
  // On the way within one machine, or a network of one's own, the first level saves most of what can be saved.
  const packing = { level: constants.Z_BEST_SPEED, chunkSize: Math.max(SMALLEST_PIECE, bytes.length >> 2) };
  return new Response(new Uint8Array(await pack(bytes, packing)), { status, headers });
}
