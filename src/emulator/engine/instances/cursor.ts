import { canonicalJson } from "../../../ir/index.js";
import { fnv1a, type JsonValue, parseJson, writeJson } from "../../../models/index.js";
import { badRequest } from "../fault.js";
import type { Place } from "./sort.js";

/** A short text that is the same for requests that ask for the same result, whatever the order of their keys. */
export function fingerprint(request: unknown): string {
  return fnv1a(canonicalJson(request)).toString(36);
}

/** An opaque text for a place in a result. */
export function writeCursor(place: Place, print: string): string {
  const bytes = new TextEncoder().encode(writeJson([print, place.sequence, place.values]));
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * The place that a cursor stands for.
 *
 * @throws {@link Fault} 400 for texts that are no cursors and for cursors of another request.
 */
export function readCursor(cursor: string, print: string): Place {
  const parsed = parse(cursor);
  if (!parsed) throw badRequest("Invalid cursor. Use the nextCursor of the previous page, unchanged.");
  if (parsed.print !== print) {
    throw badRequest("Invalid cursor: it belongs to another request. Repeat all other parameters unchanged.");
  }
  return parsed.place;
}

function parse(cursor: string): { readonly print: string; readonly place: Place } | undefined {
  try {
    const binary = atob(cursor.replaceAll("-", "+").replaceAll("_", "/"));
    const text = new TextDecoder().decode(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
    const [print, sequence, values] = parseJson(text) as readonly JsonValue[];
    if (typeof print !== "string" || typeof sequence !== "number" || !Array.isArray(values)) return undefined;
    if (values.some((value) => typeof value === "object" && value !== null)) return undefined;
    return { print, place: { sequence, values } };
  } catch {
    return undefined;
  }
}
