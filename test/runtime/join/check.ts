import { expect } from "vitest";
import type { PlanLimits } from "../../../src/runtime/plan/scope.js";
import { canonical } from "./canonical.js";
import type { Draw } from "./draw.js";
import { type Args, Oracle } from "./oracle.js";
import type { World } from "./world.js";

/** Pages as small as they get, so that every set has several. */
export function smallLimits(draw: Draw): Partial<PlanLimits> {
  return { rootPage: draw.int(1, 5), setPage: draw.int(1, 4), chunk: draw.int(1, 4), sets: draw.int(2, 6) };
}

/** Holds a list against nested loops over all data. */
export async function check(world: World, handle: string, args: Args, limits: Partial<PlanLimits>): Promise<void> {
  const rows = await world.on(handle, limits).list(args);
  const expected = new Oracle(world).list(handle, args);
  const told = JSON.stringify({ handle, args, limits });
  expect(canonical(world.views, handle, args, rows), told).toEqual(canonical(world.views, handle, args, expected));
}
