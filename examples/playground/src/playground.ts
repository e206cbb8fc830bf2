import { generateStep } from "./generate-step.js";
import { loadStep } from "./load-step.js";
import { queryStep } from "./query-step.js";
import type { Step } from "./step.js";
import { startWorld } from "./world.js";
import { writeStep } from "./write-step.js";

/** The page, from top to bottom. */
const steps: readonly Step[] = [loadStep, generateStep, writeStep, queryStep];

/** Puts the playground into an element of a page. */
export function mountPlayground(place: Element): void {
  const world = startWorld();
  place.replaceChildren(...steps.map((step) => step(world)));
}
