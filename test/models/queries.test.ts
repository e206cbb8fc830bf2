import { describe, expect, it } from "vitest";
import type { InstanceWrite } from "../../src/models/index.js";
import { check } from "../runtime/join/check.js";
import { seededDraw } from "../runtime/join/draw.js";
import { drawData } from "../runtime/join/draw-data.js";
import { shapesOf } from "../runtime/join/shapes.js";
import { openWorld, viewsOf } from "../runtime/join/world.js";
import { dependenciesOf, hasModels, readModel } from "./shared-models.js";

/** Nested sets are larger than pages, chunks and the sets of one request. */
const limits = { rootPage: 4, setPage: 3, chunk: 3, sets: 4 };

describe.skipIf(!hasModels)(
  "every way to read each property and relation gives what nested loops over all data give",
  () => {
    it.each(["movie_actors", "pygen_omni"])("%s", async (name) => {
      const file = readModel(name);
      const views = viewsOf(file);
      const { instances, ...model } = file;
      // Those of the other hold integers beyond 2^53, of which another test is.
      const { nodes = [], edges = [] } = name === "movie_actors" ? (instances ?? {}) : {};
      const own = [...nodes, ...edges].slice(0, 300) as unknown as InstanceWrite[];
      const models = [...dependenciesOf(name).map(readModel), model];
      const world = await openWorld(models, views, [...own, ...drawData(seededDraw(3), views, { most: 8 })]);
      const shapes = shapesOf(views);
      for (const { handle, args } of shapes) await check(world, handle, args, limits);
      expect(shapes.length).toBeGreaterThan(30);
    });
  },
);
