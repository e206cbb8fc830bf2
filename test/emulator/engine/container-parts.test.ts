import { describe, expect, it } from "vitest";
import { deleteConstraints, deleteIndexes, inspectContainers } from "../../../src/emulator/engine/container-parts.js";
import { upsertContainers } from "../../../src/emulator/engine/containers.js";
import type { ProjectState } from "../../../src/emulator/engine/state.js";
import { addSpace, addView, apply, node, project, refusal, view } from "../instances/project.js";

const part = (identifier: string, containerExternalId = "Named", space = "m") => ({
  space,
  containerExternalId,
  identifier,
});
const constraintsOf = (state: ProjectState) => Object.keys(state.containers.get("m/Named")?.constraints ?? {});

describe("contract 5.5: deleting constraints and indexes", () => {
  it("deletes those that are there and says which; the rest of the container stays", () => {
    const state = project();
    const before = state.containers.get("m/Named");
    const items = [part("uniqueName"), part("none"), part("toString"), part("uniqueName", "Gone"), part("x", "Thing")];
    expect(deleteConstraints(state, { items })).toEqual({ items: [part("uniqueName")] });
    expect(constraintsOf(state)).toEqual(["needsThing"]);
    expect(state.containers.get("m/Named")).toMatchObject({ properties: before?.properties, createdTime: 1 });
    expect(state.containers.get("m/Named")?.lastUpdatedTime).toBeGreaterThan(1);
  });

  it("values need not be unique any more; added again, the constraint knows the values of now", () => {
    const state = project();
    const [a, b] = [node("a", { name: "same" }, "Both"), node("b", { name: "same" }, "Both")];
    apply(state, { items: [a] });
    expect(refusal(() => apply(state, { items: [b] }))).not.toBe("accepted");
    deleteConstraints(state, { items: [part("uniqueName")] });
    apply(state, { items: [b] });
    apply(state, { items: [node("a", { name: "other" }, "Both")] });
    const again = { constraintType: "uniqueness", properties: ["name"] } as const;
    const container = { space: "m", externalId: "Named", properties: {}, constraints: { uniqueName: again } };
    upsertContainers(state, { items: [container] });
    expect(refusal(() => apply(state, { items: [node("c", { name: "same" }, "Both")] }))).not.toBe("accepted");
    expect(refusal(() => apply(state, { items: [node("c", { name: "third" }, "Both")] }))).toBe("accepted");
  });

  it("deletes indexes alike, and refuses system spaces", () => {
    const state = project();
    const indexes = { byCode: { properties: ["code"] } };
    upsertContainers(state, { items: [{ space: "m", externalId: "Named", properties: {}, indexes }] });
    expect(deleteIndexes(state, { items: [part("byCode"), part("uniqueName")] })).toEqual({ items: [part("byCode")] });
    expect(constraintsOf(state)).toHaveLength(2);
    addSpace(state, "cdf_cdm", true);
    const items = [part("x", "CogniteAsset", "cdf_cdm")];
    expect(refusal(() => deleteIndexes(state, { items }))).toContain("400 Space 'cdf_cdm' is a system space");
  });
});

describe("contract 5.6: inspecting containers", () => {
  it("tells the views that map them, inherited properties counted, and how many they are", () => {
    const state = project();
    addView(state, { space: "m", externalId: "Child", version: "v1", implements: [view("Partial")] });
    addView(state, { space: "m", externalId: "Child", version: "v2", implements: [view("Partial")] });
    const inspectionOperations = { involvedViews: {}, totalInvolvedViewCount: { allVersions: true } };
    const items = [
      { space: "m", externalId: "Named" },
      { space: "m", externalId: "None" },
    ];
    expect(inspectContainers(state, { items, inspectionOperations }).items).toEqual([
      {
        space: "m",
        externalId: "Named",
        inspectionResults: {
          involvedViews: [view("Both"), view("Partial"), { ...view("Child"), version: "v2" }],
          involvedViewCount: 4,
        },
      },
    ]);
    expect(inspectContainers(state, { items, inspectionOperations: {} }).items[0]?.inspectionResults).toEqual({});
  });
});
