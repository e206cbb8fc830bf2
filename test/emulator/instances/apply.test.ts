import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyInstances, instancesByIds } from "../../../src/emulator/engine/instances/index.js";
import type { InstanceWrite } from "../../../src/models/index.js";
import {
  addContainer,
  addSpace,
  addView,
  apply,
  container,
  edge,
  list,
  node,
  project,
  ref,
  refusal,
  row,
  snapshot,
  view,
} from "./project.js";

describe("contract 7.2: writing instances", () => {
  it("7.2.1: refuses the whole request and leaves nothing of it behind", () => {
    const state = project();
    apply(state, { items: [node("a", { name: "A", text: "x" }, "Both"), node("s", {}, "Strict")] });
    const before = snapshot(state);
    const message = refusal(() =>
      apply(state, {
        items: [
          node("new", { link: ref("auto") }),
          node("s2", {}, "Strict"),
          node("a", { code: 1, owner: null }, "Both"),
          node("b", { int: "no" }),
        ],
      }),
    );
    expect(message).toBe(
      "400 Invalid value for property 'int' of type int32 in node 'd:b' (view m:Thing/v1): expected a 32-bit integer, got text",
    );
    expect(snapshot(state)).toEqual(before);
  });

  it("7.2.1: any mix of good and bad items leaves the state as it was when refused", () => {
    const good = fc.constantFrom(
      node("a", { text: "1" }),
      node("b", { link: ref("z"), links: [ref("y")] }),
      node("c", { name: "C" }, "Both"),
      node("s", { serial: "1" }, "Strict"),
      edge("e", "a", "a"),
    );
    const bad = fc.constantFrom(
      node("x", { int: 1.5 }),
      node("x", { nope: 1 }),
      node("x", { text: "t" }, "Both"),
      node("x", { name: "A" }, "Both"),
      edge("x", "a", "missing"),
      { ...node("a", { text: "2" }), existingVersion: 0 },
    );
    fc.assert(
      fc.property(fc.array(good, { maxLength: 4 }), bad, fc.array(good, { maxLength: 2 }), (left, wrong, right) => {
        const state = project();
        apply(state, { items: [node("a", { name: "A" }, "Both")] });
        const before = snapshot(state);
        const body = {
          items: [...left, wrong, ...right],
          delete: [{ instanceType: "node", space: "d", externalId: "q" }],
        };
        expect(refusal(() => apply(state, body))).toMatch(/^4\d\d /);
        expect(snapshot(state)).toEqual(before);
      }),
      { numRuns: 60 },
    );
  });

  it("7.2.2: creates with version 1, defaults, and refuses missing required values", () => {
    const state = project();
    const { items, deleted } = apply(state, { items: [node("s", {}, "Strict")] });
    expect(items).toEqual([
      {
        instanceType: "node",
        space: "d",
        externalId: "s",
        version: 1,
        wasModified: true,
        createdTime: 1000,
        lastUpdatedTime: 1000,
      },
    ]);
    expect(deleted).toEqual([]);
    expect(row(state, "s", "Strict")).toEqual({ size: Math.fround(0.1), number: 1 });
    expect(refusal(() => apply(state, { items: [node("b", { text: "x" }, "Both")] }))).toMatch(
      /^400 Missing required values of container 'm:Named' in node 'd:b': 'name'$/,
    );
  });

  it("7.2.3: patches, replaces lists and JSON whole, and clears with null", () => {
    const state = project();
    apply(state, { items: [node("a", { text: "t", texts: ["x", "y"], json: { a: 1 }, int: 0 })] });
    apply(state, { items: [node("a", { texts: [], json: { b: 2 }, text: null })] });
    expect(row(state, "a")).toEqual({ texts: [], json: { b: 2 }, int: 0 });
    apply(state, { items: [node("n", { name: "N" }, "Both")] });
    expect(refusal(() => apply(state, { items: [node("n", { name: null }, "Both")] }))).toMatch("cannot be null");
  });

  it("7.2.4: a write that changes nothing keeps version and time", () => {
    const state = project();
    const item = node("a", { when: "2024-01-01T00:00:00Z", json: { a: 1, b: [2] } });
    apply(state, { items: [item] });
    const again = apply(state, {
      items: [node("a", { when: "2024-01-01T01:00:00+01:00", json: { b: [2], a: 1 } })],
    }).items;
    expect(again).toMatchObject([{ version: 1, wasModified: false, lastUpdatedTime: 1000 }]);
    expect(apply(state, { items: [node("a", { int: 1 })] }).items).toMatchObject([{ version: 2, wasModified: true }]);
    expect(apply(state, { items: [node("a", {}, "Strict")] }).items).toMatchObject([{ version: 3, wasModified: true }]);
  });

  it("7.2.5: replace resets what is not supplied, in touched containers only", () => {
    const state = project();
    apply(state, { items: [node("s", { size: 5, note: "n" }, "Strict"), node("t", { text: "t" })] });
    apply(state, { items: [node("s", { text: "kept" })] });
    apply(state, { items: [node("s", { serial: "1" }, "Strict")], replace: true });
    expect(row(state, "s", "Strict")).toEqual({ size: Math.fround(0.1), number: 1, serial: "1" });
    expect(row(state, "s")).toEqual({ text: "kept" });
    apply(state, { items: [node("n", { name: "N" }, "Both")] });
    expect(refusal(() => apply(state, { items: [node("n", { code: 1 }, "Both")], replace: true }))).toMatch(
      "Missing required",
    );
  });

  it("7.2.2 and 7.2.6: a source without any value makes rows but where a required value is missing", () => {
    const state = project();
    apply(state, { items: [node("b", {}, "Both")] });
    expect(row(state, "b")).toEqual({});
    expect(row(state, "b", "Named")).toBeUndefined();
    apply(state, { items: [node("n", { name: "N" }, "Both"), node("n2", { text: "x" })] });
    expect(apply(state, { items: [node("n", {}, "Both")] }).items).toMatchObject([{ wasModified: false }]);
  });

  it("7.2.6: writing through a view makes a row in every container it maps", () => {
    const state = project();
    apply(state, { items: [node("n", { name: "N" }, "Both")] });
    expect(row(state, "n")).toEqual({});
    const item: InstanceWrite = { ...node("c"), sources: [{ source: container("Thing"), properties: { text: "c" } }] };
    apply(state, { items: [item] });
    expect([...(state.instances.get(ref("c"))?.rows.keys() ?? [])]).toEqual(["m/Thing"]);
  });

  it("7.2.7: holds requires and uniqueness constraints at the end of the request", () => {
    const state = project();
    const named = (id: string, name: string): InstanceWrite => ({
      ...node(id),
      sources: [{ source: container("Named"), properties: { name } }],
    });
    expect(refusal(() => apply(state, { items: [named("a", "A")] }))).toBe(
      "400 Constraint 'needsThing' of container 'm:Named' is violated: node 'd:a' must also have data in container 'm:Thing'",
    );
    apply(state, { items: [node("a", { name: "A" }, "Both"), node("b", { name: "B" }, "Both")] });
    expect(refusal(() => apply(state, { items: [node("c", { name: "A" }, "Both")] }))).toMatch(
      /Uniqueness constraint 'uniqueName'.*node 'd:c' and node 'd:a'/,
    );
    expect(
      refusal(() => apply(state, { items: [node("c", { name: "C" }, "Both"), node("d", { name: "C" }, "Both")] })),
    ).toMatch("Uniqueness");
    apply(state, { items: [node("a", { name: "B" }, "Both"), node("b", { name: "A" }, "Both")] });
    expect(row(state, "a", "Named")).toEqual({ name: "B" });
    apply(state, {
      items: [node("c", { name: "A" }, "Both")],
      delete: [{ instanceType: "node", space: "d", externalId: "b" }],
    });
    expect(refusal(() => apply(state, { items: [node("e", { name: "B" }, "Both")] }))).toMatch("Uniqueness");
  });

  it("7.2.7: a constraint that was added later counts what is stored, per space if it says so", () => {
    const state = project();
    addSpace(state, "d2");
    apply(state, { items: [node("a", { text: "x" }), node("null", {})] });
    const thing = state.containers.get("m/Thing");
    if (!thing) throw new Error("no container");
    const constraints = { u: { constraintType: "uniqueness", properties: ["text"], bySpace: true } } as const;
    addContainer(state, { ...thing, constraints });
    expect(refusal(() => apply(state, { items: [node("b", { text: "x" })] }))).toMatch("Uniqueness constraint 'u'");
    apply(state, {
      items: [{ ...node("b", { text: "x" }), space: "d2" }, node("null2", {}), node("a", { text: "y" })],
    });
    expect(refusal(() => apply(state, { items: [node("b", { text: "x" })] }))).toBe("accepted");
  });

  it("7.2.8: refuses or skips writes that know an older version", () => {
    const state = project();
    apply(state, { items: [node("a", { int: 1 })] });
    apply(state, { items: [node("a", { int: 2 })] });
    const old = { ...node("a", { int: 3 }), existingVersion: 1 };
    expect(refusal(() => apply(state, { items: [old] }))).toBe("409 A version conflict caused the ingest to fail.");
    const skipped = apply(state, { items: [old, node("b", { int: 1 })], skipOnVersionConflict: true }).items;
    expect(skipped).toMatchObject([
      { version: 2, wasModified: false },
      { version: 1, wasModified: true },
    ]);
    expect(row(state, "a")).toEqual({ int: 2 });
    expect(apply(state, { items: [{ ...old, existingVersion: 2 }] }).items).toMatchObject([{ version: 3 }]);
    expect(refusal(() => apply(state, { items: [{ ...node("a"), existingVersion: 0 }] }))).toMatch(/^409/);
    expect(apply(state, { items: [{ ...node("z"), existingVersion: 0 }] }).items).toMatchObject([{ version: 1 }]);
    const remove = [{ instanceType: "node", space: "d", externalId: "a", existingVersion: 1 }];
    expect(refusal(() => apply(state, { items: [], delete: remove }))).toMatch(/^409/);
    expect(apply(state, { items: [], delete: remove, skipOnVersionConflict: true }).deleted).toEqual([]);
  });

  it("7.2.9: keeps, changes and clears the type of a node; an edge may get other ends", () => {
    const state = project();
    apply(state, { items: [{ ...node("a"), type: ref("T", "m") } as InstanceWrite, node("b")] });
    apply(state, { items: [node("a", { int: 1 })] });
    expect(state.instances.get(ref("a"))?.type).toEqual(ref("T", "m"));
    expect(apply(state, { items: [{ ...node("a"), type: null } as InstanceWrite] }).items).toMatchObject([
      { wasModified: true },
    ]);
    expect(state.instances.get(ref("a"))?.type).toBeUndefined();
    apply(state, { items: [edge("e", "a", "b")] });
    expect(apply(state, { items: [edge("e", "b", "a")] }).items).toMatchObject([{ version: 2 }]);
    expect([...(state.edgesByStart.get("d/b") ?? [])]).toHaveLength(1);
    expect(state.edgesByStart.has("d/a")).toBe(false);
  });

  it("7.2.10: an id is a node or an edge for good", () => {
    const state = project();
    apply(state, { items: [node("a"), edge("e", "a", "a")] });
    expect(refusal(() => apply(state, { items: [edge("a", "a", "a")] }))).toBe(
      "400 Cannot write edge 'd:a': it exists as node 'd:a'",
    );
    expect(refusal(() => apply(state, { items: [node("x", { link: ref("e") })] }))).toMatch(
      "is an edge, expected a node",
    );
    expect(refusal(() => apply(state, { items: [edge("f", "a", "e")] }))).toMatch("is an edge, expected a node");
  });

  it("7.2.11, 7.2.13: creates missing targets bare, unless told not to or the relation asks for data", () => {
    const state = project();
    apply(state, { items: [node("a", { link: ref("t1"), links: [ref("t2"), ref("t2")] })] });
    expect(list(state, { sources: [{ source: view("Thing") }] }).items).toHaveLength(1);
    expect(state.instances.get(ref("t2"))).toMatchObject({ instanceType: "node", version: 1, type: undefined });
    apply(state, { items: [node("b", { link: ref("dangling") })], autoCreateDirectRelations: false });
    expect(state.instances.has(ref("dangling"))).toBe(false);
    const owned = (owner: string): InstanceWrite => node("n", { name: "N", owner: ref(owner) }, "Both");
    expect(refusal(() => apply(state, { items: [owned("t1")] }))).toMatch(
      /^400 Invalid value for property 'owner'.*must exist and have data in container 'm:Thing'/,
    );
    apply(state, { items: [owned("late"), node("late", {})] });
    expect(refusal(() => apply(state, { items: [node("c", { link: ref("x", "nowhere") })] }))).toBe(
      "400 One or more spaces do not exist: 'nowhere'",
    );
    expect(refusal(() => apply(state, { items: [node("c", { link: ref("x", "sys") })] }))).toMatch("system space");
  });

  it("7.2.12: missing ends of edges are refused, unless they may be created", () => {
    const state = project();
    apply(state, { items: [node("a")] });
    expect(refusal(() => apply(state, { items: [edge("e", "x", "a")] }))).toMatch(
      /^409 .*start node 'd:x' does not exist.*autoCreateStartNodes/,
    );
    expect(refusal(() => apply(state, { items: [edge("e", "a", "x")], autoCreateStartNodes: true }))).toMatch(
      /autoCreateEndNodes/,
    );
    apply(state, { items: [edge("e", "x", "y")], autoCreateStartNodes: true, autoCreateEndNodes: true });
    expect(state.instances.get(ref("x"))?.rows.size).toBe(0);
    apply(state, { items: [edge("f", "later", "a"), node("later")] });
  });

  it("7.2.14: immutable values are set once, and counters count on from the largest value", () => {
    const state = project();
    apply(state, { items: [node("s", {}, "Strict")] });
    apply(state, { items: [node("s", { serial: "1" }, "Strict")] });
    apply(state, { items: [node("s", { serial: "1" }, "Strict")] });
    for (const serial of ["2", null]) {
      expect(refusal(() => apply(state, { items: [node("s", { serial }, "Strict")] }))).toMatch("it is immutable");
    }
    apply(state, {
      items: [
        node("t", { number: 10 }, "Strict"),
        node("u", {}, "Strict"),
        node("v", { number: 3 }, "Strict"),
        node("w", {}, "Strict"),
      ],
    });
    expect(["s", "u", "w"].map((id) => row(state, id, "Strict")?.["number"])).toEqual([1, 11, 12]);
  });

  it("7.2.14: refuses to count beyond what the type holds", () => {
    const state = project();
    apply(state, { items: [node("a", { number: 2 ** 31 - 1 }, "Strict")] });
    const before = snapshot(state);
    expect(refusal(() => apply(state, { items: [node("fine"), node("b", {}, "Strict")] }))).toBe(
      "400 Cannot count on property 'number' of container 'm:Strict': 2147483648 is more than int32 holds",
    );
    expect(snapshot(state)).toEqual(before);
  });

  it("7.2.15: refuses the same instance twice; the last of two sources wins", () => {
    const state = project();
    expect(refusal(() => apply(state, { items: [node("a"), node("a")] }))).toBe(
      "400 Duplicate instance in the request: node 'd:a'",
    );
    const twice = [
      { source: view("Thing"), properties: { int: 1 } },
      { source: container("Thing"), properties: { int: 2 } },
    ];
    apply(state, { items: [{ ...node("a"), sources: twice }] });
    expect(row(state, "a")).toEqual({ int: 2 });
  });

  it("7.2.16, 7.2.17: names unknown properties, connections, views, containers and views that cannot create", () => {
    const state = project();
    const write = (item: InstanceWrite): string => refusal(() => apply(state, { items: [item] }));
    expect(write(node("a", { wires: [] }, "Partial"))).toMatch("it is a connection");
    expect(write(node("a", { nope: 1 }))).toBe(
      "400 Unknown property 'nope' in node 'd:a': view m:Thing/v1 has no such property",
    );
    expect(write(node("a", { constructor: 1 } as never))).toMatch("Unknown property 'constructor'");
    expect(write(node("a", {}, "Nope"))).toBe("400 One or more views do not exist: 'm:Nope/v1'");
    expect(write({ ...node("a"), sources: [{ source: container("Nope"), properties: {} }] })).toBe(
      "400 One or more containers do not exist: 'm:Nope'",
    );
    expect(write(node("a", { code: 1 }, "Partial"))).toMatch("view m:Partial/v1 is not writable for new instances");
    apply(state, { items: [node("a", { name: "A" }, "Both")] });
    expect(write(node("a", { code: 1 }, "Partial"))).toBe("accepted");
    expect(write({ ...edge("e", "a", "a"), sources: [{ source: view("Thing"), properties: {} }] })).toMatch(
      "can only be used for nodes",
    );
    expect(write(node("a", {}, "Wire"))).toMatch("can only be used for edges");
  });

  it("7.2.18: deletes without items, and deletes before it writes", () => {
    const state = project();
    apply(state, { items: [node("a"), node("b"), edge("e", "a", "b")] });
    const remove = [{ instanceType: "node", space: "d", externalId: "a" }];
    expect(apply(state, { items: [edge("e", "b", "b")], delete: remove })).toMatchObject({
      items: [{ version: 1, wasModified: true }],
      deleted: [{ instanceType: "node", space: "d", externalId: "a" }],
    });
    expect(apply(state, { items: [], delete: remove }).deleted).toEqual([]);
  });

  it("contract 4: only the emulator itself writes to system spaces; unknown spaces are all named", () => {
    const state = project();
    const item = { ...node("u"), space: "sys" };
    expect(refusal(() => apply(state, { items: [item] }))).toMatch("400 Cannot write to space 'sys'");
    expect(applyInstances(state, { items: [item] }, { system: true }).items).toHaveLength(1);
    expect(
      refusal(() =>
        apply(state, {
          items: [
            { ...item, space: "p" },
            { ...item, space: "q" },
          ],
        }),
      ),
    ).toBe("400 One or more spaces do not exist: 'p', 'q'");
  });

  it("contract 7.4: byids gives what was written, in canonical form and with typing", () => {
    const state = project();
    addView(state, { space: "m", externalId: "Bare", version: "v1" });
    apply(state, { items: [node("a", { float: 1, text: null, link: ref("b") }), node("b", { name: "B" }, "Both")] });
    const ids = ["a", "b", "a", "nope"].map((externalId) => ({ instanceType: "node" as const, ...ref(externalId) }));
    const both = instancesByIds(state, { items: ids, sources: [{ source: view("Thing") }], includeTyping: true });
    expect(both.items.map(({ externalId, properties }) => [externalId, properties])).toEqual([
      ["a", { m: { "Thing/v1": { float: 1, link: ref("b") } } }],
      ["b", { m: { "Thing/v1": {} } }],
    ]);
    expect(both.typing?.["m"]?.["Thing/v1"]?.["texts"]).toEqual({
      type: { type: "text", list: true },
      nullable: true,
      immutable: false,
      autoIncrement: false,
    });
    const all = { items: ids, sources: [{ source: view("Thing") }, { source: view("Both") }] };
    expect(instancesByIds(state, all).items.map(({ externalId }) => externalId)).toEqual(["b"]);
    expect(instancesByIds(state, { items: ids }).items[0]).not.toHaveProperty("properties");
    expect(refusal(() => instancesByIds(state, { items: ids, sources: [{ source: view("X") }] }))).toMatch("'m:X/v1'");
  });
});
