import { readFileSync } from "node:fs";
import { beforeAll, expect, it } from "vitest";
import { check } from "./check.js";
import { seededDraw } from "./draw.js";
import { drawData } from "./draw-data.js";
import { shapesOf } from "./shapes.js";
import { openWorld, viewsOf, type World } from "./world.js";

const model = JSON.parse(
  readFileSync(new URL("../../../examples/windfarm/model.json", import.meta.url), "utf8"),
) as object;
const views = viewsOf(model);
const shapes = shapesOf(views);
let world: World;

beforeAll(async () => {
  world = await openWorld(
    [model],
    views,
    drawData(seededDraw(1), views, { most: 12, whole: true, distinct: ["employeeNumber", "serialNumber"] }),
  );
});

/** Nested sets are larger than pages, chunks and the sets of one request. */
const limits = { rootPage: 4, setPage: 3, chunk: 3, sets: 4 };

it("are 150 shapes and more", () => {
  expect(shapes.length).toBeGreaterThanOrEqual(150);
});

for (const { name, handle, args } of shapes) {
  it(`wind farm, ${name}: what nested loops over all data give`, () => check(world, handle, args, limits));
}
