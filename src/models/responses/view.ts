import * as v from "valibot";
import { isRecord } from "../json.js";
import type { Page } from "../page.js";
import type { VersionedIdentity } from "../reference.js";
import type { EdgeConnection, MappedProperty, ReverseDirectRelation, View, ViewProperty } from "../view.js";
import {
  anyJson,
  containerReference,
  filter,
  nodeReference,
  pageOf,
  sourceReference,
  viewReference,
} from "./common.js";
import { constraintState, usedFor } from "./container.js";
import { propertyType } from "./property-type.js";
import { type AnswerCheck, answerCheck, once, type SchemaOf } from "./schema.js";

const texts = once(() => ({ name: v.exactOptional(v.string()), description: v.exactOptional(v.string()) }));

const mapped: () => SchemaOf<MappedProperty> = once(() =>
  v.looseObject({
    container: containerReference(),
    containerPropertyIdentifier: v.string(),
    ...texts(),
    type: propertyType(),
    nullable: v.boolean(),
    immutable: v.exactOptional(v.boolean()),
    autoIncrement: v.exactOptional(v.boolean()),
    defaultValue: v.exactOptional(anyJson()),
    constraintState: v.exactOptional(constraintState()),
  }),
);

const edge: () => SchemaOf<EdgeConnection> = once(() =>
  v.looseObject({
    connectionType: v.picklist(["single_edge_connection", "multi_edge_connection"]),
    type: nodeReference(),
    source: viewReference(),
    direction: v.picklist(["outwards", "inwards"]),
    edgeSource: v.exactOptional(viewReference()),
    ...texts(),
  }),
);

const reverse: () => SchemaOf<ReverseDirectRelation> = once(() =>
  v.looseObject({
    connectionType: v.picklist(["single_reverse_direct_relation", "multi_reverse_direct_relation"]),
    source: viewReference(),
    through: v.looseObject({ source: sourceReference(), identifier: v.string() }),
    targetsList: v.exactOptional(v.boolean()),
    ...texts(),
  }),
);

/** Told apart as contract 6.1 says, so that a problem is reported for the kind the property is of. */
const property: () => SchemaOf<ViewProperty> = once(() =>
  v.lazy((value): SchemaOf<ViewProperty> => {
    if (!isRecord(value) || "container" in value) return mapped();
    return "through" in value ? reverse() : edge();
  }),
);

/** A whole view (contract 6.2). */
export const view: () => SchemaOf<View> = once(() =>
  v.looseObject({
    space: v.string(),
    externalId: v.string(),
    version: v.string(),
    ...texts(),
    filter: v.exactOptional(filter()),
    implements: v.exactOptional(v.array(viewReference())),
    properties: v.record(v.string(), property()),
    writable: v.boolean(),
    queryable: v.exactOptional(v.boolean()),
    usedFor: usedFor(),
    mappedContainers: v.exactOptional(v.array(containerReference())),
    createdTime: v.number(),
    lastUpdatedTime: v.number(),
    isGlobal: v.boolean(),
  }),
);

const versionedId: () => SchemaOf<VersionedIdentity> = once(() =>
  v.looseObject({ space: v.string(), externalId: v.string(), version: v.string() }),
);

/** Answer with views (contract 6.2). */
export const viewsPage: AnswerCheck<Page<View>> = answerCheck(() => pageOf(view));

/** Answer of a delete of views or data models. */
export const versionedIdsPage: AnswerCheck<Page<VersionedIdentity>> = answerCheck(() => pageOf(versionedId));
