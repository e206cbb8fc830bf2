import { direct, edges, file, reverse, text, view } from "../../ir/models.js";

const number = { type: { type: "float64" } } as const;
const enumeration = { type: "enum", values: { a: {}, B: {} } } as const;

/** What breaks generators, in one data model: names, views, relations and values of every odd kind. */
export function edgeModel(): object {
  const json = file({
    Names: {
      properties: {
        class: text,
        list: text,
        model_dump: text,
        modelYear: { type: { type: "int32" } },
        version: text,
        type: text,
        limit: text,
        filter: text,
        date: { type: { type: "date" } },
        fooBar: text,
        foo_bar: text,
        x: text,
        created_date: { type: { type: "timestamp" } },
      },
    },
    Field: { properties: { name: text, field: direct(view("Field")) } },
    Empty: {},
    OnlyReverse: { properties: { sources: reverse(view("Relations"), "only") } },
    Both: { usedFor: "all", properties: { note: text } },
    Link: { usedFor: "edge", properties: { weight: number } },
    Base: { properties: { name: { ...text, nullable: false }, kind: direct(view("Empty")) } },
    Child: { implements: [view("Base")], properties: { extra: text, kind: direct(view("Field")) } },
    Locked: { properties: { name: text, hidden: { ...text, nullable: false } } },
    Typed: {
      filter: { equals: { property: ["node", "type"], value: { space: "s", externalId: "T" } } },
      properties: { name: text },
    },
    Relations: {
      properties: {
        name: text,
        any: direct(),
        all: direct(undefined, true),
        base: direct(view("Base")),
        next: direct(view("Relations")),
        only: direct(view("OnlyReverse")),
        links: edges(view("Relations"), { edgeSource: view("Link") }),
        linked_by: edges(view("Relations"), { edgeSource: view("Link"), direction: "inwards" }),
        one: edges(view("Base"), {
          type: { space: "s", externalId: "one" },
          connectionType: "single_edge_connection",
        }),
      },
    },
    Values: {
      properties: {
        status: { type: enumeration },
        mode: { ...text, nullable: false, defaultValue: "auto" },
        ratio: { ...number, defaultValue: 0.5 },
        setup: { type: { type: "json" }, defaultValue: { a: [1] } },
        tags: { type: { type: "text", list: true }, nullable: false },
        notes: { type: { type: "text", list: true } },
        signals: { type: { type: "timeseries", list: true } },
        report: { type: { type: "file" } },
        level: { type: { type: "float64", unit: { externalId: "length:m" } } },
        big: { type: { type: "int64" } },
        serial: { type: { type: "int32" }, nullable: false, autoIncrement: true },
        fixed: { ...text, immutable: true },
        flag: { type: { type: "boolean" } },
        times: { type: { type: "timestamp", list: true } },
      },
    },
  }) as { readonly views: { readonly externalId: string; readonly properties: Record<string, object> }[] };
  // A required property that the view does not map: nothing can be created through it.
  const locked = json.views.find(({ externalId }) => externalId === "Locked");
  if (locked) delete locked.properties["hidden"];
  return json;
}

/** Two data models that hold a view in two versions, and one that both hold. */
export function twoModels(): object {
  const json = file({
    "Pump@v1": { properties: { name: text, site: direct(view("Site")) } },
    "Pump@v2": { properties: { name: text, pressure: number } },
    Site: { properties: { name: text } },
  }) as { readonly dataModels: readonly object[] };
  const held = { Old: [view("Pump"), view("Site")], New: [view("Pump", "v2"), view("Site")] };
  const dataModels = Object.entries(held).map(([externalId, views]) => ({
    ...json.dataModels[0],
    externalId,
    views,
  }));
  return { ...json, dataModels };
}
