import { describe, expect, it } from "vitest";
import type { ViewDescriptor } from "../../../src/ir/index.js";
import { toWrite, type UntypedRow } from "../../../src/runtime/index.js";
import { Registry } from "../../../src/runtime/registry.js";
import { rowToItem } from "../../../src/runtime/write/to-write.js";
import { ref, scope, startFarm, viewNamed } from "../farm.js";

const itemOf = (row: object, view = viewNamed("turbine")) => rowToItem({ ...row }, view, scope().registry);
const edge = { ...ref("e"), $type: ref("near", "s"), $startNode: ref("T1"), $endNode: ref("M1") };

describe("a row to write back", () => {
  it("D5, E93, E99, E102: carries the version read, and leaves out what cannot be written", () => {
    const view: ViewDescriptor = {
      ...viewNamed("turbine"),
      properties: { name: { type: "text" }, path: { type: "direct", list: true, readOnly: true } },
    };
    const row = {
      ...ref("T1"),
      $version: 4,
      $type: null,
      $createdTime: new Date(0),
      $lastUpdatedTime: new Date(0),
      name: null,
      path: [ref("T0")],
      addedLater: 5,
    };
    expect(rowToItem(row, view, new Registry([view]))).toEqual({
      ...ref("T1"),
      $existingVersion: 4,
      $type: null,
      name: null,
    });
  });

  it("E70, E79: makes items of rows within it, and ids of what is read through no bound view", () => {
    expect(
      itemOf({
        ...ref("T1"),
        meta: { space: "x", externalId: "y" },
        farm: { ...ref("F1"), name: "f", $version: 2 },
        similar: [ref("T2"), { ...ref("T3"), name: "n" }],
        owner: { ...ref("X"), unknown: 1 },
        blades: [{ ...ref("B1"), isDamaged: true }],
        previous: null,
        similarTo: [ref("T9")],
        gateway: null,
        metmasts: [
          {
            edge: { ...edge, $version: 7, distance: 4, surveyor: { ...ref("F1"), name: "f" } },
            node: { ...ref("M1"), height: 3 },
          },
          { edge, node: ref("M2") },
        ],
      }),
    ).toEqual({
      ...ref("T1"),
      meta: { space: "x", externalId: "y" },
      farm: { ...ref("F1"), $existingVersion: 2, name: "f" },
      similar: [ref("T2"), { ...ref("T3"), name: "n" }],
      owner: ref("X"),
      blades: [{ ...ref("B1"), isDamaged: true }],
      metmasts: [
        {
          edge: { ...ref("e"), $existingVersion: 7, distance: 4, surveyor: { ...ref("F1"), name: "f" } },
          node: { ...ref("M1"), height: 3 },
        },
        { edge: ref("e"), node: ref("M2") },
      ],
    });
  });

  it("of edges read alone, or as nodes without their edge", () => {
    expect(itemOf({ ...edge, distance: 3 }, viewNamed("distance"))).toEqual({ ...edge, distance: 3 });
    expect(itemOf({ ...ref("T1"), metmasts: [{ ...ref("M1"), height: 1 }] })).toEqual({
      ...ref("T1"),
      metmasts: [{ ...ref("M1"), height: 1 }],
    });
  });
});

it("is written back with a version that others have not passed", async () => {
  const farm = startFarm();
  const turbine = farm.on("turbine");
  await turbine.upsert([{ externalId: "T1", name: "one", farm: { externalId: "F1", name: "f" } }]);
  const select = { name: true, farm: { select: { name: true, $version: true } }, $version: true };
  const row = await turbine.retrieve("T1", { select });
  const item = { ...toWrite(turbine, row as UntypedRow), name: "eins" };
  expect((await turbine.upsert([item])).counts).toMatchObject({ updated: 1, unchanged: 1 });
  await expect(turbine.upsert([{ ...item, name: "uno" }])).rejects.toMatchObject({ code: "API.VERSION_CONFLICT" });
  expect(() => toWrite({ upsert: turbine.upsert } as never, ref("T1"))).toThrow("the handle of a bound view");
});

it("E79: nests nodes of a more special view", async () => {
  const farm = startFarm();
  await farm
    .on("turbine")
    .upsert([
      { externalId: "T1", name: "one", next: farm.on("big").nested({ externalId: "T2", name: "two", capacity: 7 }) },
    ]);
  expect(await farm.on("big").retrieve("T2")).toMatchObject({ name: "two", capacity: 7 });
});
