import type fc from "fast-check";
import { integer } from "fast-check";

/** Where choices come from. */
export interface Draw {
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number;
  pick<T>(items: readonly T[]): T;
  /** Whether something happens, so many times in a hundred. */
  chance(percent: number): boolean;
  /** Some of the items, at least one, in their order. */
  some<T>(items: readonly T[], most: number): T[];
}

function drawWith(int: Draw["int"]): Draw {
  const pick = <T>(items: readonly T[]): T => items[int(0, items.length - 1)] as T;
  const chance = (percent: number): boolean => int(1, 100) > 100 - percent;
  const some = <T>(items: readonly T[], most: number): T[] => {
    const count = int(1, Math.min(most, items.length));
    const taken = new Set<number>();
    for (let round = 0; taken.size < count && round < 20; round++) taken.add(int(0, items.length - 1));
    return [...taken].sort((a, b) => a - b).map((index) => items[index] as T);
  };
  return { int, pick, chance, some };
}

/** Choices of a property-based test, which shrink. */
export function drawOf(g: fc.GeneratorValue): Draw {
  return drawWith((low, high) => g(integer, { min: low, max: high }));
}

/** Choices that are the same for the same seed. */
export function seededDraw(seed: number): Draw {
  let state = seed >>> 0;
  return drawWith((low, high) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return low + ((Math.imul(state ^ (state >>> 15), 0x2c1b_3c6d) >>> 0) % (high - low + 1));
  });
}
