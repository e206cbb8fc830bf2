import { describe, expect, it } from "vitest";
import { typescriptNaming } from "../../src/codegen/targets/typescript/naming.js";
import { describeViews, type NamedView, nameModel } from "../../src/ir/index.js";
import { built, container, direct, edges, file, reverse, text, view } from "./models.js";

function described(json: object): readonly NamedView[] {
  const { model } = built(json);
  return describeViews(model, nameModel(model, typescriptNaming));
}

describe("describeViews", () => {
  it("E12: gives every kind of property by its TypeScript name, with CDF's id where that differs", () => {
    const [first] = described(
      file({
        A: {
          filter: { equals: { property: ["node", "type"], value: { space: "s", externalId: "T" } } },
          properties: {
            wind_speed: {
              type: { type: "float64", unit: { externalId: "speed:m" }, list: true },
              nullable: false,
              immutable: true,
            },
            state: { type: { type: "enum", values: { on: {}, off: {} } }, nullable: false, defaultValue: "on" },
            to: direct(view("A")),
            any_of: direct(undefined, true),
            from: reverse(view("A"), "to"),
            fromList: reverse(view("A"), "any_of", container("A_v1"), "single_reverse_direct_relation"),
            out: edges(view("A")),
            in_one: edges(view("A"), {
              direction: "inwards",
              connectionType: "single_edge_connection",
              edgeSource: view("E"),
            }),
          },
        },
        E: { usedFor: "edge", properties: { x: text } },
      }),
    );
    expect(first?.descriptor).toEqual({
      space: "s",
      externalId: "A",
      version: "v1",
      instanceType: "node",
      filter: { equals: { property: ["node", "type"], value: { space: "s", externalId: "T" } } },
      nodeType: { space: "s", externalId: "T" },
      properties: {
        windSpeed: { type: "float64", id: "wind_speed", list: true, required: true, immutable: true, unit: "speed:m" },
        state: { type: "enum", required: true, hasDefault: true, values: ["off", "on"] },
        to: { type: "direct", source: "s/A@v1" },
        anyOf: { type: "direct", id: "any_of", list: true },
        from: { type: "reverse", source: "s/A@v1", through: { source: "s/A@v1", property: "to" } },
        fromList: {
          type: "reverse",
          single: true,
          source: "s/A@v1",
          through: { source: "s/A@v1", property: "any_of", list: true },
        },
        out: { type: "edge", edgeType: { space: "s", externalId: "link" }, source: "s/A@v1" },
        inOne: {
          type: "edge",
          id: "in_one",
          single: true,
          edgeType: { space: "s", externalId: "link" },
          direction: "inwards",
          source: "s/A@v1",
          edgeSource: "s/E@v1",
        },
      },
    });
  });

  it("E43: gives a view for both twice; edges have neither node type nor connections", () => {
    const views = described(
      file({
        X: {
          usedFor: "all",
          filter: { equals: { property: ["node", "type"], value: { space: "s", externalId: "T" } } },
          properties: { name: text, to: direct(view("X")), from: reverse(view("X"), "to"), out: edges(view("X")) },
        },
      }),
    );
    expect(views.map(({ type: name, handle, instanceType, file: path }) => [name, handle, instanceType, path])).toEqual(
      [
        ["X", "x", "node", "x"],
        ["XEdge", "xEdge", "edge", "x"],
      ],
    );
    expect(Object.keys(views[0]?.descriptor.properties ?? {}).sort()).toEqual(["from", "name", "out", "to"]);
    expect(Object.keys(views[1]?.descriptor.properties ?? {}).sort()).toEqual(["name", "to"]);
    expect(views[1]?.descriptor).not.toHaveProperty("nodeType");
  });

  it("E45: says when nothing can be created through a view", () => {
    const json = file({ A: { properties: { a: text, must: { ...text, nullable: false } } } }) as {
      views: { properties: Record<string, unknown> }[];
    };
    delete json.views[0]?.properties["must"];
    expect(described(json)[0]?.descriptor.writable).toBe(false);
  });
});
