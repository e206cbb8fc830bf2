import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { InstanceWrite, JsonValue } from "../../src/models/index.js";
import { upsertOrder } from "../../src/resources/upsert-order.js";

const source = { type: "view", space: "m", externalId: "V", version: "v1" } as const;
const ref = (externalId: string): { space: string; externalId: string } => ({ space: "d", externalId });
const node = (externalId: string, value: JsonValue = null): InstanceWrite => ({
  instanceType: "node",
  ...ref(externalId),
  sources: [{ source, properties: { value } }],
});
const edge = (externalId: string): InstanceWrite => ({
  instanceType: "edge",
  ...ref(externalId),
  type: ref("t"),
  startNode: ref("a"),
  endNode: ref("b"),
});
const ids = (stages: readonly (readonly InstanceWrite[])[]): string[][] =>
  stages.map((stage) => stage.map(({ externalId }) => externalId));

/** The order of items that take more than one request. */
const inOrderOfReference = (items: readonly InstanceWrite[]) => upsertOrder(items, 1).stages;

describe("the order of a batch of writes", () => {
  it("puts nodes after those that they refer to, singly or in lists, and edges last", () => {
    const items = [edge("e"), node("c", ref("b")), node("b", [ref("a"), ref("x")]), node("a"), node("z", { a: 1 })];
    expect(ids(inOrderOfReference(items))).toEqual([["a", "b", "c", "z"], ["e"]]);
  });

  it("keeps the order given where nothing is referred to, and every item of a circle", () => {
    expect(ids(inOrderOfReference([node("b"), node("a"), node("c")]))).toEqual([["b", "a", "c"]]);
    expect(ids(inOrderOfReference([node("a", ref("b")), node("b", ref("a")), node("s", ref("s"))]))).toEqual([
      ["b", "a", "s"],
    ]);
  });

  it("does not run out of stack on a chain as long as the batch", () => {
    const chain = Array.from({ length: 50_000 }, (_, index) => node(`n${index}`, ref(`n${index + 1}`)));
    const [nodes] = inOrderOfReference(chain);
    expect(nodes?.[0]?.externalId).toBe("n49999");
    expect(nodes).toHaveLength(50_000);
  });

  it("puts nodes of one request that may be halved in the same order, edges after them", () => {
    const { stages, waitsFor } = upsertOrder([edge("e"), node("b", ref("a")), node("a")], 3);
    expect(ids(stages)).toEqual([["a", "b", "e"]]);
    expect(waitsFor).toEqual([]);
  });

  it("makes a chunk wait for the earlier chunks that it refers to, and for no others", () => {
    const items = [node("a"), node("b"), node("c", ref("a")), node("d", ref("d")), node("e", [ref("b"), ref("c")])];
    const { stages, waitsFor } = upsertOrder([...items, edge("x")], 1);
    expect(ids(stages)).toEqual([["a", "b", "c", "d", "e"], ["x"]]);
    expect(waitsFor).toEqual([[[], [], [0], [], [1, 2]]]);
    expect(upsertOrder(items, 2).waitsFor).toEqual([[[], [0], [0, 1]]]);
    expect(upsertOrder(items.slice(0, 2), 1).waitsFor).toEqual([]);
  });

  it("tells apart nodes of the same name in other spaces, and ids whose marks are equal", () => {
    const far = { ...node("a"), space: "far" };
    const items = [node("b", { space: "far", externalId: "a" }), node("a", ref("b")), far];
    expect(upsertOrder(items, 1).stages[0]).toEqual([far, items[0], items[1]]);
    // "Aa" and "BB" have the same polynomial hash.
    expect(ids(inOrderOfReference([node("x", ref("BB")), node("Aa")]))).toEqual([["x", "Aa"]]);
  });

  it("any graph without circles: no node comes before one that it refers to, and none is lost", () => {
    const graph = fc.array(fc.array(fc.nat(30), { maxLength: 3 }), { maxLength: 30 }).chain((targets) =>
      fc.shuffledSubarray(
        targets.map((places, index) =>
          node(
            `n${index}`,
            places.filter((place) => place < index).map((place) => ref(`n${place}`)),
          ),
        ),
        { minLength: targets.length },
      ),
    );
    fc.assert(
      fc.property(graph, (items) => {
        const { stages, waitsFor } = upsertOrder(items, 1);
        const ordered = stages.flat();
        expect(new Set(ordered)).toEqual(new Set(items));
        if (items.length < 2) return;
        expect(waitsFor.flat(2).length).toBe(
          items.flatMap((item) => [...new Set(JSON.stringify(item.sources).match(/"n\d+"/g) ?? [])]).length,
        );
      }),
    );
  });
});
