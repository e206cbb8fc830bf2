import { expect, it } from "vitest";
import { toWrite } from "../../src/index.js";
import type { ViewDescriptor } from "../../src/ir/index.js";
import { bindViews } from "../../src/runtime/bind.js";
import { defaultLimits } from "../../src/runtime/plan/scope.js";
import { node, startFarm, views } from "./farm.js";

/** The view of turbines as it was before it had a capacity, tags and a number of them. */
function older(): ViewDescriptor {
  const { capacity, tags, count, ...properties } = views["turbine"]?.properties ?? {};
  return { ...views["turbine"], properties } as ViewDescriptor;
}

async function evolved() {
  const farm = startFarm();
  await farm.write([
    node("turbine", "A", { name: "a", capacity: 2, tags: ["x"] }),
    node("turbine", "B", { name: "b" }),
  ]);
  const { turbine } = bindViews(farm.client, { ...views, turbine: older() }, { space: "data" }, defaultLimits);
  if (!turbine) throw new Error("no handle");
  return { ...farm, turbine };
}

it("E93: what was added to a view since is kept aside in rows that are read whole, and nowhere else", async () => {
  const { turbine } = await evolved();
  const sort = [{ name: "asc" }];
  const [a, b] = await turbine.list({ sort });
  expect(a).toMatchObject({ name: "a", $unknown: { capacity: 2, tags: ["x"] } });
  expect(a).not.toHaveProperty("capacity");
  expect(b).not.toHaveProperty("$unknown");
  expect(await turbine.retrieve("A")).toMatchObject({ $unknown: { capacity: 2, tags: ["x"] } });
  expect((await turbine.search("a")).items).toMatchObject([{ $unknown: { capacity: 2 } }]);
  expect(await turbine.byView([], { sort })).toMatchObject([{ $unknown: { capacity: 2 } }, { name: "b" }]);
  for (const rows of [
    await turbine.list({ select: { name: true } }),
    (await turbine.search("a", { select: { name: true } })).items,
    [await turbine.retrieve("A", { select: { name: true } })],
  ]) {
    for (const row of rows) expect(row).not.toHaveProperty("$unknown");
  }
});

it("E93: what is kept aside is not written back", async () => {
  const { client, turbine } = await evolved();
  const row = await turbine.retrieve("A");
  const item = toWrite(turbine, row!);
  expect(item).not.toHaveProperty("$unknown");
  await turbine.upsert([{ ...item, name: "new" }]);
  const current = bindViews(client, views, { space: "data" }, defaultLimits)["turbine"];
  expect(await current?.retrieve("A")).toMatchObject({ name: "new", capacity: 2, tags: ["x"] });
});
