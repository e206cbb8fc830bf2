import { describe, expect, it } from "vitest";
import { deleteInstances, queryInstances } from "../../../src/emulator/engine/instances/index.js";
import { apply, edge, idsOf, list, node, project, ref, refusal, row, snapshot, view } from "./project.js";

const id = (externalId: string, rest: object = {}) => ({ instanceType: "node" as const, ...ref(externalId), ...rest });

describe("contract 7.3: deleting", () => {
  it("takes the edges of a node along and answers the ids that were asked for and there", () => {
    const state = project();
    apply(state, { items: [node("a"), node("b"), edge("ab", "a", "b"), edge("ba", "b", "a"), edge("bb", "b", "b")] });
    const { items } = deleteInstances(state, { items: [id("a"), id("nope"), id("a"), { ...id("bb") }] });
    expect(items).toEqual([id("a")]);
    expect(idsOf(list(state, { instanceType: "edge" }).items)).toEqual(["bb"]);
    expect([...state.edgesByStart.keys()]).toEqual(["d/b"]);
  });

  it("refuses unknown and system spaces, and older versions, with nothing deleted", () => {
    const state = project();
    apply(state, { items: [node("a", { int: 1 })] });
    apply(state, { items: [node("a", { int: 2 })] });
    const before = snapshot(state);
    expect(refusal(() => deleteInstances(state, { items: [id("a", { space: "x" })] }))).toBe(
      "400 One or more spaces do not exist: 'x'",
    );
    expect(refusal(() => deleteInstances(state, { items: [id("a", { space: "sys" })] }))).toMatch("system space");
    expect(refusal(() => deleteInstances(state, { items: [id("a", { existingVersion: 1 })] }))).toMatch(/^409/);
    expect(snapshot(state)).toEqual(before);
    expect(deleteInstances(state, { items: [id("a", { existingVersion: 2 })] }).items).toHaveLength(1);
  });

  it("keeps relations that point at a deleted node, and makes the id anew when it is written again", () => {
    const state = project();
    apply(state, { items: [node("a", { link: ref("b") }), node("b", { text: "old" })] });
    const through = { source: view("Thing"), identifier: "link" };
    const back = () =>
      queryInstances(state, {
        with: { b: { nodes: { filter: { instanceReferences: [ref("b")] } } }, a: { nodes: { from: "b", through } } },
        select: { a: {} },
      }).items["a"];
    expect(idsOf(back())).toEqual(["a"]);
    deleteInstances(state, { items: [id("b")] });
    expect(row(state, "a")).toEqual({ link: ref("b") });
    expect(apply(state, { items: [node("b", { int: 1 })] }).items).toMatchObject([{ version: 1 }]);
    expect(row(state, "b")).toEqual({ int: 1 });
    expect(idsOf(back())).toEqual(["a"]);
    deleteInstances(state, { items: [id("a")] });
    expect(back()).toEqual([]);
    expect(idsOf(list(state, {}).items)).toEqual(["b"]);
  });
});
