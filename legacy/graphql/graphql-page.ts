import { isRecord } from "../../src/models/index.js";

/** What a page of an answer in GraphQL holds, as `items` or at the end of its `edges`; of all else, that itself. */
export function heldIn(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const { items, edges } = value;
  if (Array.isArray(items)) return items;
  return Array.isArray(edges) ? edges.map((edge: unknown) => (isRecord(edge) ? (edge["node"] ?? null) : null)) : value;
}
