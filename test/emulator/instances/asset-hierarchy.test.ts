import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ProjectState } from "../../../src/emulator/engine/state.js";
import type { InstanceWrite } from "../../../src/models/index.js";
import { addContainer, addSpace, addView, apply, container, project, ref, refusal } from "./project.js";

const source = { type: "view", space: "cdf_cdm", externalId: "CogniteAsset", version: "v1" } as const;

function assets(): ProjectState {
  const state = project();
  addSpace(state, "cdf_cdm", true);
  const properties = {
    parent: ["assetHierarchy_parent", { type: { type: "direct" } }],
    root: ["assetHierarchy_root", { type: { type: "direct" } }],
    path: ["assetHierarchy_path", { type: { type: "direct", list: true, maxListSize: 100 } }],
    pathLastUpdatedTime: ["assetHierarchy_path_last_updated_time", { type: { type: "timestamp" } }],
  } as const;
  addContainer(state, {
    space: "cdf_cdm",
    externalId: "CogniteAsset",
    properties: Object.fromEntries(Object.values(properties)),
  });
  addView(state, {
    ...source,
    properties: Object.fromEntries(
      Object.entries(properties).map(([id, [containerPropertyIdentifier]]) => [
        id,
        { container: container("CogniteAsset", "cdf_cdm"), containerPropertyIdentifier },
      ]),
    ),
  });
  return state;
}

const asset = (externalId: string, parent?: string | null): InstanceWrite => ({
  instanceType: "node",
  ...ref(externalId),
  sources: [{ source, properties: parent === undefined ? {} : { parent: parent && ref(parent) } }],
});

function pathOf(state: ProjectState, externalId: string): string | undefined {
  const row = state.instances.get({ space: "d", externalId })?.rows.get("cdf_cdm/CogniteAsset");
  const path = row?.get("assetHierarchy_path") as { externalId: string }[] | undefined;
  const root = row?.get("assetHierarchy_root") as { externalId: string } | undefined;
  expect(root?.externalId).toBe(path?.[0]?.externalId);
  return path?.map((entry) => entry.externalId).join("/");
}

describe("contract 11.5: the asset hierarchy", () => {
  it("computes root and path of an asset and of all below it when a parent changes", () => {
    const state = assets();
    apply(state, { items: [asset("c", "b"), asset("b", "a"), asset("a")] });
    expect(["a", "b", "c"].map((id) => pathOf(state, id))).toEqual(["a", "a/b", "a/b/c"]);
    apply(state, { items: [asset("a", "top")] });
    expect(["a", "b", "c"].map((id) => pathOf(state, id))).toEqual(["top/a", "top/a/b", "top/a/b/c"]);
    expect(state.instances.get(ref("c"))?.version).toBe(2);
    apply(state, { items: [asset("b", null)] });
    expect(["b", "c"].map((id) => pathOf(state, id))).toEqual(["b", "b/c"]);
    expect(apply(state, { items: [asset("b", null)] }).items).toMatchObject([{ wasModified: false }]);
    apply(state, { items: [asset("b", "a")], replace: true });
    expect(pathOf(state, "c")).toBe("top/a/b/c");
  });

  it("leaves cycles and what hangs below them without root and path", () => {
    const state = assets();
    apply(state, { items: [asset("a"), asset("b", "a"), asset("c", "b")] });
    apply(state, { items: [asset("a", "b")] });
    expect(["a", "b", "c"].map((id) => pathOf(state, id))).toEqual([undefined, undefined, undefined]);
    apply(state, { items: [asset("a", null)] });
    expect(pathOf(state, "c")).toBe("a/b/c");
  });

  it("refuses values for what the service computes", () => {
    const state = assets();
    for (const property of ["root", "path", "pathLastUpdatedTime"]) {
      const item = { ...asset("a"), sources: [{ source, properties: { [property]: null } }] };
      expect(refusal(() => apply(state, { items: [item] }))).toMatch("the service computes it");
    }
  });

  it("gives the same paths whatever the order and the requests that assets come in", () => {
    const parents = fc.array(fc.option(fc.nat(7)), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(
        parents,
        fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7], { minLength: 8 }),
        fc.nat(8),
        (parentOf, order, cut) => {
          const items = order.map((index) => {
            const parent = parentOf[index];
            return asset(`n${index}`, parent === null || parent === undefined ? null : `n${parent}`);
          });
          const state = assets();
          apply(state, { items: items.slice(0, cut) });
          apply(state, { items: items.slice(cut) });
          for (const index of order) {
            const path: number[] = [];
            let current: number | null | undefined = index;
            while (typeof current === "number" && !path.includes(current)) {
              path.unshift(current);
              current = parentOf[current];
            }
            const expected = typeof current === "number" ? undefined : path.map((n) => `n${n}`).join("/");
            expect(pathOf(state, `n${index}`)).toBe(expected);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
