import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ProjectState } from "../../../src/emulator/engine/state.js";
import type {
  InstancesQueryRequest,
  ResultSetExpression,
  SelectExpression,
  SetMember,
} from "../../../src/models/index.js";
import { apply, container, edge, idsOf, node, project, query, ref, refusal, view } from "./project.js";

/** Runs named expressions, all selected, and gives the ids of each. */
function run(
  state: ProjectState,
  expressions: Record<string, ResultSetExpression>,
  rest: Partial<InstancesQueryRequest> = {},
): Record<string, readonly string[]> {
  const select = Object.fromEntries(Object.keys(expressions).map((name) => [name, {}]));
  const { items } = query(state, { with: expressions, select, ...rest });
  return Object.fromEntries(Object.entries(items).map(([name, found]) => [name, idsOf(found)]));
}

const only = (...ids: string[]): ResultSetExpression => ({
  nodes: { filter: { instanceReferences: ids.map((id) => ref(id)) } },
});
const link = { source: view("Thing"), identifier: "link" };
const links = { source: view("Thing"), identifier: "links" };

/** a -> b -> c -> a by edges; a, b link to hub; hub links to many. */
function graph(): ProjectState {
  const state = project();
  apply(state, {
    items: [
      node("a", { int: 3, link: ref("hub") }),
      node("b", { int: 2, link: ref("hub") }),
      node("c", { int: 1 }),
      node("hub", { links: [ref("c"), ref("a"), ref("c")] }),
      edge("ab", "a", "b"),
      edge("bc", "b", "c"),
      edge("ca", "c", "a"),
      edge("ac", "a", "c", "other"),
    ],
  });
  return state;
}

describe("contract 8.1: nodes", () => {
  const state = graph();

  it("follows direct relations both ways, inwards by default", () => {
    expect(
      run(state, {
        hub: only("hub"),
        back: { nodes: { from: "hub", through: link } },
        viaContainer: {
          nodes: { from: "hub", through: { source: container("Thing"), identifier: "link" }, direction: "inwards" },
        },
        out: { nodes: { from: "hub", through: links, direction: "outwards" } },
        filtered: {
          nodes: { from: "hub", through: link, filter: { range: { property: ["m", "Thing/v1", "int"], gte: 3 } } },
        },
      }),
    ).toEqual({ hub: ["hub"], back: ["a", "b"], viaContainer: ["a", "b"], out: ["a", "c"], filtered: ["a"] });
  });

  it("refuses lists inwards, and what is no direct relation", () => {
    const through = (source: object): string =>
      refusal(() => run(state, { hub: only("hub"), x: { nodes: { from: "hub", through: source as typeof link } } }));
    expect(through(links)).toBe("400 Cannot traverse lists of direct relations inwards.");
    expect(through({ ...link, identifier: "int" })).toMatch("it is not a direct relation");
    expect(through({ ...link, identifier: "nope" })).toMatch("Unknown property 'nope' in view m:Thing/v1");
    expect(through({ source: view("Partial"), identifier: "wires" })).toMatch("Unknown property 'wires'");
    expect(through({ source: view("Nope"), identifier: "link" })).toBe(
      "400 One or more views do not exist: 'm:Nope/v1'",
    );
    expect(through({ source: container("Nope"), identifier: "link" })).toMatch("containers do not exist: 'm:Nope'");
    expect(through({ source: container("Thing"), identifier: "constructor" })).toMatch("Unknown property");
  });

  it("also reads the old form of through", () => {
    const old = { view: view("Thing"), identifier: "link" } as never;
    expect(run(state, { hub: only("hub"), back: { nodes: { from: "hub", through: old } } })["back"]).toEqual([
      "a",
      "b",
    ]);
  });

  it("goes on from edges to their destination or source, seen in the direction of the walk", () => {
    const step = (
      direction: "outwards" | "inwards",
      chainTo: "destination" | "source",
    ): readonly string[] | undefined =>
      run(state, {
        start: only("b"),
        edges: { edges: { from: "start", direction } },
        ends: { nodes: { from: "edges", chainTo } },
      })["ends"];
    expect(step("outwards", "destination")).toEqual(["c"]);
    expect(step("outwards", "source")).toEqual(["b"]);
    expect(step("inwards", "destination")).toEqual(["a"]);
    expect(step("inwards", "source")).toEqual(["b"]);
  });

  it("does not apply a view's own filter to expressions", () => {
    expect(run(state, { all: { nodes: {} } })["all"]).toEqual(["a", "b", "c", "hub"]);
  });
});

describe("contract 8.1: edges", () => {
  const state = graph();
  const wires = { equals: { property: ["edge", "type"], value: ref("wire", "m") } };
  const walk = (edges: object, rest: object = {}): readonly string[] | undefined =>
    run(state, { start: only("a"), found: { edges: { from: "start", ...edges }, ...rest } })["found"];

  it("walks one hop unless told otherwise, and each node once", () => {
    expect(walk({})).toEqual(["ab", "ac"]);
    expect(walk({ direction: "inwards" })).toEqual(["ca"]);
    expect(walk({ maxDistance: 2, filter: wires })).toEqual(["ab", "bc"]);
    expect(walk({ maxDistance: 100, filter: wires })).toEqual(["ab", "bc", "ca"]);
  });

  it("drops edges by the node at their far end, and stops where told", () => {
    const isC = { equals: { property: ["node", "externalId"], value: "c" } };
    expect(walk({ maxDistance: 9, nodeFilter: { not: isC } })).toEqual(["ab"]);
    expect(walk({ maxDistance: 9, terminationFilter: isC })).toEqual(["ab", "bc", "ac"]);
  });

  it("limits edges per node, in the order of sort", () => {
    const bySort = { sort: [{ property: ["edge", "externalId"], direction: "descending" }] };
    expect(
      run(state, { start: only("a", "b"), found: { edges: { from: "start", limitEach: 1 }, ...bySort } as never })[
        "found"
      ],
    ).toEqual(["bc", "ac"]);
    expect(refusal(() => walk({ limitEach: 1, maxDistance: 2 }))).toMatch(
      "limitEach needs from and a maxDistance of 1",
    );
    expect(refusal(() => run(state, { x: { edges: { limitEach: 1 } } }))).toMatch("limitEach needs from");
  });

  it("starts from all edges, from edges, and sorts before and after paging", () => {
    expect(run(state, { x: { edges: { filter: wires, nodeFilter: { hasData: [view("Thing")] } } } })["x"]).toEqual([
      "ab",
      "bc",
      "ca",
    ]);
    expect(run(state, { x: { edges: {} }, y: { edges: { from: "x", filter: wires } } }, {})["y"]).toEqual([
      "ab",
      "bc",
      "ca",
    ]);
    const key = (direction: string): object => ({ property: ["edge", "externalId"], direction });
    expect(walk({ maxDistance: 3 }, { limit: 2, sort: [key("descending")], postSort: [key("ascending")] })).toEqual([
      "bc",
      "ca",
    ]);
    expect(walk({ maxDistance: 3 }, { limit: 2, postSort: [key("descending")] })).toEqual(["ca", "bc"]);
    expect(run(state, { x: { edges: {}, sort: [key("descending")] } as never })["x"]).toEqual(["ca", "bc", "ac", "ab"]);
  });
});

describe("contract 8.1: set operations", () => {
  it("combines sets in order, nested and with exceptions", () => {
    const state = graph();
    const sets = { ab: only("a", "b"), bc: only("b", "c"), c: only("c") };
    const result = run(state, {
      ...sets,
      union: { union: ["ab", "bc"] },
      all: { unionAll: ["ab", "bc"], limit: 3 },
      both: { intersection: ["ab", "bc"] },
      except: { union: ["ab", "bc"], except: ["c"] },
      nested: { intersection: ["bc", { union: ["ab", "c"], limit: 2 }, { unionAll: ["bc"] }] },
    });
    expect(result).toMatchObject({
      union: ["a", "b", "c"],
      all: ["a", "b", "b"],
      both: ["b"],
      except: ["a", "b"],
      nested: ["b"],
    });
  });

  it("keeps the direction of the edges it combines", () => {
    const result = run(graph(), {
      a: only("a"),
      out: { edges: { from: "a" } },
      in: { edges: { from: "a", direction: "inwards" } },
      edges: { union: ["out", { union: ["in"] }] },
      ends: { nodes: { from: "edges" } },
    });
    expect(result["ends"]).toEqual(["b", "c"]);
  });
});

describe("contract 8.1: checks", () => {
  const state = graph();
  it.each<[Record<string, ResultSetExpression>, string]>([
    [{ a: { nodes: { from: "b", through: link } }, b: { union: ["a"] } }, "in a cycle: a -> b -> a"],
    [{ a: { nodes: { from: "nope" } } }, "Unknown result set expression 'nope' in 'a'"],
    [{ a: { edges: { from: "constructor" } } }, "Unknown result set expression 'constructor' in 'a'"],
    [{ a: { nodes: { through: link } } }, "through needs from"],
    [{ a: only("a"), b: { nodes: { from: "a" } } }, "it needs through"],
    [{ a: { edges: {} }, b: { nodes: { from: "a", through: link } } }, "but 'a' gives edges"],
    [{ a: { edges: {} }, b: { nodes: {} }, c: { union: ["a", "b"] } }, "it combines nodes and edges"],
    [{ a: { nodes: { limit: 1 } } as never }, "Unexpected field - with.a.nodes.limit"],
    [{ a: {} as never }, "must have nodes, edges, union, unionAll or intersection"],
    [{ a: { nodes: {}, limit: 10_001 } }, "must be between 1 and 10000"],
    [{}, "with size must be between 1 and 50"],
  ])("refuses %j", (expressions, message) => {
    expect(refusal(() => run(state, expressions, { select: { a: {} } }))).toContain(message);
  });

  it("refuses selections and cursors of unknown expressions, and unknown properties", () => {
    const ask = (rest: Partial<InstancesQueryRequest>): string => refusal(() => run(state, { a: only("a") }, rest));
    expect(ask({ select: { b: {} } })).toBe("400 Unknown result set expression 'b' in 'select'");
    expect(ask({ cursors: { b: null } })).toBe("400 Unknown result set expression 'b' in 'cursors'");
    expect(ask({ cursors: { a: "x" } })).toMatch("Invalid cursor");
    const select = (properties: readonly string[]): Partial<InstancesQueryRequest> => ({
      select: { a: { sources: [{ source: view("Partial"), properties }] } },
    });
    expect(ask(select(["nope"]))).toMatch("Unknown property 'nope' to select in view 'm:Partial/v1'");
    expect(ask(select(["wires"]))).toMatch("it is a connection");
    expect(ask({ select: { a: { sources: [{ source: view("Thing") } as never] } } })).toMatch(
      "properties must not be null",
    );
    expect(ask({ select: { a: { sources: [{ source: view("Nope"), properties: [] }] } } })).toMatch("'m:Nope/v1'");
  });
});

describe("contract 8.1: select", () => {
  const state = graph();
  const read = (select: SelectExpression): unknown =>
    query(state, { with: { x: only("a", "b", "bare") }, select: { x: select } }).items["x"]?.map(
      ({ externalId, properties }) => [externalId, properties],
    );

  it("returns what was asked for and does not filter", () => {
    apply(state, { items: [node("bare")] });
    expect(
      read({
        sources: [{ source: view("Thing"), properties: ["int", "int"] }],
        sort: [{ property: ["m", "Thing/v1", "int"] }],
      }),
    ).toEqual([
      ["b", { m: { "Thing/v1": { int: 2 } } }],
      ["a", { m: { "Thing/v1": { int: 3 } } }],
      ["bare", {}],
    ]);
    expect(read({ sources: [{ source: view("Thing"), properties: ["*"] }], limit: 1 })).toEqual([
      ["a", { m: { "Thing/v1": { int: 3, link: ref("hub") } } }],
    ]);
    expect(read({})).toEqual([
      ["a", undefined],
      ["b", undefined],
      ["bare", undefined],
    ]);
  });

  it("7.1: tells types with includeTyping", () => {
    const select = { x: { sources: [{ source: view("Thing"), properties: ["int"] }] } };
    const { typing } = query(state, { with: { x: only("a") }, select, includeTyping: true });
    expect(typing).toEqual({
      x: {
        m: {
          "Thing/v1": {
            int: { type: { type: "int32", list: false }, nullable: true, immutable: false, autoIncrement: false },
          },
        },
      },
    });
  });
});

describe("contract 8.1: paging", () => {
  it("pages a child with the parent's cursor repeated, and starts it afresh on the parent's next page", () => {
    const state = project();
    const owners = ["p", "q"];
    apply(state, {
      items: [
        ...owners.map((id) => node(id)),
        ...[0, 1, 2].flatMap((n) => owners.map((id) => node(`${id}${n}`, { link: ref(id) }))),
      ],
    });
    const expressions: Record<string, ResultSetExpression> = {
      parents: { nodes: { filter: { instanceReferences: owners.map((id) => ref(id)) } }, limit: 1 },
      children: { nodes: { from: "parents", through: link }, limit: 2 },
    };
    const select = { parents: {}, children: {} };
    const ask = (cursors: Record<string, string | null>) => query(state, { with: expressions, select, cursors });
    const first = ask({ parents: null, children: null });
    expect([idsOf(first.items["parents"]), idsOf(first.items["children"])]).toEqual([["p"], ["p0", "p1"]]);
    const rest = ask({ parents: null, children: first.nextCursor["children"] ?? "" });
    expect(idsOf(rest.items["children"])).toEqual(["p2"]);
    expect(rest.nextCursor["children"]).toBeUndefined();
    const second = ask({ parents: first.nextCursor["parents"] ?? "" });
    expect([idsOf(second.items["parents"]), idsOf(second.items["children"])]).toEqual([["q"], ["q0", "q1"]]);
    const longer = { ...expressions, children: { nodes: { from: "parents", through: link }, limit: 3 } };
    expect(
      refusal(() => query(state, { with: longer, select, cursors: { children: first.nextCursor["children"] ?? "" } })),
    ).toBe("accepted");
    const other = {
      ...expressions,
      children: { nodes: { from: "parents", through: link, direction: "outwards" } },
    } as never;
    expect(
      refusal(() => query(state, { with: other, select, cursors: { children: first.nextCursor["children"] ?? "" } })),
    ).toMatch("another request");
    expect(refusal(() => ask({ parents: first.nextCursor["children"] ?? "" }))).toMatch("another request");
  });

  it("E111: gives every member of any set once over its pages", () => {
    const sets: Record<string, ResultSetExpression> = {
      root: { nodes: {}, limit: 3 },
      sorted: { nodes: {}, sort: [{ property: ["m", "Thing/v1", "int"], direction: "descending" }], limit: 2 },
      edges: { edges: {}, limit: 2 },
      sortedEdges: { edges: {}, sort: [{ property: ["edge", "externalId"] }], limit: 2 },
      some: { nodes: {}, limit: 10_000 },
      union: { union: ["some"], limit: 2 },
      reached: { nodes: { from: "edgesOfAll" }, limit: 2 },
      edgesOfAll: { edges: { from: "some", maxDistance: 3 }, limit: 10_000 },
    };
    fc.assert(
      fc.property(
        fc.array(fc.nat(3), { minLength: 1, maxLength: 8 }),
        fc.constantFrom(...Object.keys(sets)),
        (values, name) => {
          const state = project();
          const last = values.length - 1;
          apply(state, {
            items: [
              ...values.map((int, n) => node(`n${n}`, { int })),
              ...values.map((to, n) => edge(`e${n}`, `n${n}`, `n${Math.min(to, last)}`)),
            ],
          });
          const whole = idsOf(
            query(state, {
              with: { ...sets, [name]: { ...sets[name], limit: 10_000 } as never },
              select: { [name]: {} },
            }).items[name],
          );
          const seen: string[] = [];
          let cursor: string | null | undefined = null;
          while (cursor !== undefined) {
            const answer = query(state, { with: sets, select: { [name]: {} }, cursors: { [name]: cursor } });
            seen.push(...idsOf(answer.items[name]));
            cursor = answer.nextCursor[name];
          }
          expect(seen).toEqual(whole);
          expect(whole.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 80 },
    );
  });
});

describe("contract 8.1: limits", () => {
  it("takes the smaller of an expression's limit and its selection's, and drops nothing over the pages", () => {
    const state = project();
    apply(state, { items: [0, 1, 2, 3, 4].map((n) => node(`n${n}`, { int: -n })) });
    const seen: (readonly string[])[] = [];
    let cursor: string | null | undefined = null;
    while (cursor !== undefined) {
      const answer = query(state, {
        with: { a: { nodes: {}, limit: 4 } },
        select: { a: { limit: 2, sort: [{ property: ["m", "Thing/v1", "int"] }] } },
        cursors: { a: cursor },
      });
      seen.push(idsOf(answer.items["a"]));
      cursor = answer.nextCursor["a"];
    }
    expect(seen).toEqual([["n1", "n0"], ["n3", "n2"], ["n4"]]);
    const generous = { with: { a: { nodes: {}, limit: 1 } }, select: { a: { limit: 5 } } };
    expect(idsOf(query(state, generous).items["a"])).toEqual(["n0"]);
  });

  it("puts together no more of a set than the page takes, and refuses sets of very many members", () => {
    const state = project();
    apply(state, { items: [0, 1, 2].map((n) => node(`n${n}`)) });
    const nest = (depth: number): SetMember =>
      depth === 0 ? "a" : { unionAll: Array.from({ length: 15 }, () => nest(depth - 1)) };
    const ask = (depth: number): readonly string[] | undefined =>
      run(state, { a: { nodes: {} }, u: nest(depth) as ResultSetExpression }, { select: { u: {} } })["u"];
    expect(ask(2)).toHaveLength(100);
    expect(refusal(() => ask(3))).toMatch("it combines more than 250 expressions, nested ones included");
  });
});
