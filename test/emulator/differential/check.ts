import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { answers } from "./compare.js";
import { differentialCase } from "./generate.js";

/**
 * Asks the engine and the reference the same questions of so many random worlds.
 *
 * @throws Error with the smallest case found on which they differ, and the seed that leads to it
 */
export function checkDifferential(seed: number, count: number): void {
  const property = fc.property(differentialCase, (given) => {
    for (const { engine, reference } of answers(given)) {
      if (isDeepStrictEqual(engine, reference)) continue;
      throw new Error(`engine    ${JSON.stringify(engine)}\nreference ${JSON.stringify(reference)}`);
    }
  });
  fc.assert(property, { seed, numRuns: count });
}
