import { expect, it } from "vitest";
import { bindViews } from "../../src/runtime/bind.js";
import { defaultLimits } from "../../src/runtime/plan/scope.js";
import { startFarm, views } from "../runtime/farm.js";

const masts = 1_000;
const turbines = 24_000;
const edges = 25_000;

/** Turbines in one circle, with others that point across it, and edges to masts. */
function graph(): { readonly turbine: object[]; readonly metmast: object[] } {
  const turbine = Array.from({ length: turbines }, (_, n) => ({
    externalId: `T${n}`,
    name: `${n}`,
    next: `T${(n + 1) % turbines}`,
    similar: [`T${(n * 7919) % turbines}`, `T${turbines - 1 - n}`],
    metmasts: [{ edge: { distance: n }, node: `M${n % masts}` }],
    ...(n < edges - turbines ? { gateway: `M${n % masts}` } : {}),
  }));
  return { turbine, metmast: Array.from({ length: masts }, (_, n) => ({ externalId: `M${n}`, height: n })) };
}

it.each([1, 2])(
  "a cyclic graph of 50,000 nodes and edges is written while a tenth of all requests fail, and told right, seed %i",
  async (seed) => {
    const farm = startFarm({ chaos: 0.1, seed }, { retry: { attempts: 20, baseDelay: 50 } });
    const { upsert } = bindViews(farm.client, views, { space: "data" }, defaultLimits);
    const items = graph() as never;
    const first = await upsert(items);
    expect(first.counts).toMatchObject({ created: 50_000, updated: 0, unchanged: 0, failed: 0, unknown: 0, unsent: 0 });
    expect(new Set(first.items.map(({ externalId }) => externalId)).size).toBe(50_000);
    const again = await upsert(items);
    expect(again.counts).toMatchObject({ created: 0, updated: 0, unchanged: 50_000 });
    const changed = (items as { turbine: { name: string }[] }).turbine.slice(0, 5_000);
    for (const turbine of changed) turbine.name = `${turbine.name} north`;
    expect((await upsert(items)).counts).toMatchObject({ created: 0, updated: 5_000, unchanged: 45_000 });

    let count = 0;
    const select = { name: true, next: true, metmasts: { edge: { select: { distance: true } }, node: true } };
    for await (const row of farm.on("turbine").list({ select })) {
      const n = Number(row.externalId.slice(1));
      expect(row["next"]).toEqual({ space: "data", externalId: `T${(n + 1) % turbines}` });
      expect(row["metmasts"]).toMatchObject([{ edge: { distance: n }, node: { externalId: `M${n % masts}` } }]);
      count += 1;
    }
    expect(count).toBe(turbines);
    expect(farm.requests.length).toBeGreaterThan(150);
  },
);
