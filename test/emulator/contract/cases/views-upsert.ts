import { expect } from "vitest";
import { type ContractCase, casesOf } from "../case.js";
import { body, container, maps, ref, type, view } from "./views-world.js";

const upsert = casesOf("POST /models/views");

/** Making views. */
export const viewUpserts: readonly ContractCase[] = [
  upsert.accepts(
    "items",
    "maps properties, and reads with the container's facts",
    body(view("Mapped", { title: maps("Part", "name", { name: "Title" }) })),
    {
      items: [
        {
          isGlobal: false,
          writable: true,
          queryable: true,
          usedFor: "node",
          mappedContainers: [container("Part")],
          properties: {
            title: {
              ...maps("Part", "name"),
              name: "Title",
              nullable: false,
              immutable: false,
              autoIncrement: false,
              type: { type: "text", list: false, collation: "ucs_basic" },
            },
          },
        },
      ],
    },
  ),
  upsert.accepts(
    "items",
    "without a required property it is not writable",
    body(view("Unwritable", { size: maps("Part", "size") })),
    { items: [{ writable: false }] },
  ),
  upsert.accepts("items", "without properties or filter it is not queryable", body(view("Empty")), {
    items: [{ queryable: false, mappedContainers: [] }],
  }),
  upsert.accepts(
    "properties",
    "of containers for edges make a view for edges",
    body(view("Wires", { length: maps("Wire", "length") })),
    { items: [{ usedFor: "edge" }] },
  ),
  upsert.accepts(
    "properties",
    "of containers for all make a view for all",
    body(view("Notes", { note: maps("Both", "note") })),
    { items: [{ usedFor: "all" }] },
  ),
  upsert.accepts(
    "properties",
    "the hint of a direct relation moves to its type",
    body(view("Whole", { whole: maps("Part", "whole", { source: ref("Part") }) })),
    { items: [{ properties: { whole: { type: { type: "direct", source: ref("Part") } } } }] },
  ),
  upsert.accepts(
    "properties",
    "edge connections are multi and outwards when they do not say",
    body(view("Edges", { e: { type, source: ref("Part") } })),
    {
      items: [
        {
          properties: {
            e: { connectionType: "multi_edge_connection", direction: "outwards", type, source: ref("Part") },
          },
        },
      ],
    },
  ),
  upsert.accepts(
    "properties",
    "single edge connections inwards, with an edge view",
    body(
      view("OneEdge", {
        e: {
          connectionType: "single_edge_connection",
          type,
          source: ref("Part"),
          direction: "inwards",
          edgeSource: ref("Wires"),
        },
      }),
    ),
    {
      items: [
        {
          properties: {
            e: { connectionType: "single_edge_connection", direction: "inwards", edgeSource: ref("Wires") },
          },
        },
      ],
    },
  ),
  upsert.accepts(
    "properties",
    "reverse direct relations know whether they go through a list",
    body(
      view("Reverse", {
        one: {
          connectionType: "single_reverse_direct_relation",
          source: ref("Part"),
          through: { source: container("Part"), identifier: "whole" },
        },
        many: {
          connectionType: "multi_reverse_direct_relation",
          source: ref("Part"),
          through: { source: container("Part"), identifier: "parts" },
        },
      }),
    ),
    { items: [{ properties: { one: { targetsList: false }, many: { targetsList: true } } }] },
  ),
  upsert.check("properties", "views of one request may refer to each other", async (api) => {
    const to = (name: string) => ({ whole: maps("Part", "whole", { source: ref(name) }) });
    await api.ok("/models/views", body(view("Here", to("There")), view("There", to("Here"))));
  }),
  upsert.accepts(
    "properties",
    "may name source views that do not exist",
    body(view("Dangling", { whole: maps("Part", "whole", { source: ref("Nowhere") }) })),
    { items: [{ externalId: "Dangling" }] },
  ),
  upsert.refuses(
    "properties",
    "of containers that do not exist",
    body(view("X", { p: maps("None", "p") })),
    "One or more containers do not exist: 's:None'",
  ),
  upsert.refuses(
    "properties",
    "that the container has not",
    body(view("X", { p: maps("Part", "none") })),
    "Unknown property 'none'",
  ),
  upsert.refuses(
    "properties",
    "a source of what is no direct relation",
    body(view("X", { p: maps("Part", "name", { source: ref("Part") }) })),
    "not a direct relation",
  ),
  upsert.refuses(
    "properties",
    "more than 300",
    body(view("X", Object.fromEntries(Array.from({ length: 301 }, (_, index) => [`p${index}`, maps("Part", "name")])))),
    "size must be between 0 and 300",
  ),
  upsert.refuses(
    "properties",
    "reserved ids",
    body(view("X", { externalId: maps("Part", "name") })),
    "reserved values",
  ),
  upsert.refuses(
    "properties",
    "an unknown kind of connection",
    body(view("X", { e: { connectionType: "edge", type, source: ref("Part") } })),
    "must be one of [single_edge_connection",
  ),
  upsert.refuses("items", "reserved names", body(view("Query")), "reserved values"),
  upsert.refuses("items", "an unknown space", body({ ...view("X"), space: "none" }), "One or more spaces do not exist"),
  upsert.refuses("items", "system spaces", body({ ...view("X"), space: "cdf_cdm" }), "system space"),
  upsert.refuses("items", "a version with a space", body({ ...view("X"), version: "v 1" }), "must match"),
  upsert.refuses("items", "the same version twice", body(view("X"), view("X")), "more than once"),
  upsert.refuses(
    "items",
    "references without a type",
    body(view("X", {}, { implements: [{ space: "s", externalId: "Part", version: "v1" }] })),
    "implements[0].type",
  ),
  upsert.refuses(
    "items",
    "more than 100",
    body(...Array.from({ length: 101 }, (_, index) => view(`X${index}`))),
    "size must be between 1 and 100",
  ),
  upsert.refuses(
    "items",
    "unknown fields",
    body(view("X", {}, { filters: {} })),
    "Unexpected field - items[0].filters",
  ),
  upsert.check("items", "an unchanged definition is a no-op and keeps its times", async (api) => {
    const first = await api.ok("/models/views", body(view("Same", { name: maps("Part", "name") })));
    api.later(1000);
    expect(await api.ok("/models/views", body(view("Same", { name: maps("Part", "name") })))).toEqual(first);
  }),
  upsert.check(
    "items",
    "more than 100 versions of a view are refused",
    async (api) => {
      const versions = Array.from({ length: 100 }, (_, index) => ({ ...view("Old"), version: `${index}` }));
      await api.ok("/models/views", body(...versions));
      const answer = await api.post("/models/views", body({ ...view("Old"), version: "one_more" }));
      expect(answer).toMatchObject({
        status: 400,
        body: { error: { message: expect.stringContaining("at most 100") } },
      });
    },
    400,
  ),
];
