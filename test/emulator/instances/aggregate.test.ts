import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ProjectState } from "../../../src/emulator/engine/state.js";
import type { InstancesAggregateRequest } from "../../../src/models/index.js";
import { aggregate, apply, node, project, ref, refusal, view } from "./project.js";

const thing = view("Thing");

function stocked(): ProjectState {
  const state = project();
  apply(state, {
    items: [
      node("a", { text: "x", int: 1, float: 0.5, texts: ["p", "q", "p"], link: ref("hub"), flag: true, color: "red" }),
      node("b", { text: "x", int: 4, texts: [], links: [ref("a"), ref("b")], color: "green" }),
      node("c", { text: "y", int: 7 }),
      node("d", { text: "y words" }),
    ],
  });
  return state;
}

const of = (state: ProjectState, request: Partial<InstancesAggregateRequest>) =>
  aggregate(state, { view: thing, ...request }).items;

describe("contract 9.5: aggregates", () => {
  const state = stocked();

  it("computes all kinds at once, in the order asked for, over one group of everything", () => {
    const property = "int";
    expect(
      of(state, {
        aggregates: [
          { avg: { property } },
          { min: { property } },
          { max: { property } },
          { sum: { property } },
          { count: {} },
        ],
      }),
    ).toEqual([
      {
        instanceType: "node",
        aggregates: [
          { aggregate: "avg", property, value: 4 },
          { aggregate: "min", property, value: 1 },
          { aggregate: "max", property, value: 7 },
          { aggregate: "sum", property, value: 12 },
          { aggregate: "count", value: 4 },
        ],
      },
    ]);
  });

  it("counts values of a property, and ids", () => {
    const aggregates = [{ count: { property: "int" } }, { count: { property: "externalId" } }];
    expect(of(state, { aggregates })[0]?.aggregates).toEqual([
      { aggregate: "count", property: "int", value: 3 },
      { aggregate: "count", property: "externalId", value: 4 },
    ]);
  });

  it("has no value where there is nothing to compute it from, and counts 0", () => {
    const filter = { equals: { property: ["text"], value: "none" } };
    const aggregates = [{ min: { property: "int" } }, { count: {} }, { histogram: { property: "int", interval: 2 } }];
    expect(of(state, { aggregates, filter })[0]?.aggregates).toEqual([
      { aggregate: "min", property: "int" },
      { aggregate: "count", value: 0 },
      { aggregate: "histogram", property: "int", interval: 2, buckets: [] },
    ]);
  });

  it("puts values in intervals and leaves out empty ones", () => {
    const aggregates = [{ histogram: { property: "int", interval: 3 } }];
    expect(of(state, { aggregates })[0]?.aggregates).toEqual([
      {
        aggregate: "histogram",
        property: "int",
        interval: 3,
        buckets: [
          { start: 0, count: 1 },
          { start: 3, count: 1 },
          { start: 6, count: 1 },
        ],
      },
    ]);
  });

  it("groups by values, direct relations and elements of lists; a missing value has no key", () => {
    expect(of(state, { groupBy: ["text"], aggregates: [{ count: {} }], limit: 2 })).toEqual([
      { instanceType: "node", group: { text: "x" }, aggregates: [{ aggregate: "count", value: 2 }] },
      { instanceType: "node", group: { text: "y" }, aggregates: [{ aggregate: "count", value: 1 }] },
    ]);
    expect(of(state, { groupBy: ["link"] }).map(({ group }) => group)).toEqual([{ link: ref("hub") }, {}]);
    expect(of(state, { groupBy: ["texts", "flag"] })).toEqual([
      { instanceType: "node", group: { texts: "p", flag: true }, aggregates: [] },
      { instanceType: "node", group: { texts: "q", flag: true }, aggregates: [] },
      { instanceType: "node", group: {}, aggregates: [] },
    ]);
    expect(of(state, { groupBy: ["links"] }).map(({ group }) => group)).toEqual([
      {},
      { links: ref("a") },
      { links: ref("b") },
    ]);
    expect(of(state, { groupBy: ["color"] })).toHaveLength(3);
  });

  it("gives numbers where sums and intervals pass what floats hold", () => {
    const property = "float";
    const extreme = project();
    apply(extreme, { items: [node("a", { float: 1.5e308 }), node("b", { float: 1.5e308 })] });
    const avg = [{ avg: { property } }];
    expect(of(extreme, { aggregates: avg })[0]?.aggregates).toEqual([{ aggregate: "avg", property, value: 1.5e308 }]);
    const sum = () => of(extreme, { aggregates: [{ sum: { property } }] });
    expect(refusal(sum)).toBe("400 The sum of property 'float' is out of range.");
    const aggregates = [{ histogram: { property, interval: 1e-300 } }];
    expect(of(extreme, { aggregates })[0]?.aggregates).toMatchObject([{ buckets: [{ start: 1.5e308, count: 2 }] }]);
  });

  it("refuses lists whose combinations are too many to count", () => {
    const many = project();
    const texts = Array.from({ length: 1000 }, (_, at) => `t${at}`);
    const links = Array.from({ length: 100 }, (_, at) => ref(`l${at}`));
    apply(many, { items: ["a", "b", "c"].map((id) => node(id, { texts, links })) });
    const grouped = (groupBy: readonly string[]) => () => of(many, { groupBy });
    expect(grouped(["texts"])()).toHaveLength(100);
    expect(refusal(grouped(["texts", "links", "texts"]))).toMatch(/^408 Graph query timed out/);
    expect(refusal(grouped(["texts", "links"]))).toMatch(/^408 Graph query timed out/);
  });

  it("searches and filters first", () => {
    expect(of(state, { query: "wor", aggregates: [{ count: {} }] })[0]?.aggregates).toEqual([
      { aggregate: "count", value: 1 },
    ]);
    expect(of(state, { query: "x y", operator: "OR", groupBy: ["text"] })).toHaveLength(3);
  });

  it("tells types when asked", () => {
    expect(aggregate(state, { view: thing, includeTyping: true })).toMatchObject({
      typing: { m: { "Thing/v1": { int: {} } } },
    });
  });

  it("E104: sums integers beyond 2^53 exactly", () => {
    const big = project();
    const large = 2 ** 53 - 1;
    apply(big, { items: [node("a", { ints: [large, large, 1] })] });
    expect(of(big, { aggregates: [{ sum: { property: "ints" } }] })[0]?.aggregates).toEqual([
      { aggregate: "sum", property: "ints", value: 18014398509481983n },
    ]);
  });

  it.each<[string, Partial<InstancesAggregateRequest>, string]>([
    ["text", { aggregates: [{ avg: { property: "text" } }] }, "400 Cannot use avg on property 'text' of type text"],
    ["an unknown property", { aggregates: [{ sum: { property: "none" } }] }, "400 Unknown property 'none'"],
    ["groups of times", { groupBy: ["when"] }, "400 Property 'when' of type timestamp cannot be used in group by."],
    [
      "groups of lists of numbers",
      { groupBy: ["ints"] },
      "400 Property 'ints' of type int64[] cannot be used in group by.",
    ],
    ["an unknown view", { view: view("None") }, "400 One or more views do not exist"],
    [
      "an unknown aggregate",
      { aggregates: [{ median: {} } as never] },
      "aggregates[0] must have exactly one of [avg, min, max, sum, count, histogram]",
    ],
    [
      "two aggregates in one",
      { aggregates: [{ count: {}, sum: {} } as never] },
      "aggregates[0] must have exactly one of",
    ],
    ["six aggregates", { aggregates: Array(6).fill({ count: {} }) }, "aggregates size must be between 0 and 5"],
    [
      "an interval of 0",
      { aggregates: [{ histogram: { property: "int", interval: 0 } }] },
      "aggregates[0].histogram.interval must be greater than 0",
    ],
    ["a sort", { sort: [] } as never, "400 Unexpected field - sort"],
  ])("refuses %s", (_name, request, message) => {
    expect(refusal(() => of(state, request))).toContain(message);
  });

  it("agrees with computing by hand, for any values", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ int: fc.integer({ min: -50, max: 50 }), text: fc.constantFrom("a", "b") }), {
          minLength: 1,
          maxLength: 20,
        }),
        (rows) => {
          const any = project();
          apply(any, { items: rows.map((row, index) => node(`n${index}`, row)) });
          const property = "int";
          const aggregates = [{ sum: { property } }, { min: { property } }, { histogram: { property, interval: 10 } }];
          for (const {
            group,
            aggregates: [sum, min, histogram],
          } of of(any, { aggregates, groupBy: ["text"] })) {
            const values = rows.filter(({ text }) => text === group?.["text"]).map(({ int }) => int);
            expect(sum).toMatchObject({ value: values.reduce((a, b) => a + b, 0) });
            expect(min).toMatchObject({ value: Math.min(...values) });
            const buckets = histogram?.aggregate === "histogram" ? histogram.buckets : [];
            expect(buckets.reduce((total, { count }) => total + count, 0)).toBe(values.length);
          }
        },
      ),
    );
  });
});
