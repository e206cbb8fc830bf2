import type { ContainerCreate, Filter, PropertyType, ViewCreate } from "../../../src/models/index.js";

/** Where each property of a view comes from: container, and its property there. */
export type Mapping = Readonly<Record<string, readonly [container: string, property: string]>>;

/** How values of a property compare. */
export type Kind = "text" | "number" | "boolean" | "relation";

/** A property of a container. */
export interface Column {
  readonly kind: Kind;
  readonly list: boolean;
  readonly type: PropertyType;
}

const column = (kind: Kind, type: PropertyType, list = false): Column => ({
  kind,
  list,
  type: list ? ({ ...type, list } as PropertyType) : type,
});

/** The containers: all for nodes but E, which is for edges. */
export const CONTAINERS: Readonly<Record<string, Readonly<Record<string, Column>>>> = {
  A: {
    text: column("text", { type: "text" }),
    whole: column("number", { type: "int32" }),
    real: column("number", { type: "float64" }),
    flag: column("boolean", { type: "boolean" }),
    when: column("text", { type: "timestamp" }),
    link: column("relation", { type: "direct" }),
    texts: column("text", { type: "text" }, true),
    wholes: column("number", { type: "int32" }, true),
    links: column("relation", { type: "direct" }, true),
  },
  B: { note: column("text", { type: "text" }), size: column("number", { type: "int64" }) },
  E: { length: column("number", { type: "float64" }) },
};

/** The views; Filtered has a filter of its own. */
export const VIEWS: Readonly<Record<string, Mapping>> = {
  Plain: Object.fromEntries(Object.keys(CONTAINERS["A"] ?? {}).map((id) => [id, ["A", id]])),
  Both: {
    title: ["A", "text"],
    whole: ["A", "whole"],
    parent: ["A", "link"],
    note: ["B", "note"],
    size: ["B", "size"],
  },
  Filtered: { text: ["A", "text"], whole: ["A", "whole"] },
  Wire: { length: ["E", "length"] },
};

const SPACE = "s";

/** The containers as they are created, with indexes over some of their properties. */
export function containersWith(indexed: readonly string[]): readonly ContainerCreate[] {
  return Object.entries(CONTAINERS).map(([externalId, columns]) => ({
    space: SPACE,
    externalId,
    usedFor: externalId === "E" ? "edge" : "node",
    properties: Object.fromEntries(Object.entries(columns).map(([id, { type }]) => [id, { type }])),
    indexes: Object.fromEntries(
      Object.entries(columns)
        .filter(([id]) => indexed.includes(id))
        .map(([id, { list }]) => [
          `by_${id}`,
          list
            ? { indexType: "inverted" as const, properties: [id] }
            : { indexType: "btree" as const, properties: [id], cursorable: true },
        ]),
    ),
  }));
}

/** The views as they are created. */
export function viewsWith(filter: Filter): readonly ViewCreate[] {
  return Object.entries(VIEWS).map(([externalId, mapping]) => ({
    space: SPACE,
    externalId,
    version: "v1",
    properties: Object.fromEntries(
      Object.entries(mapping).map(([id, [container, containerPropertyIdentifier]]) => [
        id,
        { container: { type: "container", space: SPACE, externalId: container }, containerPropertyIdentifier },
      ]),
    ),
    ...(externalId === "Filtered" ? { filter } : {}),
  }));
}
