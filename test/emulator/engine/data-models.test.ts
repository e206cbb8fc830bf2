import { describe, expect, it } from "vitest";
import { upsertContainers } from "../../../src/emulator/engine/containers.js";
import {
  dataModelsByIds,
  deleteDataModels,
  listDataModels,
  upsertDataModels,
} from "../../../src/emulator/engine/data-models.js";
import type { ProjectState } from "../../../src/emulator/engine/state.js";
import { deleteViews, upsertViews } from "../../../src/emulator/engine/views.js";
import type { DataModel, DataModelCreate } from "../../../src/models/index.js";
import { container, maps, project, ref, TEXT, view } from "./project.js";

const all = { limit: 1000, includeGlobal: false, allVersions: false, inlineViews: false };
const id = { space: "s", externalId: "M", version: "1" };

function prepared(): ProjectState {
  const state = project();
  upsertContainers(state, { items: [container("C", { name: TEXT })] });
  upsertViews(state, { items: [view("A", { name: maps("C", "name") }), view("B")] });
  return state;
}

function put(state: ProjectState, ...items: readonly DataModelCreate[]): readonly DataModel[] {
  return upsertDataModels(state, { items }).items;
}

describe("data models", () => {
  it("contract 6.7: answers with references, or with whole views when asked", () => {
    const state = prepared();
    expect(put(state, { ...id, name: "M", views: [ref("A"), ref("B")] })[0]?.views).toEqual([ref("A"), ref("B")]);
    expect(dataModelsByIds(state, { items: [id] }).items[0]?.views).toEqual([ref("A"), ref("B")]);
    const whole = dataModelsByIds(state, { items: [id] }, { inlineViews: true }).items[0]?.views;
    expect(whole).toMatchObject([{ externalId: "A", properties: { name: { nullable: true } } }, { externalId: "B" }]);
    expect(listDataModels(state, { ...all, inlineViews: true }).items[0]?.views).toEqual(whole);
  });

  it("contract 6.7: ignores that a view is left out, and appends new ones", () => {
    const state = prepared();
    const [first] = put(state, { ...id, views: [ref("A")] });
    const [second] = put(state, { ...id, views: [ref("B")] });
    expect(second?.views).toEqual([ref("A"), ref("B")]);
    const [same] = put(state, id);
    expect(same).toEqual(second);
    expect(second?.createdTime).toBe(first?.createdTime);
  });

  it("contract 6.7: upserts inline views in the same transaction, once when several models give the same", () => {
    const state = prepared();
    const inline = view("New", { name: maps("C", "name") }, { implements: [ref("A")] });
    put(state, { ...id, views: [inline, ref("A")] }, { ...id, version: "2", views: [inline] });
    expect(state.views.has("s/New/v1")).toBe(true);
    expect(state.dataModels.get("s/M/2")?.views).toEqual([ref("New")]);
  });

  it("refuses models that give the same view differently", () => {
    const state = prepared();
    const other = { ...id, version: "2", views: [view("New", {}, { name: "other" })] };
    expect(() => put(state, { ...id, views: [view("New")] }, other)).toThrow("'s:New/v1' more than once");
  });

  it("stores neither model nor inline views when either is wrong", () => {
    const state = prepared();
    const good = view("New");
    expect(() => put(state, { ...id, views: [good, ref("Nope")] })).toThrow(
      "One or more views do not exist: 's:Nope/v1'",
    );
    expect(() => put(state, { ...id, views: [good, view("Bad", { p: maps("X", "p") })] })).toThrow("'s:X'");
    expect(() => put(state, { ...id, space: "nope", views: [good] })).toThrow("One or more spaces do not exist");
    expect([state.views.size, state.dataModels.size]).toEqual([2, 0]);
  });

  it("contract 3.3: holds at most 100 views, those appended over time included", () => {
    const state = prepared();
    const views = Array.from({ length: 100 }, (_, index) => view(`V${index}`));
    put(state, { ...id, views });
    expect(() => put(state, { ...id, views: [ref("A")] })).toThrow("would have 101 views: at most 100");
  });

  it("leaves views that are gone out of whole ones, and deletes no views itself", () => {
    const state = prepared();
    put(state, { ...id, views: [ref("A"), ref("B")] });
    deleteViews(state, { items: [ref("A")] });
    expect(dataModelsByIds(state, { items: [id] }, { inlineViews: true }).items[0]?.views).toHaveLength(1);
    expect(deleteDataModels(state, { items: [id, { ...id, version: "9" }] }).items).toEqual([id]);
    expect(state.views.size).toBe(1);
  });

  it("refuses to delete the system's", () => {
    const state = prepared();
    state.spaces.set("sys", { space: "sys", createdTime: 0, lastUpdatedTime: 0, isGlobal: true });
    expect(() => deleteDataModels(state, { items: [{ ...id, space: "sys" }] })).toThrow(
      "Space 'sys' is a system space",
    );
  });
});

it("contract 3.3: refuses more than 100 versions of a data model", () => {
  const state = project();
  const versions = Array.from({ length: 100 }, (_, index) => ({ space: "s", externalId: "M", version: `v${index}` }));
  upsertDataModels(state, { items: versions });
  const one = { space: "s", externalId: "M", version: "w" };
  expect(() => upsertDataModels(state, { items: [one] })).toThrow("Data model 's:M' would have 101 versions");
  expect(upsertDataModels(state, { items: versions.slice(0, 1) }).items).toHaveLength(1);
});
