import { describe, expect, it } from "vitest";
import { generate, readModelDocument, snapshotText } from "../../src/codegen/index.js";
import { parseJson } from "../../src/models/index.js";
import { container, direct, file, reverse, text, view } from "../ir/models.js";

const filesOf = (json: unknown): object => Object.fromEntries(generate({ document: readModelDocument(json) }).files);
const snapshotOf = (json: unknown): string => snapshotText({ document: readModelDocument(json) });

const model = file(
  {
    Base: { properties: { createdTime: text, name: text } },
    Pump: {
      implements: [view("Base"), view("CogniteAsset", "v1", "cdf_cdm")],
      properties: { site: direct(view("Site")), n: { type: { type: "int64" }, defaultValue: 9007199254740993n } },
    },
    Site: { properties: { pumps: reverse(view("Pump"), "site", container("Pump_v1")), name: text } },
  },
  [view("Pump"), view("Site")],
);

describe("snapshotText", () => {
  it("holds all that the data model builds on: generating from it alone gives the same files", () => {
    const snapshot = snapshotOf(model);
    expect(snapshot).toContain("9007199254740993");
    expect(snapshot).toContain('"CogniteDescribable"');
    expect(filesOf(parseJson(snapshot))).toEqual(filesOf(model));
    expect(snapshotOf(parseJson(snapshot))).toBe(snapshot);
  });

  it("is the same for any order, and without what the service adds", () => {
    const { views, containers, ...rest } = model as Record<"views" | "containers", object[]>;
    const other = {
      views: [...views].reverse().map((each) => ({ ...each, createdTime: 1, isGlobal: false })),
      containers: [...containers].reverse().map((each) => ({ lastUpdatedTime: 2, ...each, indexes: {} })),
      ...rest,
    };
    expect(snapshotOf(other)).toBe(snapshotOf(model));
  });

  it("keeps properties that are called as the service's facts are", () => {
    expect(
      JSON.parse(snapshotOf(model)).views.find(({ externalId }: { externalId: string }) => externalId === "Base"),
    ).toHaveProperty("properties.createdTime.container");
  });
});
