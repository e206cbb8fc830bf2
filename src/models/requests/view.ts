import * as v from "valibot";
import type { VersionedId, VersionedIdentity } from "../reference.js";
import type {
  EdgeConnectionCreate,
  MappedPropertyCreate,
  ReverseDirectRelationCreate,
  ViewCreate,
  ViewPropertyCreate,
} from "../view.js";
import {
  containerReference,
  type ItemsRequest,
  itemsOf,
  labels,
  newTypeId,
  nodeReference,
  propertyId,
  sourceReference,
  spaceId,
  version,
  versionedId,
  versionedIdentity,
  viewReferenceSchema,
  wrongPropertyId,
} from "./common.js";
import { filterSchema } from "./filter.js";
import { lazily, type RequestSchema } from "./lazily.js";
import { choose, dictionary, fields, items } from "./shapes.js";

/** Most properties of a view (contract 3.3). */
const MAX_PROPERTIES = 300;
/** Most views that a view implements. */
const MAX_PARENTS = 10;

const mapped: RequestSchema<MappedPropertyCreate> = lazily(() =>
  fields({
    container: containerReference(),
    containerPropertyIdentifier: propertyId(),
    source: v.exactOptional(viewReferenceSchema()),
    ...labels(),
  }),
);

const edge: RequestSchema<EdgeConnectionCreate> = lazily(() =>
  fields({
    connectionType: v.exactOptional(
      v.picklist(["single_edge_connection", "multi_edge_connection"], UNKNOWN_CONNECTION),
    ),
    type: nodeReference(),
    source: viewReferenceSchema(),
    direction: v.exactOptional(v.picklist(["outwards", "inwards"])),
    edgeSource: v.exactOptional(viewReferenceSchema()),
    ...labels(),
  }),
);

const UNKNOWN_CONNECTION =
  "must be one of [single_edge_connection, multi_edge_connection, single_reverse_direct_relation, " +
  "multi_reverse_direct_relation]";

const reverse: RequestSchema<ReverseDirectRelationCreate> = lazily(() =>
  fields({
    connectionType: v.picklist(
      ["single_reverse_direct_relation", "multi_reverse_direct_relation"],
      "must be one of [single_reverse_direct_relation, multi_reverse_direct_relation]",
    ),
    source: viewReferenceSchema(),
    through: fields({ source: sourceReference(), identifier: propertyId() }),
    ...labels(),
  }),
);

/** A property of a view: which kind it is shows in the fields it has (contract 6.1). */
const viewProperty: RequestSchema<ViewPropertyCreate> = lazily(() =>
  choose<ViewPropertyCreate>((input) => {
    if (Object.hasOwn(input, "through") || /_reverse_/.test(String(input["connectionType"]))) return reverse();
    return Object.hasOwn(input, "connectionType") || Object.hasOwn(input, "type") ? edge() : mapped();
  }),
);

/** A view to create (contract 6.1). */
export const viewCreate: RequestSchema<ViewCreate> = lazily(() =>
  fields({
    space: spaceId(),
    externalId: newTypeId(),
    version: version(),
    ...labels(),
    filter: v.exactOptional(filterSchema()),
    implements: v.exactOptional(items(viewReferenceSchema(), 0, MAX_PARENTS)),
    properties: v.exactOptional(dictionary(wrongPropertyId, viewProperty(), { max: MAX_PROPERTIES })),
  }),
);

/** Body of `POST /models/views`. */
export const viewsUpsertBody: RequestSchema<ItemsRequest<ViewCreate>> = itemsOf(viewCreate);

/** Body of `POST /models/views/byids` and `/models/datamodels/byids`: all with a version, or all without. */
export const versionedByIdsBody: RequestSchema<ItemsRequest<VersionedId>> = lazily(() =>
  v.pipe(
    itemsOf(versionedId)(),
    v.check(
      ({ items: ids }) => ids.every((id) => id.version !== undefined) || ids.every((id) => id.version === undefined),
      "items must either all have a version or all have none",
    ),
  ),
);

/** Body of `POST /models/views/delete` and `/models/datamodels/delete`. */
export const versionedDeleteBody: RequestSchema<ItemsRequest<VersionedIdentity>> = itemsOf(versionedIdentity);
