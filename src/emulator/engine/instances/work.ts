import { timedOut } from "../fault.js";
import type { ProjectLimits } from "../project-limits.js";

/** Counts the steps of one call that reads instances, and ends the call where they are too many (contract 2.2). */
export class Work {
  #left: number;

  constructor({ querySteps }: ProjectLimits) {
    this.#left = querySteps;
  }

  /** @throws {@link Fault} 408 when nothing is left. */
  step(count = 1): void {
    this.#left -= count;
    if (this.#left < 0) throw timedOut();
  }
}
