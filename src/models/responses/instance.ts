import * as v from "valibot";
import type { InspectedInstance } from "../inspect.js";
import type {
  Instance,
  InstanceId,
  InstancesPage,
  InstancesUpsertResponse,
  Typing,
  WrittenInstance,
} from "../instance.js";
import { isRecord } from "../json.js";
import type { Page } from "../page.js";
import type { InstancesQueryResponse } from "../query.js";
import { anyJson, containerReference, pageOf, viewReference } from "./common.js";
import { type AnswerCheck, answerCheck, once, type SchemaOf } from "./schema.js";

/** Rows are not looked into: the decoders of the views they are read through check and convert them in one pass. */
const rows: () => SchemaOf<readonly Instance[]> = once(() =>
  v.custom<readonly Instance[]>(Array.isArray, "Expected an array"),
);

/** Typing is not looked into either. */
export const typing: () => SchemaOf<Typing> = once(() => v.custom<Typing>(isRecord, "Expected an object"));

const typingBySet: () => SchemaOf<Readonly<Record<string, Typing>>> = once(() =>
  v.custom<Readonly<Record<string, Typing>>>(isRecord, "Expected an object"),
);

export const instanceType: () => SchemaOf<InstanceId["instanceType"]> = once(() => v.picklist(["node", "edge"]));

const instanceId: () => SchemaOf<InstanceId> = once(() =>
  v.looseObject({ instanceType: instanceType(), space: v.string(), externalId: v.string() }),
);

const written: () => SchemaOf<WrittenInstance> = once(() =>
  v.looseObject({
    instanceType: instanceType(),
    space: v.string(),
    externalId: v.string(),
    version: v.number(),
    wasModified: v.boolean(),
    createdTime: v.number(),
    lastUpdatedTime: v.number(),
  }),
);

/** Answer of `list` and `byids` (contract 7.4, 7.5). */
export const instancesPage: AnswerCheck<InstancesPage> = answerCheck(() =>
  v.looseObject({
    items: rows(),
    nextCursor: v.exactOptional(v.nullable(v.string())),
    typing: v.exactOptional(typing()),
    debug: v.exactOptional(anyJson()),
  }),
);

/** Answer of an upsert (contract 7.2); `deleted` may be absent. */
export const upsertResponse: AnswerCheck<InstancesUpsertResponse> = answerCheck(() =>
  v.looseObject({ items: v.array(written()), deleted: v.exactOptional(v.array(instanceId())) }),
);

/** Answer of a delete (contract 7.3). */
export const instanceIdsPage: AnswerCheck<Page<InstanceId>> = answerCheck(() => pageOf(instanceId));

/** Answer of `query` (contract 8.1). */
export const queryResponse: AnswerCheck<InstancesQueryResponse> = answerCheck(() =>
  v.looseObject({
    items: v.record(v.string(), rows()),
    nextCursor: v.record(v.string(), v.nullable(v.string())),
    typing: v.exactOptional(typingBySet()),
    debug: v.exactOptional(anyJson()),
  }),
);

const inspected: () => SchemaOf<InspectedInstance> = once(() =>
  v.looseObject({
    instanceType: instanceType(),
    space: v.string(),
    externalId: v.string(),
    inspectionResults: v.looseObject({
      involvedViews: v.exactOptional(v.array(viewReference())),
      involvedContainers: v.exactOptional(v.array(containerReference())),
    }),
  }),
);

/** Answer of `inspect` (contract 7.6). */
export const inspectedInstancesPage: AnswerCheck<Page<InspectedInstance>> = answerCheck(() => pageOf(inspected));
