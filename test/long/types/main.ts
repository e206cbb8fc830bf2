// Prints what the types of 50 queries cost the compiler in generated SDKs of 50, 200 and 800 views, and fails where that is
// too much: `npm run types:cost`, after a build, on a machine that does nothing else.
import { typeCost } from "./type-cost.js";

const costs = new Map([
  [50, await typeCost(50)],
  [200, await typeCost(200)],
  [800, await typeCost(800)],
]);
for (const [views, { instantiations, seconds, megabytes }] of costs) {
  console.log(
    `${String(views).padStart(4)} views: ${String(instantiations).padStart(7)} instantiations, ` +
      `${seconds.toFixed(2)} s of the processor, ${megabytes.toFixed(0)} MB`,
  );
}
const [small, large] = [costs.get(50), costs.get(800)];
if (!small || !large) throw new RangeError("Nothing was measured.");
const growth = large.instantiations / small.instantiations;
console.log(`Instantiations from 50 to 800 views: ${growth.toFixed(3)}x`);
if (growth > 1.1 || large.seconds > 1 || large.megabytes > 100) {
  console.error("Too much: the limits are 1.1x, and 1.0 s and 100 MB at 800 views.");
  process.exitCode = 1;
}
