import { parseArgs } from "node:util";
import { checkDifferential } from "./check.js";

const { values } = parseArgs({ options: { seed: { type: "string" }, count: { type: "string", default: "2000" } } });
const seed = Number(values.seed ?? Date.now() % 1_000_000_000);
const count = Number(values.count);
if (!(Number.isInteger(seed) && Number.isInteger(count) && count > 0)) {
  throw new Error("Use --seed INTEGER and --count INTEGER, such as --seed 7 --count 100000.");
}

const STEP = 500;
for (let done = 0; done < count; done += STEP) {
  const size = Math.min(STEP, count - done);
  checkDifferential(seed + done, size);
  console.log(`${done + size} of ${count} cases equal (seed ${seed})`);
}
