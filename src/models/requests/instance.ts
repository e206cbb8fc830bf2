import * as v from "valibot";
import type {
  DebugOptions,
  EdgeWrite,
  InstanceDelete,
  InstanceId,
  InstancesByIdsRequest,
  InstancesListRequest,
  InstancesUpsertRequest,
  InstanceType,
  InstanceWrite,
  NodeWrite,
  PropertyValues,
  Source,
  SourceData,
  TargetUnit,
} from "../instance.js";
import { isRecord } from "../json.js";
import { instanceExternalId, nodeReference, sourceReference, spaceId, viewReferenceSchema } from "./common.js";
import { filterSchema, sortKeys } from "./filter.js";
import { lazily, type RequestSchema } from "./lazily.js";
import { arePlainWrites } from "./plain-write.js";
import { choose, fields, integer, items, text } from "./shapes.js";

/** Most instances in one call (contract 3.4). */
export const MAX_INSTANCES = 1000;
/** Most sources of one written instance (contract 3.4). */
const MAX_WRITE_SOURCES = 100;
/** Most sources to read from, and most target units of one of them (contract 3.4). */
const MAX_READ_SOURCES = 10;

/** Nodes or edges. */
export const instanceType: RequestSchema<InstanceType> = lazily(() => v.picklist(["node", "edge"]));
const existingVersion: RequestSchema<number> = lazily(() => integer(0, Number.MAX_SAFE_INTEGER));

/** Values are checked against their property's type by the engine, which knows the schema. */
const propertyValues: RequestSchema<PropertyValues> = lazily(() =>
  v.custom<PropertyValues>(isRecord, "must be an object"),
);

const sourceData: RequestSchema<SourceData> = lazily(() =>
  fields({ source: sourceReference(), properties: propertyValues() }),
);

const writeSources: RequestSchema<readonly SourceData[]> = lazily(() => items(sourceData(), 1, MAX_WRITE_SOURCES));

const nodeWrite: RequestSchema<NodeWrite> = lazily(() =>
  fields({
    instanceType: v.literal("node"),
    space: spaceId(),
    externalId: instanceExternalId(),
    existingVersion: v.exactOptional(existingVersion()),
    type: v.exactOptional(v.nullable(nodeReference())),
    sources: v.exactOptional(writeSources()),
  }),
);

const edgeWrite: RequestSchema<EdgeWrite> = lazily(() =>
  fields({
    instanceType: v.literal("edge"),
    space: spaceId(),
    externalId: instanceExternalId(),
    existingVersion: v.exactOptional(existingVersion()),
    type: nodeReference(),
    startNode: nodeReference(),
    endNode: nodeReference(),
    sources: v.exactOptional(writeSources()),
  }),
);

const instanceWrite: RequestSchema<InstanceWrite> = lazily(() =>
  choose<InstanceWrite>((input) => (input["instanceType"] === "edge" ? edgeWrite() : nodeWrite())),
);

const instanceWrites: RequestSchema<readonly InstanceWrite[]> = lazily(() => {
  const plain = v.custom<readonly InstanceWrite[]>(Array.isArray);
  const any = items(instanceWrite(), 0, MAX_INSTANCES);
  return v.lazy((input) => (arePlainWrites(input, MAX_INSTANCES) ? plain : any));
});

const instanceDelete: RequestSchema<InstanceDelete> = lazily(() =>
  fields({
    instanceType: instanceType(),
    space: spaceId(),
    externalId: instanceExternalId(),
    existingVersion: v.exactOptional(existingVersion()),
  }),
);

/** Names a node or an edge. */
export const instanceId: RequestSchema<InstanceId> = lazily(() =>
  fields({ instanceType: instanceType(), space: spaceId(), externalId: instanceExternalId() }),
);

/** Units to convert to; the engine answers what it can convert (contract 7.7). */
export const targetUnits: RequestSchema<readonly TargetUnit[]> = lazily(() =>
  items(fields({ property: text(255, 1), unit: unit() }), 1, MAX_READ_SOURCES),
);

const unit: RequestSchema<TargetUnit["unit"]> = lazily(() =>
  choose<TargetUnit["unit"]>((input) =>
    "unitSystemName" in input ? fields({ unitSystemName: text(255, 1) }) : fields({ externalId: instanceExternalId() }),
  ),
);

const readSources: RequestSchema<readonly Source[]> = lazily(() =>
  items(fields({ source: viewReferenceSchema(), targetUnits: v.exactOptional(targetUnits()) }), 0, MAX_READ_SOURCES),
);

/** What the service should tell about how it ran the request. */
export const debugOptions: RequestSchema<DebugOptions> = lazily(() =>
  fields({
    emitResults: v.exactOptional(v.boolean()),
    timeout: v.exactOptional(v.pipe(v.number(), v.integer())),
    profile: v.exactOptional(v.boolean()),
  }),
);

/** Body of `POST /models/instances` (contract 7.2). */
export const instancesUpsertBody: RequestSchema<InstancesUpsertRequest> = lazily(() =>
  v.pipe(
    fields({
      items: instanceWrites(),
      delete: v.exactOptional(items(instanceDelete(), 0, MAX_INSTANCES)),
      autoCreateDirectRelations: v.exactOptional(v.boolean()),
      autoCreateStartNodes: v.exactOptional(v.boolean()),
      autoCreateEndNodes: v.exactOptional(v.boolean()),
      skipOnVersionConflict: v.exactOptional(v.boolean()),
      replace: v.exactOptional(v.boolean()),
    }),
    v.check(
      (body) => body.items.length + (body.delete?.length ?? 0) <= MAX_INSTANCES,
      `items and delete must hold at most ${MAX_INSTANCES} instances together`,
    ),
  ),
);

/** Body of `POST /models/instances/delete` (contract 7.3). */
export const instancesDeleteBody: RequestSchema<{ readonly items: readonly InstanceDelete[] }> = lazily(() =>
  fields({ items: items(instanceDelete(), 1, MAX_INSTANCES) }),
);

/** Body of `POST /models/instances/byids` (contract 7.4). */
export const instancesByIdsBody: RequestSchema<InstancesByIdsRequest> = lazily(() =>
  fields({
    items: items(instanceId(), 1, MAX_INSTANCES),
    sources: v.exactOptional(readSources()),
    includeTyping: v.exactOptional(v.boolean()),
  }),
);

/** Body of `POST /models/instances/list` (contract 7.5). */
export const instancesListBody: RequestSchema<InstancesListRequest> = lazily(() =>
  fields({
    instanceType: v.exactOptional(instanceType()),
    sources: v.exactOptional(readSources()),
    filter: v.exactOptional(filterSchema()),
    sort: v.exactOptional(sortKeys()),
    limit: v.exactOptional(integer(1, 1000)),
    cursor: v.exactOptional(v.string()),
    includeTyping: v.exactOptional(v.boolean()),
    debug: v.exactOptional(debugOptions()),
  }),
);
