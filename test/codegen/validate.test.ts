import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { diagnosticPages, generate, readModelDocument } from "../../src/codegen/index.js";
import { container, direct, file, reverse, text, type ViewDraft, view } from "../ir/models.js";
import { diagnosticsPage } from "../tools/docs/diagnostics-page.js";

const told = (json: object, strict = false): readonly string[] =>
  generate({ document: readModelDocument(json), strict }).diagnostics.map(
    ({ severity, code, place }) => `${severity} ${code} ${place}`,
  );
const of = (views: Readonly<Record<string, ViewDraft>>): readonly string[] => told(file(views));

describe("what is told of a model that code can be generated for", () => {
  it("is nothing for a good one", () => {
    expect(of({ Pump: { properties: { name: { ...text, description: "Two\nlines\tand a tab." } } } })).toEqual([]);
  });

  it.each([
    [
      "ids with signs",
      { "Pump-x": { properties: { name: text } } },
      ["s/Model@v1", "s/Pump-x@v1", "container s/Pump-x_v1"],
    ],
    ["reserved words", { Query: { properties: {} } }, ["s/Query@v1"]],
    ["reserved properties", { Pump: { properties: { externalId: text } } }, ["s/Pump@v1", "container s/Pump_v1"]],
    ["long texts", { Pump: { description: "x".repeat(1025), properties: { name: text } } }, ["s/Pump@v1"]],
    ["versions", { "Pump@v 1": { properties: { name: text } } }, ["s/Model@v1", "s/Pump@v 1", "container s/Pump_v 1"]],
  ])("tells of definitions that the service would refuse: %s", (_name, views, places) => {
    expect([...of(views)].filter((each) => each.includes("IR.REFUSED")).sort()).toEqual(
      places.map((place) => `warning IR.REFUSED ${place}`).sort(),
    );
  });

  it("tells of more views than a data model may have", () => {
    const views = Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`V${n}`, { properties: { a: text } }]));
    expect(of(views)).toEqual(["warning IR.REFUSED s/Model@v1"]);
  });

  it("tells of relations to another version than the data model has, and of a view in several versions", () => {
    expect(of({ Pump: { properties: { next: direct(view("Site", "v7")) } }, Site: { properties: {} } })).toEqual([
      "info IR.TARGET_MISSING s/Pump@v1.next",
      "warning IR.TARGET_VERSION s/Pump@v1.next",
    ]);
    expect(of({ "Pump@v1": { properties: { a: text } }, "Pump@v2": { properties: { a: text } } })).toContain(
      "info IR.VERSIONS_MIXED s/Model@v1",
    );
  });

  it("E65: tells of a reverse relation through a container's property that is mapped twice", () => {
    const json = file({
      Pump: { properties: { site: direct(view("Site")) } },
      Site: { properties: { pumps: reverse(view("Pump"), "site", container("Pump_v1")) } },
    }) as { views: { properties: Record<string, object> }[] };
    const [pump] = json.views;
    if (pump) pump.properties = { ...pump.properties, place: pump.properties["site"] ?? {} };
    expect(told(json)).toEqual(["info IR.THROUGH_SEVERAL s/Site@v1.pumps"]);
  });

  it("tells of views over containers for nodes and for edges", () => {
    const json = file({ Pump: { properties: { a: text } }, Link: { usedFor: "edge", properties: { b: text } } }) as {
      views: { properties: Record<string, object> }[];
    };
    const [pump, link] = json.views;
    if (pump) pump.properties = { ...pump.properties, ...link?.properties };
    expect(told(json)).toEqual(["warning IR.USES_MIXED s/Pump@v1"]);
  });

  it.each(["\u0000", "\u202e", "\ufffd", "\ud800"])("tells of texts that cannot be read: %j", (sign) => {
    expect(of({ Pump: { name: `a${sign}`, properties: { a: { ...text, description: `${sign}b` } } } })).toEqual([
      "info IR.TEXT_UNREADABLE s/Pump@v1",
      "info IR.TEXT_UNREADABLE s/Pump@v1.a",
    ]);
  });

  it("turns warnings into errors where that is asked for, and leaves notes alone", () => {
    const json = file({ Pump: { properties: { next: direct(view("Site", "v7")) } }, Site: { properties: {} } });
    expect(told(json, true)).toEqual([
      "info IR.TARGET_MISSING s/Pump@v1.next",
      "error IR.TARGET_VERSION s/Pump@v1.next",
    ]);
  });
});

describe("docs/diagnostics.md", () => {
  it("is what `npm run docs` writes, with every code", () => {
    const page = readFileSync(path.resolve(import.meta.dirname, "../../docs/diagnostics.md"), "utf8");
    expect(page).toBe(diagnosticsPage());
    for (const { code, cause, cure } of diagnosticPages()) {
      expect(page).toContain(`## ${code}`);
      expect([cause.length, cure.length].every((length) => length > 10)).toBe(true);
    }
  });
});
