import { isMapped, type ViewProperty, type ViewReference } from "../../../models/index.js";
import { badRequest } from "../fault.js";
import { resolveView } from "../resolve.js";
import { containerKey, type ProjectState, type StoredInstance } from "../state.js";
import { viewName } from "./names.js";
import type { Work } from "./work.js";

/** What to look for, and where. */
export interface TextQuery {
  readonly view: ViewReference;
  readonly query?: string;
  readonly properties?: readonly string[];
  readonly operator?: "AND" | "OR";
}

/** How many of the terms an instance matches: 0 means that it does not match. */
export type TextMatch = (instance: StoredInstance) => number;

/**
 * Compiles a search in the texts of a view (contract 9.4): a term matches the beginning of a word, in any case. Without
 * terms everything matches.
 *
 * @param request - its view is there: whoever reads through it has found it
 * @throws {@link Fault} 400 for unknown properties, and for those that hold no text.
 */
export function textMatch(state: ProjectState, request: TextQuery, work: Work): TextMatch {
  const columns = textColumns(state, request);
  const terms = [...new Set(wordsOf(request.query ?? ""))];
  if (terms.length === 0) return () => 1;
  const needed = request.operator === "AND" ? terms.length : 1;
  return (instance) => {
    const words = columns.flatMap(({ key, id }) => wordsIn(instance.rows.get(key)?.get(id)));
    work.step(words.length * terms.length);
    const matched = terms.filter((term) => words.some((word) => word.startsWith(term))).length;
    return matched < needed ? 0 : matched;
  };
}

interface TextColumn {
  readonly key: string;
  readonly id: string;
}

function textColumns(state: ProjectState, { view, properties }: TextQuery): readonly TextColumn[] {
  const known = resolveView(state, view)?.properties ?? new Map<string, ViewProperty>();
  const columns = new Map<string, TextColumn>();
  for (const [id, property] of known) {
    if (!isMapped(property) || property.type.type !== "text") continue;
    columns.set(id, { key: containerKey(property.container), id: property.containerPropertyIdentifier });
  }
  if (properties === undefined || properties.length === 0) return [...columns.values()];
  return properties.map((id) => {
    const column = columns.get(id);
    if (column) return column;
    if (!known.has(id)) throw badRequest(`Unknown property '${id}' in view '${viewName(view)}'`);
    throw badRequest(`Cannot search in property '${id}' of view '${viewName(view)}': it holds no text`);
  });
}

function wordsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(wordsIn);
  return typeof value === "string" ? wordsOf(value) : [];
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
