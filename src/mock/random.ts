import { fnv1a } from "../models/index.js";

/** A seeded source of random numbers: the same seed gives the same numbers everywhere. */
export interface Random {
  /** At least 0, less than 1. */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number;
  /** A number from `low` to `high`, with at most two decimals. */
  float(low: number, high: number): number;
  /** One of the items. @throws RangeError when there is none */
  pick<T>(items: readonly T[]): T;
  /** Whether something happens that has this probability. */
  chance(probability: number): boolean;
  /** So many different whole numbers from 0 up to but not including `below`; all of them where there are fewer. */
  distinct(count: number, below: number): readonly number[];
}

/** Numbers of a seed, which may be made of several parts (mulberry32). */
export function seeded(...parts: readonly (string | number)[]): Random {
  let state = fnv1a(parts.join("\u0000"));
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const int = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    int,
    float: (low, high) => Number((low + next() * (high - low)).toFixed(2)),
    pick: <T>(items: readonly T[]): T => {
      if (items.length === 0) throw new RangeError("There is nothing to pick from.");
      return items[int(0, items.length - 1)] as T;
    },
    chance: (probability) => next() < probability,
    distinct: (count, below) => {
      if (count >= below) return Array.from({ length: below }, (_, index) => index);
      const found = new Set<number>();
      while (found.size < count) found.add(int(0, below - 1));
      return [...found];
    },
  };
}
