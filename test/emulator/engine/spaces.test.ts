import { describe, expect, it } from "vitest";
import { upsertContainers } from "../../../src/emulator/engine/containers.js";
import { upsertDataModels } from "../../../src/emulator/engine/data-models.js";
import { deleteSpaces, listSpaces, spacesByIds, upsertSpaces } from "../../../src/emulator/engine/spaces.js";
import { upsertViews } from "../../../src/emulator/engine/views.js";
import { container, project, TEXT, view } from "./project.js";

const all = { limit: 1000, includeGlobal: false };

describe("spaces", () => {
  it("contract 4: an unchanged definition keeps lastUpdatedTime, a changed one does not", () => {
    const state = project();
    const first = upsertSpaces(state, { items: [{ space: "a", name: "A", description: "d" }] }).items[0];
    const same = upsertSpaces(state, { items: [{ space: "a", description: "d", name: "A" }] }).items[0];
    const changed = upsertSpaces(state, { items: [{ space: "a", name: "A" }] }).items[0];
    expect(same).toEqual(first);
    expect(changed?.createdTime).toBe(first?.createdTime);
    expect(changed?.lastUpdatedTime).toBeGreaterThan(first?.lastUpdatedTime ?? Infinity);
    expect(changed).not.toHaveProperty("description");
  });

  it("refuses a request that names a space twice, and stores nothing of it", () => {
    const state = project();
    expect(() => upsertSpaces(state, { items: [{ space: "a" }, { space: "b" }, { space: "a" }] })).toThrow("'a'");
    expect([...state.spaces.keys()]).toEqual(["s"]);
  });

  it("leaves unknown and repeated spaces out of byids and delete", () => {
    const state = project();
    expect(spacesByIds(state, { items: [{ space: "s" }, { space: "x" }, { space: "s" }] }).items).toHaveLength(1);
    expect(deleteSpaces(state, { items: [{ space: "x" }, { space: "s" }, { space: "s" }] }).items).toEqual([
      { space: "s" },
    ]);
    expect(deleteSpaces(state, { items: [{ space: "s" }] }).items).toEqual([]);
  });

  it("contract 4.1: deletes only empty spaces, all or none", () => {
    const state = project();
    upsertSpaces(state, { items: [{ space: "empty" }, { space: "views" }, { space: "models" }] });
    upsertContainers(state, { items: [container("C", { p: TEXT })] });
    upsertViews(state, { items: [{ ...view("V"), space: "views" }] });
    upsertDataModels(state, { items: [{ space: "models", externalId: "M", version: "1" }] });
    const remove = (space: string) => () => deleteSpaces(state, { items: [{ space: "empty" }, { space }] });
    expect(remove("s")).toThrow("Space 's' is not empty: it holds containers.");
    expect(remove("views")).toThrow("it holds views");
    expect(remove("models")).toThrow("it holds data models");
    expect(state.spaces.has("empty")).toBe(true);
  });

  it("contract 4: shows system spaces only when asked, and lets nobody change them", () => {
    const state = project();
    upsertSpaces(state, { items: [{ space: "sys" }] }, { system: true });
    expect(listSpaces(state, all).items.map(({ space }) => space)).toEqual(["s"]);
    expect(listSpaces(state, { ...all, includeGlobal: true }).items.map(({ isGlobal }) => isGlobal)).toEqual([
      false,
      true,
    ]);
    const refused = "Space 'sys' is a system space and cannot be changed.";
    expect(() => upsertSpaces(state, { items: [{ space: "sys", name: "x" }] })).toThrow(refused);
    expect(() => deleteSpaces(state, { items: [{ space: "sys" }] })).toThrow(refused);
    expect(() => upsertContainers(state, { items: [{ ...container("C", { p: TEXT }), space: "sys" }] })).toThrow(
      refused,
    );
  });

  it("contract 1.6: pages neither repeat nor drop when spaces come and go in between", () => {
    const state = project();
    upsertSpaces(state, { items: ["b", "d", "f", "h"].map((space) => ({ space })) });
    const first = listSpaces(state, { limit: 2, includeGlobal: false });
    expect(first.items.map(({ space }) => space)).toEqual(["b", "d"]);
    upsertSpaces(state, { items: [{ space: "a" }, { space: "e" }] });
    deleteSpaces(state, { items: [{ space: "d" }] });
    const rest = listSpaces(state, { ...all, cursor: first.nextCursor ?? "" });
    expect(rest.items.map(({ space }) => space)).toEqual(["e", "f", "h", "s"]);
    expect(rest).not.toHaveProperty("nextCursor");
  });

  it("refuses a cursor that no list gave", () => {
    const state = project();
    for (const cursor of ["", "%%", btoa("views:a")]) {
      expect(() => listSpaces(state, { ...all, cursor })).toThrow("Invalid cursor");
    }
  });
});
