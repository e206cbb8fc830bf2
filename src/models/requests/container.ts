import * as v from "valibot";
import type {
  BtreeIndex,
  Constraint,
  ContainerCreate,
  ContainerPartId,
  ContainerPropertyCreate,
  Index,
  InvertedIndex,
  RequiresConstraint,
  UniquenessConstraint,
} from "../container.js";
import type { ContainerInspectOperations } from "../inspect.js";
import type { JsonValue } from "../json.js";
import type { ContainerId } from "../reference.js";
import {
  containerReference,
  externalId,
  type ItemsRequest,
  itemsOf,
  labels,
  newTypeId,
  propertyId,
  spaceId,
  wrongPartId,
  wrongPropertyId,
} from "./common.js";
import { lazily, type RequestSchema } from "./lazily.js";
import { propertyType } from "./property-type.js";
import { choose, dictionary, fields, items } from "./shapes.js";

/** Most properties of a container, and of one that holds records (contract 3.3). */
export const MAX_PROPERTIES = 100;
export const MAX_RECORD_PROPERTIES = 1000;
export const MAX_INDEXES = 10;
export const MAX_UNIQUENESS = 10;
export const MAX_REQUIRES = 25;
/** Most properties of one index or uniqueness constraint. */
const MAX_COLUMNS = 10;

/** A property of a container (contract 5.1). */
const containerProperty: RequestSchema<ContainerPropertyCreate> = lazily(() =>
  fields({
    type: propertyType(),
    nullable: v.exactOptional(v.boolean()),
    immutable: v.exactOptional(v.boolean()),
    autoIncrement: v.exactOptional(v.boolean()),
    defaultValue: v.exactOptional(defaultValue()),
    ...labels(),
  }),
);

const defaultValue: RequestSchema<JsonValue> = lazily(() =>
  v.custom<JsonValue>(
    (value) =>
      value !== null &&
      !Array.isArray(value) &&
      ["string", "number", "bigint", "boolean", "object"].includes(typeof value),
    "must be a string, a number, a boolean or an object",
  ),
);

const columns: RequestSchema<readonly string[]> = lazily(() => items(propertyId(), 1, MAX_COLUMNS));

const uniqueness: RequestSchema<UniquenessConstraint> = lazily(() =>
  fields({
    constraintType: v.literal("uniqueness", "must be one of [uniqueness, requires]"),
    properties: columns(),
    bySpace: v.exactOptional(v.boolean()),
  }),
);

const requires: RequestSchema<RequiresConstraint> = lazily(() =>
  fields({ constraintType: v.literal("requires"), require: containerReference() }),
);

const constraint: RequestSchema<Constraint> = lazily(() =>
  choose<Constraint>((input) => (input["constraintType"] === "requires" ? requires() : uniqueness())),
);

const btree: RequestSchema<BtreeIndex> = lazily(() =>
  fields({
    indexType: v.exactOptional(v.literal("btree", "must be one of [btree, inverted]")),
    properties: columns(),
    cursorable: v.exactOptional(v.boolean()),
    bySpace: v.exactOptional(v.boolean()),
  }),
);

const inverted: RequestSchema<InvertedIndex> = lazily(() =>
  fields({ indexType: v.literal("inverted"), properties: columns() }),
);

const index: RequestSchema<Index> = lazily(() =>
  choose<Index>((input) => (input["indexType"] === "inverted" ? inverted() : btree())),
);

/** A container to create (contract 5.1). */
export const containerCreate: RequestSchema<ContainerCreate> = lazily(() =>
  v.pipe(
    fields({
      space: spaceId(),
      externalId: newTypeId(),
      usedFor: v.exactOptional(v.picklist(["node", "edge", "all", "record"])),
      ...labels(),
      properties: dictionary(wrongPropertyId, containerProperty(), { min: 1, max: MAX_RECORD_PROPERTIES }),
      constraints: v.exactOptional(dictionary(wrongPartId, constraint())),
      indexes: v.exactOptional(dictionary(wrongPartId, index(), { max: MAX_INDEXES })),
    }),
    v.check(
      ({ usedFor, properties }) => usedFor === "record" || Object.keys(properties).length <= MAX_PROPERTIES,
      `properties size must be between 1 and ${MAX_PROPERTIES}`,
    ),
    v.check((container) => countOf(container, "uniqueness") <= MAX_UNIQUENESS, tooMany("uniqueness", MAX_UNIQUENESS)),
    v.check((container) => countOf(container, "requires") <= MAX_REQUIRES, tooMany("requires", MAX_REQUIRES)),
  ),
);

function countOf({ constraints }: Pick<ContainerCreate, "constraints">, kind: Constraint["constraintType"]): number {
  return Object.values(constraints ?? {}).filter(({ constraintType }) => constraintType === kind).length;
}

function tooMany(kind: Constraint["constraintType"], most: number): string {
  return `constraints must hold at most ${most} of type ${kind}`;
}

/** Body of `POST /models/containers`. */
export const containersUpsertBody: RequestSchema<ItemsRequest<ContainerCreate>> = itemsOf(containerCreate);

const containerId: RequestSchema<ContainerId> = lazily(() => fields({ space: spaceId(), externalId: externalId() }));

/** Body of `POST /models/containers/byids` and `/delete`. */
export const containersIdsBody: RequestSchema<ItemsRequest<ContainerId>> = itemsOf(containerId);

/** Most constraints or indexes, and most containers to inspect, in one call (contract 3.4). */
const MAX_PARTS = 10;

/** Body of `POST /models/containers/constraints/delete` and `/indexes/delete` (contract 5.5). */
export const containerPartsBody: RequestSchema<ItemsRequest<ContainerPartId>> = lazily(() =>
  fields({
    items: items(fields({ space: spaceId(), containerExternalId: externalId(), identifier: v.string() }), 1, MAX_PARTS),
  }),
);

/** Body of `POST /models/containers/inspect` (contract 5.6). */
export const containersInspectBody: RequestSchema<
  ItemsRequest<ContainerId> & { readonly inspectionOperations: ContainerInspectOperations }
> = lazily(() => {
  const flag = v.exactOptional(v.boolean());
  return fields({
    inspectionOperations: fields({
      involvedViews: v.exactOptional(fields({ allVersions: flag })),
      totalInvolvedViewCount: v.exactOptional(fields({ allVersions: flag, includeUnavailableViews: flag })),
    }),
    items: items(containerId(), 1, MAX_PARTS),
  });
});
