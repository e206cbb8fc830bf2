import { describe, expect, it } from "vitest";
import { inspectInstances } from "../../../src/emulator/engine/instances/index.js";
import { addView, apply, container, mappingView, node, project, refusal, view } from "./project.js";

const id = (externalId: string, instanceType: "node" | "edge" = "node") => ({ instanceType, space: "d", externalId });

describe("contract 7.6: inspect", () => {
  const state = project();
  addView(state, { ...mappingView(state, "Thing", ["Thing"]), version: "v2" });
  apply(state, { items: [node("a", { int: 1 }), node("b", { name: "b" }, "Both"), node("bare")] });

  it("tells the views whose containers all hold data, newest versions only, and the containers", () => {
    const inspectionOperations = { involvedViews: {}, involvedContainers: {} };
    const { items } = inspectInstances(state, { items: [id("b"), id("a"), id("bare"), id("a")], inspectionOperations });
    expect(items.map(({ externalId }) => externalId)).toEqual(["b", "a", "bare"]);
    expect(items[1]?.inspectionResults.involvedContainers).toEqual([container("Thing")]);
    expect(items[1]?.inspectionResults.involvedViews).toEqual(
      expect.arrayContaining([{ ...view("Thing"), version: "v2" }, view("Typed")]),
    );
    expect(items[1]?.inspectionResults.involvedViews).not.toContainEqual(view("Thing"));
    expect(items[1]?.inspectionResults.involvedViews).not.toContainEqual(view("Both"));
    expect(items[0]?.inspectionResults.involvedViews).toContainEqual(view("Both"));
    expect(items[2]?.inspectionResults).toEqual({ involvedViews: [], involvedContainers: [] });
  });

  it("tells all versions, and only what was asked for", () => {
    const versions = { involvedViews: { allVersions: true } };
    const [all] = inspectInstances(state, { items: [id("a")], inspectionOperations: versions }).items;
    expect(all?.inspectionResults.involvedViews).toContainEqual(view("Thing"));
    expect(all?.inspectionResults).not.toHaveProperty("involvedContainers");
    expect(inspectInstances(state, { items: [id("a")], inspectionOperations: {} }).items).toEqual([
      { ...id("a"), inspectionResults: {} },
    ]);
  });

  it("leaves out what is not there, and what is of the other type", () => {
    const items = [id("none"), id("a", "edge")];
    expect(refusal(() => inspectInstances(state, { items, inspectionOperations: {} }))).toBe("accepted");
    expect(inspectInstances(state, { items, inspectionOperations: {} }).items).toEqual([]);
  });
});
