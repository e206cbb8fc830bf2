import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { coreModel, inheritedProperties } from "../../src/ir/index.js";
import {
  type ContainerCreate,
  type DataModelCreate,
  formatVersionedId,
  type SpaceCreate,
  type ViewCreate,
} from "../../src/models/index.js";

interface ModelFile {
  readonly spaces: readonly SpaceCreate[];
  readonly containers: readonly ContainerCreate[];
  readonly views: readonly ViewCreate[];
  readonly dataModels: readonly DataModelCreate[];
}

const path = resolve(import.meta.dirname, "../../../shared/models/cdf_core/model.json");
const present = existsSync(path);
if (!present) console.warn(`Skipped: no model at ${path}`);

/** Names and descriptions of resources, properties and enum values are not written down. */
function unlabelled<T extends { readonly name?: string; readonly description?: string }>(resource: T) {
  const { name: _name, description: _description, ...rest } = resource;
  return rest;
}

function mapValues<T, R>(record: Readonly<Record<string, T>>, change: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([id, value]) => [id, change(value)]));
}

function containerFacts(container: ContainerCreate) {
  return {
    ...unlabelled(container),
    properties: mapValues(
      container.properties,
      ({ nullable = true, immutable = false, autoIncrement = false, ...rest }) => {
        const { type, ...facts } = unlabelled(rest);
        const given =
          type.type === "enum"
            ? { type: "enum", values: Object.keys(type.values).sort() }
            : type.type === "text"
              ? { ...type, collation: type.collation ?? "ucs_basic" }
              : type;
        return { ...facts, type: given, nullable, immutable, autoIncrement };
      },
    ),
    constraints: container.constraints ?? {},
    indexes: container.indexes ?? {},
  };
}

function viewFacts(view: ViewCreate, properties: Readonly<Record<string, object>>) {
  const { implements: parents = [], ...rest } = unlabelled(view);
  return { ...rest, implements: parents, properties: mapValues(properties, unlabelled) };
}

describe.skipIf(!present)("contract 11.5: the core model", () => {
  const file: ModelFile = present
    ? JSON.parse(readFileSync(path, "utf8"))
    : { spaces: [], containers: [], views: [], dataModels: [] };
  const ours = coreModel();
  const stored = new Map(ours.views.map((view) => [formatVersionedId(view), view]));

  it("has the same spaces and as many resources", () => {
    expect(ours.spaces).toEqual(file.spaces.map(unlabelled));
    expect([ours.containers.length, ours.views.length, ours.dataModels.length]).toEqual([30, 34, 1]);
  });

  it.each(file.containers.map((container) => [container.externalId, container] as const))(
    "has container %s as the service does",
    (externalId, expected) => {
      const own = ours.containers.find((container) => container.externalId === externalId);
      expect(own && containerFacts(own)).toEqual(containerFacts(expected));
    },
  );

  it.each(file.views.map((view) => [view.externalId, view] as const))(
    "has view %s as the service does, inherited properties included",
    (_externalId, expected) => {
      const own = stored.get(formatVersionedId(expected));
      const properties = own
        ? inheritedProperties(own, { view: (id) => stored.get(formatVersionedId(id)) })
        : new Map();
      const all = Object.fromEntries([...properties].map(([id, { property }]) => [id, property]));
      expect(own && viewFacts(own, all)).toEqual(viewFacts(expected, expected.properties ?? {}));
    },
  );

  it("has the data model with its views in the same order", () => {
    expect(ours.dataModels).toEqual(file.dataModels.map(unlabelled));
  });
});
