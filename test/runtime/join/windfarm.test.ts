import { beforeAll, expect, it } from "vitest";
import { check } from "./check.js";
import { seededDraw } from "./draw.js";
import { drawData } from "./draw-data.js";
import { shapesOf } from "./shapes.js";
import { windFarmModel, windFarmViews } from "./wind-farm.js";
import { openWorld, type World } from "./world.js";

const shapes = shapesOf(windFarmViews);
let world: World;

beforeAll(async () => {
  const distinct = ["employeeNumber", "serialNumber"];
  const items = drawData(seededDraw(1), windFarmViews, { most: 12, whole: true, distinct });
  world = await openWorld([windFarmModel], windFarmViews, items);
});

/** Nested sets are larger than pages, chunks and the sets of one request. */
const limits = { rootPage: 4, setPage: 3, chunk: 3, sets: 4 };

it("are 150 shapes and more", () => {
  expect(shapes.length).toBeGreaterThanOrEqual(150);
});

for (const { name, handle, args } of shapes) {
  it(`wind farm, ${name}: what nested loops over all data give`, () => check(world, handle, args, limits));
}
