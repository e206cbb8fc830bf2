import { loadStep } from "./load-step.js";
import { queryStep } from "./query-step.js";
import type { Step } from "./step.js";
import { startWorld } from "./world.js";
import { writeStep } from "./write-step.js";

/** The page, from top to bottom. */
const steps: readonly Step[] = [loadStep, writeStep, queryStep];

const world = startWorld();
document.getElementById("steps")?.append(...steps.map((step) => step(world)));
