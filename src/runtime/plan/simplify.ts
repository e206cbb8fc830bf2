import { type Filter, type FilterOperators, writeJson } from "../../models/index.js";
import type { Registry } from "../registry.js";
import { type Condition, every, negate, nothing, some } from "./condition.js";
import { meetOnProperties } from "./meet.js";
import { oneOf, oneOfFilter } from "./one-of.js";
import { type Kinds, kindsIn } from "./value-kind.js";

/**
 * A condition with less in it that holds for the same instances: flat, without repetitions, and `nothing` where it can
 * hold for none. Values are compared where their property's type tells how; the rest is taken as it is. What `not` gives
 * for missing values is not known for sure (contract 9.2): nothing is concluded within one that depends on it.
 */
export function simplify(condition: Condition, registry: Registry): Condition {
  if (condition === true) return true;
  const result = new Simplifier(kindsIn(registry)).simple(condition, false);
  // All there is was said on purpose: it stays.
  return result === true ? all : result;
}

const all: Filter = { matchAll: {} };

class Simplifier {
  readonly #kinds: Kinds;

  constructor(kinds: Kinds) {
    this.#kinds = kinds;
  }

  /** @param negated - whether it is within a `not` */
  simple(filter: Filter, negated: boolean): Condition {
    const inner = (one: Filter): Condition => this.simple(one, negated);
    if ("and" in filter) return this.#every(filter.and.map(inner), negated);
    if ("or" in filter) return this.#some(filter.or.map(inner));
    if ("not" in filter) return inverse(this.simple(filter.not, true));
    if ("matchAll" in filter) return true;
    if ("nested" in filter) return nestedIn(filter.nested, inner(filter.nested.filter));
    return this.#leaf(filter, negated);
  }

  #leaf(filter: Filter, negated: boolean): Condition {
    if ("range" in filter && !negated) return every(meetOnProperties([filter], this.#kinds));
    const values = oneOf(filter, this.#kinds);
    return values ? oneOfFilter(values) : filter;
  }

  #every(conditions: readonly Condition[], negated: boolean): Condition {
    const parts = partsOf(every(conditions), "and");
    if (parts === undefined) return every(conditions);
    const kept = absorbed(parts, "or");
    if (negated) return every(kept);
    const met = meetOnProperties(kept, this.#kinds);
    return contradicts(met) ? nothing : every(met);
  }

  #some(conditions: readonly Condition[]): Condition {
    const parts = partsOf(some(conditions), "or");
    return parts === undefined ? some(conditions) : some(this.#joined(absorbed(parts, "and")));
  }

  /** Alternatives of one property's values are one list of them. */
  #joined(parts: readonly Filter[]): Filter[] {
    const byProperty = new Map<string, Filter[]>();
    for (const part of parts) {
      const key = writeJson(oneOf(part, this.#kinds)?.property ?? part);
      byProperty.set(key, [...(byProperty.get(key) ?? []), part]);
    }
    return [...byProperty.values()].flatMap((same) => {
      const values = same.length > 1 ? oneOf({ or: same }, this.#kinds) : undefined;
      return values ? [oneOfFilter(values)] : same;
    });
  }
}

function nestedIn(nested: FilterOperators["nested"], there: Condition): Condition {
  if (there === nothing) return nothing;
  return { nested: { ...nested, filter: there === true ? all : there } };
}

function inverse(condition: Condition): Condition {
  return condition !== true && condition !== nothing && "not" in condition ? condition.not : negate(condition);
}

/** The parts of a combination, each once. */
function partsOf(condition: Condition, operator: "and" | "or"): Filter[] | undefined {
  if (condition === true || condition === nothing) return undefined;
  const parts = (condition as { readonly [K in "and" | "or"]?: readonly Filter[] })[operator] ?? [condition];
  return [...new Map(parts.map((part) => [writeJson(part), part])).values()];
}

/** Without those combinations that hold whenever another part does: a and (a or b), a or (a and b). */
function absorbed(parts: readonly Filter[], inner: "and" | "or"): Filter[] {
  const texts = new Set(parts.map((part) => writeJson(part)));
  return parts.filter((part) => {
    const members = (part as { readonly [K in "and" | "or"]?: readonly Filter[] })[inner];
    return members === undefined || !members.some((member) => texts.has(writeJson(member)));
  });
}

/** Whether two parts are each other's opposites. */
function contradicts(parts: readonly Filter[]): boolean {
  const texts = new Set(parts.map((part) => writeJson(part)));
  return parts.some((part) => "not" in part && texts.has(writeJson(part.not)));
}
