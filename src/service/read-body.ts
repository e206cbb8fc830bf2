import * as v from "valibot";
import { GatheredText } from "./gathered-text.js";
import type { ServiceLimits } from "./limits.js";
import { Problem } from "./problem.js";

/** Values of a body in which all that is wrong is looked for: each wrong one takes far more memory than it does in the body. */
const mostExplained = 20_000;

/**
 * Reads a JSON body within the limits, and checks it.
 *
 * @throws Problem 400, 408, 413, 415 or 422, which tells everything that is wrong; of a body of many values, the first
 */
export async function readBody<T>(
  request: Request,
  schema: v.GenericSchema<unknown, T>,
  limits: ServiceLimits,
): Promise<T> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/([\w.-]+\+)?json *(;|$)/i.test(type) || /; *charset=(?!"?utf-8"? *(;|$))/i.test(type)) {
    throw new Problem(415, "REQUEST.MEDIA_TYPE", "The body must be JSON, in UTF-8.", {
      hint: "Send content-type: application/json.",
    });
  }
  const text = await textOf(request, limits);
  const abortEarly = valuesIn(text, limits) > mostExplained;
  const result = v.safeParse(schema, jsonOf(text), { abortEarly });
  if (result.success) return result.output;
  throw new Problem(422, "REQUEST.BODY", "The body is not what this call takes.", {
    errors: result.issues.slice(0, 100).map((issue) => ({ path: v.getDotPath(issue) ?? "", message: issue.message })),
    hint: "See /openapi.json.",
  });
}

type Chunks = ReadableStream<Uint8Array<ArrayBuffer>>;

async function textOf(request: Request, { bodyBytes, bodyMilliseconds }: ServiceLimits): Promise<string> {
  const tooLarge = () => new Problem(413, "LIMIT.BODY", `The body has more than ${bodyBytes} bytes.`);
  if (Number(request.headers.get("content-length")) > bodyBytes) throw tooLarge();
  const reader = unpacked(request)?.getReader();
  if (!reader) return "";
  // Whoever sends it may go on; nobody reads that.
  const leave = (): void => void reader.cancel().catch(() => {});
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    leave();
  }, bodyMilliseconds);
  const text = new GatheredText();
  let bytes = 0;
  try {
    for (;;) {
      const chunk = await reader.read();
      if (isLate) throw new Problem(408, "LIMIT.BODY_TIME", `The body took more than ${bodyMilliseconds} ms.`);
      if (chunk.done) return text.end();
      bytes += chunk.value.length;
      if (bytes > bodyBytes) throw tooLarge();
      text.add(chunk.value);
    }
  } catch (error) {
    leave();
    if (error instanceof Problem || request.signal.aborted) throw error;
    throw new Problem(400, "REQUEST.JSON", "The body is cut off, not UTF-8, or not the gzip it says it is.");
  } finally {
    clearTimeout(timer);
  }
}

/** The body without its gzip; of bytes that come out as of others, there are as many as the limit says. */
function unpacked({ body, headers }: Request): ReadableStream<Uint8Array> | null {
  const encoding = (headers.get("content-encoding") ?? "identity").trim().toLowerCase();
  if (encoding === "identity") return body;
  if (encoding === "gzip") return (body as Chunks | null)?.pipeThrough(new DecompressionStream("gzip")) ?? null;
  throw new Problem(415, "REQUEST.ENCODING", "The body's content-encoding is not supported.", {
    hint: "Use gzip, or none.",
    headers: { "accept-encoding": "gzip" },
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Problem(400, "REQUEST.JSON", "The body is not JSON.", { cause: error });
  }
}

/** How many values JSON has at most; looked at before it is parsed, as are its levels. */
function valuesIn(text: string, { depth }: ServiceLimits): number {
  let level = 0;
  let values = 1;
  for (let at = 0; at < text.length; at++) {
    switch (text[at]) {
      case '"':
        at = endOfText(text, at);
        break;
      case ",":
        values += 1;
        break;
      case "[":
      case "{":
        level += 1;
        values += 1;
        if (level > depth) throw new Problem(422, "LIMIT.DEPTH", `The body has more than ${depth} levels.`);
        break;
      case "]":
      case "}":
        level -= 1;
    }
  }
  return values;
}

/** Where a text of JSON ends that begins at a place. */
function endOfText(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== '"') at += json[at] === "\\" ? 2 : 1;
  return at;
}
