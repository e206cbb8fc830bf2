import { describe, expect, it } from "vitest";
import type { WriteRules, WriteScope } from "../../../src/runtime/write/context.js";
import { planWrite } from "../../../src/runtime/write/plan-write.js";
import { ref, scope, viewNamed } from "../farm.js";

const near = ref("near", "s");
const plan = (rules: WriteRules, item: object, more: Partial<WriteScope> = {}) =>
  planWrite([{ view: viewNamed("turbine"), items: [item] }], { ...scope(), ...more }, rules);
const versions = ({ writes }: ReturnType<typeof plan>) =>
  writes.map(({ externalId, existingVersion }) => [externalId, existingVersion]);

describe("create-only", () => {
  it("lets nothing be there that is written with values, but what is named only", () => {
    const graph = {
      externalId: "T1",
      name: "n",
      farm: "F1",
      blades: ["B1", { externalId: "B2", isDamaged: true }],
      metmasts: ["M1"],
    };
    expect(versions(plan({ createOnly: true }, graph))).toEqual([
      ["T1", 0],
      ["B1", undefined],
      ["B2", 0],
      ["T1:M1:s/near", 0],
    ]);
  });

  it("refuses a version to overwrite", () => {
    expect(versions(plan({ createOnly: true }, { externalId: "T1", $existingVersion: 0 }))).toEqual([["T1", 0]]);
    expect(() => plan({ createOnly: true }, { externalId: "T1", $existingVersion: 3 })).toThrow("'create-only'");
  });
});

describe("sets of edges given whole", () => {
  it("are told, with empty ones and singles, from both ends", () => {
    const graph = {
      externalId: "T1",
      name: "n",
      metmasts: [{ externalId: "M1", turbines: ["T1", "T2"] }, "M2"],
      gateway: null,
    };
    expect(plan({ replaceEdges: true }, graph).edgeSets).toEqual([
      { type: near, end: "startNode", nodes: [ref("T1")] },
      { type: ref("gate", "s"), end: "startNode", nodes: [ref("T1")] },
      { type: near, end: "endNode", nodes: [ref("M1")] },
    ]);
    expect(plan({}, { externalId: "T1", metmasts: ["M1"] }).edgeSets).toEqual([]);
  });
});

describe("made ids", () => {
  it("D7: name each object that has none once, and edges", () => {
    let made = 0;
    const named: [object, string][] = [];
    const externalIds = {
      node: (item: object, view: { externalId: string }) => {
        named.push([item, view.externalId]);
        return `made-${++made}`;
      },
      edge: ({ startNode, endNode }: { startNode: { externalId: string }; endNode: { externalId: string } }) =>
        `${startNode.externalId}-${endNode.externalId}`,
    };
    const farm: Record<string, unknown> = { name: "f" };
    const first = { name: "1", farm, metmasts: ["M1"] };
    farm["turbines"] = [first];
    const { writes } = plan({}, first, { externalIds });
    expect(writes.map(({ externalId }) => externalId)).toEqual(["made-2", "made-1", "made-1-M1"]);
    expect(named).toEqual([
      [first, "Turbine"],
      [farm, "Farm"],
    ]);
  });

  it.each<[string, unknown, string]>([
    ["no text", 5, "'externalId' of view s/Turbine@v1 must be written with a string as externalId, got a number."],
    ["an empty one", "", "externalId of 0 characters: it must have 1 to 256"],
    ["E103: one that is too long", "x".repeat(257), "externalId of 257 characters"],
  ])("are refused where they are %s", (_name, id, message) => {
    expect(() => plan({}, { name: "n" }, { externalIds: { node: () => id as string } })).toThrow(message);
  });
});

describe("a view named by the item", () => {
  it("E79: writes a node through a more special view than the relation's, or where that is not known", () => {
    const item = {
      externalId: "T1",
      next: { $view: "s/Big@v1", externalId: "T2", capacity: 7 },
      owner: { $view: "s/Farm@v1", externalId: "F1", name: "f" },
    };
    expect(
      plan({}, item).writes.map(({ externalId, sources }) => [externalId, sources?.[0]?.source.externalId]),
    ).toEqual([
      ["T2", "Big"],
      ["F1", "Farm"],
      ["T1", "Turbine"],
    ]);
  });

  it("must be bound", () => {
    expect(() => plan({}, { externalId: "T1", next: { $view: "s/Bgi@v1", externalId: "T2" } })).toThrow(
      "'s/Bgi@v1' is not a bound view of nodes. Did you mean 's/Big@v1'?",
    );
    expect(() => plan({}, { externalId: "T1", $view: 5 })).toThrow("$view must be the id of a view, got a number.");
  });
});

it("says how to write what was read, where it is written as it is", () => {
  expect(() => plan({}, { externalId: "T1", $version: 3 })).toThrow(
    expect.objectContaining({
      message: "'$version' of view s/Turbine@v1 is read only.",
      hint: expect.stringContaining("toWrite"),
    }),
  );
});
