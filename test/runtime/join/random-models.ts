import fc from "fast-check";
import { check, smallLimits } from "./check.js";
import { drawOf } from "./draw.js";
import { drawData } from "./draw-data.js";
import { drawModel } from "./draw-model.js";
import { QueryDraw } from "./draw-query.js";
import { openWorld, type Views, viewsOf } from "./world.js";

/** Queries of one model with one set of data. */
const queries = 5;

interface Model {
  readonly model: object;
  readonly views: Views;
}

/** Random data of a model and random queries, so many in all. Fails with the seed, and with what it shrinks to. */
async function checkCases(
  cases: number,
  seed: number,
  modelOf: (draw: ReturnType<typeof drawOf>) => Model,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (g) => {
      const draw = drawOf(g);
      const { model, views } = modelOf(draw);
      const world = await openWorld([model], views, drawData(draw, views, { most: 6 }));
      const asked = new QueryDraw(draw, views);
      for (let count = 0; count < queries; count++) {
        const { handle, args } = asked.query();
        await check(world, handle, args, smallLimits(draw));
      }
    }),
    { seed, numRuns: Math.ceil(cases / queries), endOnFailure: true },
  );
}

/** Random queries of random models. */
export function checkRandomModels(cases: number, seed: number): Promise<void> {
  return checkCases(cases, seed, (draw) => {
    const model = drawModel(draw);
    return { model, views: viewsOf(model) };
  });
}

/** Random queries of one model. */
export function checkModel(model: object, views: Views, cases: number, seed: number): Promise<void> {
  return checkCases(cases, seed, () => ({ model, views }));
}
