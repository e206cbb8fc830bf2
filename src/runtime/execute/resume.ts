import { QueryError } from "../../errors/index.js";
import { isRecord, writeJson } from "../../models/index.js";

/** Where a list stands between two pages. */
export interface Position {
  readonly cursor: string;
  /** Rows that may still come, where there is a limit. */
  readonly left?: number;
}

/** A position as a string that outlives the process, and is good for the same query only. */
export function encodePosition(plan: object, position: Position): string {
  const json = JSON.stringify({ query: fingerprint(plan), ...position });
  const ascii = json.replace(/[^\x20-\x7e]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return btoa(ascii).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/**
 * The reverse of {@link encodePosition}.
 *
 * @throws QueryError `QUERY.CURSOR_INVALID` for anything else, `QUERY.CURSOR_MISMATCH` for a cursor of another query
 */
export function decodePosition(plan: object, text: string): Position {
  const { query, cursor, left } = parse(text);
  if (typeof cursor !== "string") throw new QueryError("QUERY.CURSOR_INVALID", "This is no cursor of a list.");
  if (query !== fingerprint(plan)) {
    throw new QueryError("QUERY.CURSOR_MISMATCH", "The cursor is of another query.", {
      hint: "A cursor resumes the query that gave it: the same view, where, select, sort and limit.",
    });
  }
  return typeof left === "number" ? { cursor, left } : { cursor };
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(atob(text.replace(/-/g, "+").replace(/_/g, "/")));
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

const known = new WeakMap<object, string>();

/** Made once per plan: each page has a cursor. */
function fingerprint(plan: object): string {
  const hash = known.get(plan) ?? hashOf(writeJson(plan));
  known.set(plan, hash);
  return hash;
}

/** 53 bits (cyrb53): tells queries apart, and is no secret. */
function hashOf(text: string): string {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
}
