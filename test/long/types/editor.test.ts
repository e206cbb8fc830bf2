import { describe, expect, it } from "vitest";
import { Editor } from "../../tools/editor.js";

const editor = new Editor(
  "examples/windfarm",
  `import { defineSelect, type PygenClient } from "pygen";
import { aggregateOptions, listOptions } from "pygen/react";
import { Turbine, windFarm } from "./sdk/index.js";
declare const client: PygenClient;
const wind = windFarm(client, { space: "data" });
`,
);

describe("while a call is written, editors offer", () => {
  const ofTurbines = ["$version", "blades", "capacity", "farm", "metmasts", "name"];
  const ofBlades = ["isDamaged", "position", "turbine"];
  it.each([
    ["properties to select", "wind.turbine.list({ select: { | } })", ofTurbines],
    ["those that are left", "wind.turbine.list({ select: { blades: true, | } })", ["capacity", "farm"]],
    ["options of relations", "wind.turbine.list({ select: { blades: { | } } })", ["limit", "select", "sort", "where"]],
    ["properties of nested nodes", "wind.turbine.list({ select: { blades: { select: { | } } } })", ofBlades],
    ["parts of edges", "wind.turbine.list({ select: { metmasts: { | } } })", ["edge", "node", "limit"]],
    ["properties of edges", "wind.turbine.list({ select: { metmasts: { edge: { select: { | } } } } })", ["distance"]],
    ["conditions within", "wind.turbine.list({ select: { blades: { where: { | } } } })", ["$and", ...ofBlades]],
    ["keys to sort nested nodes by", "wind.turbine.list({ select: { blades: { sort: [{ | }] } } })", ofBlades],
    ["conditions", "wind.turbine.list({ where: { | } })", ["$and", "$createdTime", "blades", "name"]],
    ["operators", "wind.turbine.list({ where: { capacity: { | } } })", ["equals", "exists", "gt", "gte"]],
    ["listed values", "wind.turbine.list({ where: { status: '|' } })", ["running", "stopped"]],
    ["conditions on far sides", "wind.turbine.list({ where: { blades: { some: { | } } } })", ["$not", ...ofBlades]],
    ["properties of what is read by id", "wind.turbine.retrieve('a', { select: { | } })", ofTurbines],
    ["properties of several", "wind.turbine.retrieve(['a'], { select: { | } })", ofTurbines],
    ["properties of what is found", "wind.turbine.search('a', { select: { | } })", ofTurbines],
    ["texts to search", "wind.turbine.search('a', { properties: ['|'] })", ["name", "description", "tags"]],
    ["relations", "wind.turbine.related('a', '|')", ["blades", "farm", "metmasts"]],
    ["properties of related nodes", "wind.turbine.related('a', 'blades', { select: { | } })", ofBlades],
    ["numbers", "wind.turbine.aggregate({ avg: { | } })", ["capacity", "hubHeight"]],
    ["what can be counted", "wind.turbine.aggregate({ count: { | } })", ["capacity", "name"]],
    ["what can be grouped by", "wind.turbine.aggregate({ groupBy: ['|'] })", ["farm", "status", "isActive"]],
    ["what can be followed", "wind.turbine.sync({ select: { | } })", ["$version", "capacity", "farm"]],
    ["what can be kept current", "wind.turbine.live({ select: { | } })", ["$version", "capacity", "farm"]],
    ["properties of a selection", "defineSelect(Turbine, { blades: { select: { | } } })", ofBlades],
    ["properties in options of queries", "listOptions(wind.turbine, { select: { | } })", ofTurbines],
    ["numbers in options of queries", "aggregateOptions(wind.turbine, { sum: { | } })", ["capacity", "hubHeight"]],
    ["values to write", "wind.turbine.upsert([{ | }])", ["externalId", "name", "blades"]],
  ])("%s", (_what, code, expected) => {
    const offered = editor.offers(code);
    expect(offered).toEqual(expect.arrayContaining(expected));
    // Where they know of nothing that fits, they offer everything.
    expect(offered).not.toContain("PygenClient");
  });

  it.each([
    ["values to compute a mean of", "wind.turbine.aggregate({ avg: { | } })", "name"],
    ["properties to group by", "wind.turbine.aggregate({ groupBy: ['|'] })", "activePower"],
    ["texts to search", "wind.turbine.search('a', { properties: ['|'] })", "capacity"],
    ["what can be followed", "wind.turbine.sync({ select: { | } })", "blades"],
  ])("of %s none that are none", (_what, code, wrong) => {
    expect(editor.offers(code)).not.toContain(wrong);
  });
});

describe("hovering shows", () => {
  it("rows as their selection makes them", () => {
    const code =
      "const |rows = await wind.turbine.list({ select: { name: true, blades: { select: { position: true } } } });";
    expect(editor.hover(code)).toBe(`const rows: {
    readonly space: string;
    readonly externalId: string;
    readonly name: string | null;
    readonly blades: readonly {
        readonly space: string;
        readonly externalId: string;
        readonly position: number;
    }[];
}[]`);
  });

  it("what may be selected by the name of its type", () => {
    expect(editor.hover("wind.turbine.|list()")).toContain("readonly select?: Select<Turbine, ");
  });
});
