import { describe, expect, it } from "vitest";
import type { ProjectState } from "../../../src/emulator/engine/state.js";
import type { InstancesSearchRequest } from "../../../src/models/index.js";
import { addView, apply, idsOf, mappingView, node, project, ref, refusal, search, view } from "./project.js";

function stocked(): ProjectState {
  const state = project();
  apply(state, {
    items: [
      node("b", { text: "Siemens wind TURBINE", texts: ["north-sea"], int: 1 }),
      node("a", { text: "Vestas turbine", int: 3, link: ref("b") }),
      node("c", { text: "Ørsted (substation)", int: 2 }),
      node("bare"),
    ],
  });
  return state;
}

const thing = view("Thing");
const find = (state: ProjectState, request: Partial<InstancesSearchRequest>): readonly string[] =>
  idsOf(search(state, { view: thing, ...request }).items);

describe("contract 9.4: search", () => {
  const state = stocked();

  it("matches beginnings of words in any case, and puts what matches most terms first", () => {
    expect(find(state, { query: "turb" })).toEqual(["a", "b"]);
    expect(find(state, { query: "TURBINE siemens" })).toEqual(["b", "a"]);
    expect(find(state, { query: "ørsted" })).toEqual(["c"]);
    expect(find(state, { query: "urbine" })).toEqual([]);
  });

  it("wants any term, or all of them across the texts", () => {
    expect(find(state, { query: "wind sea", operator: "AND" })).toEqual(["b"]);
    expect(find(state, { query: "wind vestas", operator: "AND" })).toEqual([]);
    expect(find(state, { query: "wind vestas", operator: "OR" })).toEqual(["a", "b"]);
  });

  it("searches in the named properties only", () => {
    expect(find(state, { query: "sea", properties: ["texts"] })).toEqual(["b"]);
    expect(find(state, { query: "sea", properties: ["text"] })).toEqual([]);
  });

  it("without terms gives what the view shows, filtered", () => {
    expect(find(state, {})).toEqual(["a", "b", "c"]);
    expect(find(state, { query: "?!" })).toEqual(["a", "b", "c"]);
    expect(find(state, { filter: { range: { property: ["int"], gte: 2 } } })).toEqual(["a", "c"]);
  });

  it("contract 9.1: a path of one id means the view, under every operator", () => {
    const int = { property: ["int"] };
    expect(
      find(state, {
        filter: {
          or: [
            { and: [{ equals: { ...int, value: 1 } }, { not: { exists: { property: ["link"] } } }] },
            { in: { ...int, values: [99] } },
            { prefix: { property: ["text"], value: "Ø" } },
            { containsAll: { property: ["texts"], values: ["none"] } },
            { containsAny: { property: ["texts"], values: ["none"] } },
            { nested: { scope: ["link"], filter: { equals: { property: ["m", "Thing/v1", "int"], value: 1 } } } },
            { instanceReferences: [] },
          ],
        },
      }),
    ).toEqual(["a", "b", "c"]);
  });

  it("sorts, limits and types", () => {
    const sort = [{ property: ["int"], direction: "descending" }] as const;
    expect(find(state, { sort, limit: 2 })).toEqual(["a", "c"]);
    expect(search(state, { view: thing, limit: 1, includeTyping: true })).toMatchObject({
      items: [{ properties: { m: { "Thing/v1": { int: 3 } } } }],
      typing: { m: { "Thing/v1": { text: { type: { type: "text" } } } } },
    });
  });

  it("finds edges when asked for", () => {
    const edges = project();
    addView(edges, mappingView(edges, "Wire", ["Wire"]));
    expect(find(edges, { view: view("Wire"), instanceType: "edge" })).toEqual([]);
  });

  it.each<[string, Partial<InstancesSearchRequest>, string]>([
    ["an unknown view", { view: view("None") }, "400 One or more views do not exist: 'm:None/v1'"],
    ["an unknown property", { properties: ["none"] }, "400 Unknown property 'none' in view 'm:Thing/v1'"],
    ["one that is no text", { properties: ["int"] }, "400 Cannot search in property 'int'"],
    [
      "overlaps",
      { filter: { not: { overlaps: { startProperty: ["when"], endProperty: ["until"], gt: "2020" } } } },
      "400 Cannot use overlaps",
    ],
    [
      "nulls first",
      { sort: [{ property: ["int"], nullsFirst: true } as never] },
      "400 Unexpected field - sort[0].nullsFirst",
    ],
    [
      "a limit",
      { limit: 1001 },
      "400 Request had 1 constraint violations. Please fix the request and try again. [limit must be between 1 and 1000]",
    ],
    ["an operator", { operator: "XOR" as never }, "400 Request had 1 constraint violations"],
    ["a cursor", { cursor: "x" } as never, "400 Unexpected field - cursor"],
  ])("refuses %s", (_name, request, message) => {
    expect(refusal(() => search(state, { view: thing, ...request }))).toContain(message);
  });
});
