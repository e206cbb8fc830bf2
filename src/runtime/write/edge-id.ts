import type { NodeReference } from "../../models/index.js";

/** Longest external id (contract 3.6; E103). */
const longest = 255;

/** The external id of an edge that was given none: those of both ends, cut with a hash where they are too long (E77). */
export function edgeExternalId(start: NodeReference, end: NodeReference): string {
  const joined = `${start.externalId}:${end.externalId}`;
  if (joined.length <= longest) return joined;
  const hash = `~${fnv(joined, 0x811c9dc5)}${fnv(joined, 0x01000193)}`;
  return joined.slice(0, longest - hash.length) + hash;
}

/** FNV-1a over code units, from a given start, in 8 hexadecimal digits. */
function fnv(text: string, start: number): string {
  let hash = start;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}
