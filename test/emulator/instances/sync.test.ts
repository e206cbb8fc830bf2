import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deleteInstances } from "../../../src/emulator/engine/instances/index.js";
import { emptyState, type ProjectState } from "../../../src/emulator/engine/state.js";
import type { InstancesSyncRequest, InstancesSyncResponse, SyncExpression } from "../../../src/models/index.js";
import { addContainer, addSpace, apply, edge, idsOf, node, project, ref, refusal, sync, view } from "./project.js";

const remove = (state: ProjectState, ...ids: readonly string[]): void => {
  deleteInstances(state, { items: ids.map((externalId) => ({ instanceType: "node", space: "d", externalId })) });
};

const things: SyncExpression = { nodes: { filter: { hasData: [view("Thing")] } } };

/** Follows named expressions, all selected, from one answer to the next. */
function follower(
  state: ProjectState,
  expressions: Record<string, SyncExpression>,
  rest: Partial<InstancesSyncRequest> = {},
) {
  const select = Object.fromEntries(Object.keys(expressions).map((name) => [name, {}]));
  let cursors: NonNullable<InstancesSyncRequest["cursors"]> = {};
  return (): Record<string, readonly string[]> => {
    const answer: InstancesSyncResponse = sync(state, { with: expressions, select, cursors, ...rest });
    expect(Object.keys(answer.nextCursor)).toEqual(Object.keys(expressions));
    cursors = answer.nextCursor;
    return Object.fromEntries(
      Object.entries(answer.items).map(([name, items]) => [
        name,
        items.map(({ externalId, deletedTime }) => (deletedTime === undefined ? externalId : `-${externalId}`)),
      ]),
    );
  };
}

describe("contract 8.2: sync", () => {
  it("gives what is there, then what changed, each instance once in its current state", () => {
    const state = project();
    apply(state, { items: [node("a", { int: 1 }), node("b", { int: 1 }), node("bare")] });
    const next = follower(state, { things });
    expect(next()).toEqual({ things: ["a", "b"] });
    expect(next()).toEqual({ things: [] });
    apply(state, { items: [node("a", { int: 2 })] });
    apply(state, { items: [node("c", { int: 1 }), node("b", { int: 1 })] });
    apply(state, { items: [node("a", { int: 3 })] });
    expect(next()).toEqual({ things: ["c", "a"] });
    expect(next()).toEqual({ things: [] });
  });

  it("pages by limit", () => {
    const state = project();
    apply(state, { items: ["a", "b", "c"].map((id) => node(id, { int: 1 })) });
    const next = follower(state, { things: { ...things, limit: 2 } });
    expect([next(), next(), next()]).toEqual([{ things: ["a", "b"] }, { things: ["c"] }, { things: [] }]);
  });

  it("tells of deletes with their time and without properties; of earlier ones only when asked", () => {
    const state = project();
    apply(state, { items: ["a", "b"].map((id) => node(id, { int: 1 })) });
    remove(state, "a");
    const next = follower(state, { things });
    const all = follower(state, { things: { ...things, skipAlreadyDeleted: false } });
    expect([next(), all()]).toEqual([{ things: ["b"] }, { things: ["b", "-a"] }]);
    remove(state, "b");
    expect([next(), all()]).toEqual([{ things: ["-b"] }, { things: ["-b"] }]);
    const select = { things: { sources: [{ source: view("Thing"), properties: ["*"] }] } };
    const { items } = sync(state, { with: { things: { ...things, skipAlreadyDeleted: false } }, select });
    expect(items["things"]?.[0]).toEqual({
      instanceType: "node",
      space: "d",
      externalId: "a",
      version: 1,
      createdTime: expect.any(Number),
      lastUpdatedTime: expect.any(Number),
      deletedTime: expect.any(Number),
    });
  });

  it("shows what is there again, not that it was deleted", () => {
    const state = project();
    apply(state, { items: [node("a", { int: 1 })] });
    const next = follower(state, { things });
    next();
    remove(state, "a");
    apply(state, { items: [node("a", { int: 2 })] });
    expect(next()).toEqual({ things: ["a"] });
  });

  it("noBackfill begins with nothing but a cursor", () => {
    const state = project();
    apply(state, { items: [node("a", { int: 1 })] });
    const next = follower(state, { things: { ...things, mode: "noBackfill" } });
    expect(next()).toEqual({ things: [] });
    apply(state, { items: [node("b", { int: 1 })] });
    remove(state, "a");
    expect(next()).toEqual({ things: ["b", "-a"] });
  });

  it("twoPhase gives what was there in an order of its own, then what changed meanwhile", () => {
    const state = project();
    apply(state, {
      items: [node("a", { int: 3 }), node("b", { int: 1 }), node("c", { int: 2 }), node("d", { int: 4 })],
    });
    const thing = state.containers.get("m/Thing")!;
    addContainer(state, { ...thing, indexes: { byInt: { properties: ["int"], cursorable: true } } });
    const backfillSort = [{ property: ["m", "Thing/v1", "int"] }];
    const next = follower(state, { things: { ...things, mode: "twoPhase", backfillSort, limit: 2 } });
    expect(next()).toEqual({ things: ["b", "c"] });
    apply(state, { items: [node("e", { int: 0 }), node("b", { int: 9 })] });
    remove(state, "d");
    expect([next(), next(), next()]).toEqual([{ things: ["a"] }, { things: ["e", "b"] }, { things: ["-d"] }]);
  });

  it("a full backfill ends with an empty page", () => {
    const state = project();
    apply(state, { items: [node("a", { int: 1 })] });
    const next = follower(state, { things: { ...things, mode: "twoPhase", limit: 1 } });
    expect([next(), next(), next()]).toEqual([{ things: ["a"] }, { things: [] }, { things: [] }]);
  });

  it("follows sets that start from others, whose own members did not change", () => {
    const state = project();
    const wire = { equals: { property: ["edge", "type"], value: ref("wire", "m") } };
    apply(state, { items: [node("a", { int: 1 }), node("b"), node("c"), edge("ab", "a", "b")] });
    const next = follower(state, {
      roots: things,
      wires: { edges: { from: "roots", filter: wire, maxDistance: 1 } },
      ends: { nodes: { from: "wires" } },
      back: { edges: { from: "ends", direction: "inwards", chainTo: "destination", maxDistance: 1 } },
      far: { edges: { from: "roots", maxDistance: 2 } },
      around: { edges: { from: "wires" } },
    });
    expect(next()).toEqual({ roots: ["a"], wires: ["ab"], ends: ["b"], back: ["ab"], far: ["ab"], around: [] });
    apply(state, { items: [edge("ac", "a", "c"), edge("bc", "b", "c")] });
    expect(next()).toEqual({
      ...{ roots: [], wires: ["ac"], ends: [], back: ["ac", "bc"] },
      ...{ far: ["ac", "bc"], around: ["bc"] },
    });
    remove(state, "c");
    expect(next()).toEqual({
      ...{ roots: [], wires: ["-ac"], ends: ["-c"], back: expect.arrayContaining(["-ac", "-bc"]) },
      ...{ far: expect.arrayContaining(["-ac", "-bc"]), around: ["-bc"] },
    });
  });

  it("follows relations both ways, through deleted ends too", () => {
    const state = project();
    apply(state, { items: [node("hub", { int: 1 }), node("a", { link: ref("hub") }), node("b")] });
    const through = { source: view("Thing"), identifier: "link" };
    const hub = { nodes: { filter: { equals: { property: ["node", "externalId"], value: "hub" } } } };
    const next = follower(state, {
      hub,
      holders: { nodes: { from: "hub", through, direction: "inwards" } },
      targets: { nodes: { from: "holders", through, direction: "outwards" } },
    });
    expect(next()).toEqual({ hub: ["hub"], holders: ["a"], targets: ["hub"] });
    apply(state, { items: [node("b", { link: ref("hub") })] });
    remove(state, "a");
    expect(next()).toEqual({ hub: [], holders: ["b", "-a"], targets: [] });
    remove(state, "hub");
    expect(next()).toEqual({ hub: ["-hub"], holders: [], targets: ["-hub"] });
  });

  it("finds deleted members among very many in no time", () => {
    const state = project();
    const ids = Array.from({ length: 10_000 }, (_, at) => `n${at}`);
    apply(state, { items: [node("hub", { int: 1 })] });
    for (let at = 0; at < ids.length; at += 1000) {
      apply(state, { items: ids.slice(at, at + 1000).map((id) => node(id, { link: ref("hub") })) });
    }
    remove(state, ...ids.slice(0, 5000));
    const through = { source: view("Thing"), identifier: "link" };
    const next = follower(state, {
      all: { nodes: {}, limit: 1 },
      holders: { nodes: { from: "all", through, direction: "inwards" }, limit: 2000, skipAlreadyDeleted: false },
      targets: { nodes: { from: "all", through, direction: "outwards" }, skipAlreadyDeleted: false },
    });
    const { holders, targets } = next();
    expect([holders?.length, targets]).toEqual([2000, ["hub"]]);
  });

  it("filters the far ends of edges, deleted ones too", () => {
    const state = project();
    apply(state, { items: [node("a"), node("b", { int: 1 }), edge("ab", "a", "b"), edge("ba", "b", "a")] });
    const next = follower(state, {
      wires: { edges: { nodeFilter: { hasData: [view("Thing")] } } },
      back: { edges: { direction: "inwards", nodeFilter: { hasData: [view("Thing")] } } },
    });
    expect(next()).toEqual({ wires: ["ab"], back: ["ba"] });
    remove(state, "b");
    expect(next()).toEqual({ wires: ["-ab"], back: ["-ba"] });
  });

  it("takes parameters and tells types", () => {
    const state = project();
    apply(state, { items: [node("a", { int: 1 }), node("b", { int: 2 })] });
    const filter = { equals: { property: ["m", "Thing/v1", "int"], value: { parameter: "wanted" } } };
    const answer = sync(state, {
      with: { n: { nodes: { filter } } },
      select: { n: { sources: [{ source: view("Thing"), properties: ["int"] }] } },
      parameters: { wanted: 2 },
      includeTyping: true,
    });
    expect(idsOf(answer.items["n"])).toEqual(["b"]);
    expect(answer.typing).toMatchObject({ n: { m: { "Thing/v1": { int: {} } } } });
  });

  it("refuses cursors older than 3 days unless missed deletes are accepted, and forgets deletes by then", () => {
    let clock = 0;
    const state = emptyState(() => clock);
    addSpace(state, "d");
    apply(state, { items: [node("a"), node("b")] });
    const request = { with: { n: { nodes: {} } }, select: { n: {} } };
    const { nextCursor: cursors } = sync(state, request);
    remove(state, "a");
    clock = 3 * 24 * 60 * 60 * 1000;
    expect(sync(state, { ...request, cursors }).items["n"]).toMatchObject([{ externalId: "a", deletedTime: 0 }]);
    clock += 1;
    expect(refusal(() => sync(state, { ...request, cursors }))).toContain("400 The cursor is older than 3 days");
    const lenient = sync(state, { ...request, cursors, allowExpiredCursorsAndAcceptMissedDeletes: true });
    expect(lenient.items["n"]).toEqual([]);
  });

  it.each<[string, object, string]>([
    [
      "a backfill sort in one phase",
      { with: { n: { nodes: {}, backfillSort: [{ property: ["node", "space"] }] } } },
      "Backfill sort can only be used with two-phase sync.",
    ],
    ["set operations", { with: { n: { union: ["n"] } } }, "with.n must have nodes or edges"],
    ["sort", { with: { n: { nodes: {}, sort: [] } } }, "Unexpected field - with.n.sort"],
    ["limitEach", { with: { n: { edges: { limitEach: 1 } } } }, "Unexpected field - with.n.edges.limitEach"],
    ["a limit", { with: { n: { nodes: {}, limit: 2001 } } }, "with.n.limit must be between 1 and 2000"],
    ["a selection's limit", { select: { n: { limit: 1 } } }, "Unexpected field - select.n.limit"],
    ["unknown names", { select: { x: {} } }, "Unknown result set expression 'x' in 'select'"],
    ["cursors of another sync", { cursors: { n: "x" } }, "Invalid cursor."],
    [
      "faults of what is not selected",
      { with: { n: { nodes: {} }, o: { nodes: { filter: { hasData: [view("None")] } } } } },
      "One or more views do not exist",
    ],
  ])("refuses %s", (_name, body, message) => {
    const state = project();
    const request = { with: { n: { nodes: {} } }, select: { n: {} }, ...body } as InstancesSyncRequest;
    expect(refusal(() => sync(state, request))).toContain(`400`);
    expect(refusal(() => sync(state, request))).toContain(message);
  });

  it("whatever happens between polls, a follower ends with what is there", () => {
    const id = fc.constantFrom("a", "b", "c", "d");
    const step = fc.oneof(
      fc.record({ write: id, int: fc.integer({ min: 0, max: 3 }) }),
      fc.record({ remove: id }),
      fc.constant("poll" as const),
    );
    const mode = fc.constantFrom("onePhase", "twoPhase");
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), mode, fc.integer({ min: 1, max: 3 }), (steps, way, limit) => {
        const state = project();
        const seen = new Set<string>();
        const next = follower(state, { n: { ...things, mode: way, limit } });
        const poll = (): number => {
          const ids = next()["n"] ?? [];
          for (const one of ids) {
            if (one.startsWith("-")) seen.delete(one.slice(1));
            else seen.add(one);
          }
          return ids.length;
        };
        for (const one of steps) {
          if (one === "poll") poll();
          else if ("remove" in one) remove(state, one.remove);
          else apply(state, { items: [node(one.write, { int: one.int })] });
        }
        // The first page without anything ends what was there from the start, the second one what changed.
        while (poll() > 0);
        while (poll() > 0);
        expect([...seen].sort()).toEqual([...state.instances.values()].map(({ externalId }) => externalId).sort());
      }),
    );
  });
});
