import { expect } from "vitest";
import type { Json } from "../api.js";
import { type ContractCase, casesOf } from "../case.js";
import { body, container, maps, read, ref, type, view } from "./views-world.js";

const upsert = casesOf("POST /models/views");

const filters: readonly Json[] = [
  { and: [{ matchAll: {} }] },
  { or: [{ matchAll: {} }] },
  { not: { matchAll: {} } },
  { equals: { property: ["s", "Part", "name"], value: "x" } },
  { in: { property: ["s", "Part", "name"], values: ["x"] } },
  { range: { property: ["s", "Part", "size"], gte: 1 } },
  { prefix: { property: ["s", "Part", "name"], value: "x" } },
  { exists: { property: ["s", "Part", "name"] } },
  { containsAny: { property: ["s", "Part", "tags"], values: ["x"] } },
  { containsAll: { property: ["s", "Part", "tags"], values: ["x"] } },
  { matchAll: {} },
  { nested: { scope: ["s", "Part", "whole"], filter: { matchAll: {} } } },
  { overlaps: { startProperty: ["s", "Part", "size"], endProperty: ["s", "Part", "size"], gte: 1 } },
  { hasData: [container("Part")] },
  { instanceReferences: [{ space: "s", externalId: "x" }] },
];

/** What views inherit, filter by, and may change. */
export const viewRules: readonly ContractCase[] = [
  upsert.check("implements", "inherits properties, first those of parents; own ones win", async (api) => {
    await api.ok("/models/views", body(view("Parent", { name: maps("Part", "name"), size: maps("Part", "size") })));
    await api.ok(
      "/models/views",
      body(
        view(
          "Child",
          { note: maps("Both", "note"), size: maps("Part", "size", { name: "own" }) },
          { implements: [ref("Parent")] },
        ),
      ),
    );
    const child = await read(api, "Child");
    expect(Object.keys(child["properties"])).toEqual(["name", "size", "note"]);
    expect(child["properties"].size.name).toBe("own");
    expect(child["mappedContainers"]).toEqual([container("Part"), container("Both")]);
  }),
  upsert.check("implements", "of several parents the later one wins", async (api) => {
    const parent = (name: string) => view(name, { name: maps("Part", "name", { name }) });
    await api.ok("/models/views", body(parent("First"), parent("Second")));
    await api.ok("/models/views", body(view("Heir", {}, { implements: [ref("First"), ref("Second")] })));
    expect((await read(api, "Heir"))["properties"].name.name).toBe("Second");
  }),
  upsert.check("implements", "a changed parent changes its children", async (api) => {
    await api.ok("/models/views", body(view("Dynamic", {})));
    await api.ok("/models/views", body(view("OfDynamic", {}, { implements: [ref("Dynamic")] })));
    await api.ok("/models/views", body(view("Dynamic", { size: maps("Part", "size") })));
    expect((await read(api, "OfDynamic"))["properties"]).toHaveProperty("size");
  }),
  upsert.check("implements", "the filter of a parent is not inherited", async (api) => {
    await api.ok("/models/views", body(view("Filtered", { size: maps("Part", "size") }, { filter: { matchAll: {} } })));
    await api.ok("/models/views", body(view("OfFiltered", {}, { implements: [ref("Filtered")] })));
    expect(await read(api, "OfFiltered")).not.toHaveProperty("filter");
  }),
  upsert.refuses(
    "implements",
    "a view that does not exist",
    body(view("X", {}, { implements: [ref("None")] })),
    "One or more views do not exist: 's:None/v1'",
  ),
  upsert.refuses(
    "implements",
    "a view that implements itself",
    body(view("X", {}, { implements: [ref("X")] })),
    "cycle",
  ),
  upsert.refuses(
    "implements",
    "a longer cycle",
    body(view("X", {}, { implements: [ref("Y")] }), view("Y", {}, { implements: [ref("X")] })),
    "cycle",
  ),
  upsert.refuses(
    "implements",
    "more than 10 views",
    body(view("X", {}, { implements: Array(11).fill(ref("Part")) })),
    "size must be between 0 and 10",
  ),

  ...filters.map((filter) =>
    upsert.accepts(
      "filter",
      Object.keys(filter)[0] ?? "",
      body(view("WithFilter", { name: maps("Part", "name") }, { filter })),
      { items: [{ filter }] },
    ),
  ),
  upsert.refuses(
    "filter",
    "of two operators",
    body(view("X", {}, { filter: { matchAll: {}, not: { matchAll: {} } } })),
    "exactly one operator",
  ),
  upsert.refuses(
    "filter",
    "what only answers have",
    body(view("X", {}, { filter: { invalid: { previouslyReferencedProperties: [], filterType: "in" } } })),
    "exactly one operator",
  ),
  upsert.refuses(
    "filter",
    "an unknown property",
    body(view("X", {}, { filter: { exists: { property: ["s", "Part", "none"] } } })),
    "Unknown property",
  ),
  upsert.refuses(
    "filter",
    "an unknown view",
    body(view("X", {}, { filter: { hasData: [ref("None")] } })),
    "One or more views do not exist: 's:None/v1'",
  ),
  upsert.refuses(
    "filter",
    "equals of a list",
    body(view("X", {}, { filter: { equals: { property: ["s", "Part", "tags"], value: "x" } } })),
    "Invalid value for list property",
  ),
  upsert.check("filter", "reads as invalid once what it names is gone", async (api) => {
    const filter = { exists: { property: ["s", "Temporary", "p"] } };
    await api.ok("/models/views", body(view("Broken", {}, { filter })));
    await api.ok("/models/containers/delete", body({ space: "s", externalId: "Temporary" }));
    // The service's document does not know this form.
    const id = body({ space: "s", externalId: "Broken", version: "v1" });
    const answer = await api.raw("/models/views/byids", { method: "POST", body: JSON.stringify(id) });
    const { items } = (await answer.json()) as Json;
    expect(items[0].filter).toEqual({
      invalid: { previouslyReferencedProperties: [["s", "Temporary", "p"]], filterType: "exists" },
    });
    await api.ok("/models/views/delete", id);
  }),
  upsert.check(
    "properties",
    "required ones cannot be added to a version",
    async (api) => {
      await api.ok("/models/views", body(view("Fixed", { size: maps("Part", "size") })));
      const answer = await api.post(
        "/models/views",
        body(view("Fixed", { size: maps("Part", "size"), name: maps("Part", "name") })),
      );
      expect(answer).toMatchObject({
        status: 400,
        body: {
          error: {
            message:
              "Cannot add property 'name' to view 'Fixed/v1' as it is required. Bump the view version to make this change.",
          },
        },
      });
    },
    400,
  ),
  upsert.check("properties", "nullable ones and connections can, and what is left out goes", async (api) => {
    await api.ok("/models/views", body(view("Loose", { name: maps("Part", "name") })));
    await api.ok(
      "/models/views",
      body(view("Loose", { size: maps("Part", "size"), e: { type, source: ref("Part") } }, { name: "new" })),
    );
    const after = await read(api, "Loose");
    expect([Object.keys(after["properties"]).sort(), after["name"]]).toEqual([["e", "size"], "new"]);
  }),
];
