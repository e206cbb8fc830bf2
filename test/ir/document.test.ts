import { describe, expect, it } from "vitest";
import { isModelError, type ModelError } from "../../src/errors/index.js";
import { dataModelsOf, readModelDocument } from "../../src/ir/index.js";
import { container, file, text, view } from "./models.js";

function problem(json: unknown): ModelError {
  try {
    readModelDocument(json);
  } catch (error) {
    if (isModelError(error)) return error;
    throw error;
  }
  throw new Error("it was accepted");
}

const readView = (externalId: string, more: object = {}): object => ({
  space: "s",
  externalId,
  version: "v1",
  properties: {
    name: {
      container: container(externalId),
      containerPropertyIdentifier: "name",
      type: { type: "text", list: false, collation: "ucs_basic" },
      nullable: true,
    },
  },
  writable: true,
  usedFor: "node",
  createdTime: 1,
  lastUpdatedTime: 1,
  isGlobal: false,
  ...more,
});
const readModel = (externalId: string, views: readonly object[]): object => ({
  space: "s",
  externalId,
  version: "v1",
  views,
  createdTime: 1,
  lastUpdatedTime: 1,
  isGlobal: false,
});

describe("readModelDocument", () => {
  it("reads a file in create form", () => {
    const document = readModelDocument(file({ Pump: { properties: { name: text } } }));
    expect(document.views.map(({ externalId }) => externalId)).toEqual(["Pump"]);
    expect(document.dataModels).toEqual([{ space: "s", externalId: "Model", version: "v1", views: [view("Pump")] }]);
    expect(document.containers).toHaveLength(1);
  });

  it("reads an answer with data models and takes their views out of them", () => {
    const document = readModelDocument({
      items: [readModel("A", [readView("Pump")]), readModel("B", [readView("Pump")])],
    });
    expect(document.dataModels.map(({ externalId }) => externalId)).toEqual(["A", "B"]);
    expect(document.views).toHaveLength(1);
  });

  it("reads one data model alone, a list of views and a list of containers", () => {
    expect(readModelDocument(readModel("A", [readView("Pump")])).views).toHaveLength(1);
    expect(readModelDocument({ items: [readView("Pump"), readView("Valve")] }).views).toHaveLength(2);
    const items = [{ space: "s", externalId: "C", properties: { name: { type: { type: "text" } } } }];
    expect(readModelDocument({ items }).containers).toHaveLength(1);
  });

  it("lets each data model keep its own form of a view where two answers differ", () => {
    const items = [readModel("A", [readView("Pump")]), readModel("B", [readView("Pump", { properties: {} })])];
    const [, second] = readModelDocument({ items }).dataModels;
    expect(second?.views[0]).toMatchObject({ properties: {} });
  });

  it("keeps instances", () => {
    const nodes = [{ instanceType: "node", space: "s", externalId: "n" }];
    expect(readModelDocument({ instances: { nodes } }).instances).toEqual({ nodes, edges: [] });
  });

  it("keeps properties called constructor and __proto__", () => {
    const json = JSON.parse(
      `{"views":[{"space":"s","externalId":"A","version":"v1","properties":{
        "__proto__":{"container":{"type":"container","space":"s","externalId":"A"},"containerPropertyIdentifier":"x"},
        "constructor":{"container":{"type":"container","space":"s","externalId":"A"},"containerPropertyIdentifier":"x"}}}]}`,
    );
    const [first] = readModelDocument(json).views;
    expect(Object.keys(first?.properties ?? {})).toEqual(["__proto__", "constructor"]);
  });

  it.each([
    ["null", null, "a JSON object, not null"],
    ["a list", [], "a JSON object, not a list"],
    ["a number", 3, "a JSON object, not a number"],
    ["an empty object", {}, "none of spaces, containers, views"],
    ["items that are no list", { items: 3 }, "items must be a list"],
  ])("refuses %s", (_name, json, message) => {
    expect(problem(json).message).toContain(message);
    expect(problem(json).code).toBe("MODEL.INVALID");
  });

  it("names every place at once, in the words of the file", () => {
    const views = [
      { space: "s", externalId: "A", version: "v1", properties: { "x-y": { container: { type: "view" } } } },
      { space: "s", version: 2 },
    ];
    const places = problem({ views, spaces: ["s"] }).diagnostics.map(({ place, message }) => [place, message]);
    expect(places).toContainEqual(["spaces[0]", "spaces[0] must be an object"]);
    expect(places).toContainEqual(["views[1].externalId", "views[1].externalId is missing"]);
    expect(places).toContainEqual(["views[1].version", "views[1].version must be a text"]);
    expect(places).toContainEqual([
      "views[0].properties.x-y.containerPropertyIdentifier",
      "views[0].properties.x-y.containerPropertyIdentifier is missing",
    ]);
  });

  it("names the place within an answer", () => {
    const items = [readView("Pump"), readModel("A", [readView("B", { version: 1 })]), readView("C", { usedFor: "no" })];
    expect(problem({ items }).diagnostics.map(({ place }) => place)).toEqual([
      "items[2].usedFor",
      "items[1].views[0].version",
    ]);
    expect(problem(readModel("A", [{}])).diagnostics[0]?.place).toBe("views[0].space");
  });

  it("refuses one view twice when the two differ, and takes it once when they are the same", () => {
    const same = file({ Pump: { properties: { name: text } } }) as { views: object[] };
    const [pump = {}] = same.views;
    expect(readModelDocument({ ...same, views: [pump, { ...pump }] }).views).toHaveLength(1);
    const differing = problem({ ...same, views: [pump, { ...pump, name: "other" }] });
    expect(differing.diagnostics).toMatchObject([{ code: "MODEL.DUPLICATE", place: "s/Pump@v1" }]);
  });

  it.each([
    ["a reverse relation without a kind", { source: view("A"), through: { source: view("A"), identifier: "x" } }],
    ["an edge with a strange direction", { type: { space: "s", externalId: "t" }, source: view("A"), direction: "up" }],
    ["a property that is no object", 3],
  ])("refuses %s", (_name, property) => {
    const views = [{ space: "s", externalId: "A", version: "v1", properties: { p: property } }];
    expect(problem({ views }).diagnostics[0]?.place).toMatch(/^views\[0\]\.properties\.p/);
  });
});

describe("dataModelsOf", () => {
  it("makes a data model of all views where there is none", () => {
    const { views } = file({ B: {}, A: {} }) as { views: object[] };
    expect(dataModelsOf(readModelDocument({ views }))).toEqual([
      { space: "s", externalId: "AllViews", version: "1", views: [view("A"), view("B")] },
    ]);
  });

  it("makes one of the views that instances are written through where there are no views", () => {
    const node = { instanceType: "node", space: "x", externalId: "n" };
    const sources = [
      { source: view("A"), properties: {} },
      { source: container("C"), properties: {} },
    ];
    const nodes = [{ ...node, sources }, { ...node, sources }, node];
    expect(dataModelsOf(readModelDocument({ instances: { nodes } }))[0]?.views).toEqual([view("A")]);
  });

  it("gives none where there is nothing", () => {
    expect(dataModelsOf(readModelDocument({ spaces: [] }))).toEqual([]);
  });
});
