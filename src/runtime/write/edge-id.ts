import { fnv1a } from "../../models/index.js";
import type { EdgeEnds } from "./drafts.js";

/** Longest external id (contract 3.6; E103). */
const longest = 255;

/**
 * The external id of an edge that was given none (E77): its ends and its type, as in `A1:mast_1:wind/Turbine.metmasts`. So
 * the same edge written again is the same, and two types of edges between the same nodes are two. Where that could stand
 * for several edges, since an id has a colon in it or the ends are in two spaces, or where it is too long, a hash of all
 * that tells an edge apart is added.
 */
export function edgeExternalId({ type, startNode, endNode }: EdgeEnds): string {
  const text = `${startNode.externalId}:${endNode.externalId}:${type.space}/${type.externalId}`;
  const isPlain =
    startNode.space === endNode.space && !startNode.externalId.includes(":") && !endNode.externalId.includes(":");
  if (isPlain && text.length <= longest) return text;
  const parts = [startNode, endNode, type].flatMap(({ space, externalId }) => [space, externalId]);
  const whole = JSON.stringify(parts);
  const hash = `~${digits(fnv1a(whole))}${digits(fnv1a(whole, 0x01000193))}`;
  return text.slice(0, longest - hash.length) + hash;
}

/** In 8 hexadecimal digits. */
function digits(hash: number): string {
  return hash.toString(16).padStart(8, "0");
}
