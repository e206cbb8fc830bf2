import * as v from "valibot";
import type {
  BuildState,
  Constraint,
  ConstraintState,
  Container,
  ContainerPartId,
  ContainerProperty,
  Index,
} from "../container.js";
import type { InspectedContainer } from "../inspect.js";
import { isRecord } from "../json.js";
import type { Page } from "../page.js";
import type { ContainerId } from "../reference.js";
import { anyJson, containerReference, nodeReference, pageOf, tagged, viewReference } from "./common.js";
import { propertyType } from "./property-type.js";
import { type AnswerCheck, answerCheck, once, type SchemaOf } from "./schema.js";

export const usedFor: () => SchemaOf<Container["usedFor"]> = once(() => v.picklist(["node", "edge", "all", "record"]));

const buildState: () => SchemaOf<BuildState> = once(() => v.picklist(["current", "pending", "failed"]));

/** States of one property's constraints; older answers lack the whole object. */
export const constraintState: () => SchemaOf<ConstraintState> = once(() => {
  const state = v.exactOptional(buildState());
  return v.looseObject({ nullability: state, maxListSize: state, maxTextSize: state });
});

const property: () => SchemaOf<ContainerProperty> = once(() =>
  v.looseObject({
    type: propertyType(),
    nullable: v.exactOptional(v.boolean()),
    immutable: v.exactOptional(v.boolean()),
    autoIncrement: v.exactOptional(v.boolean()),
    defaultValue: v.exactOptional(anyJson()),
    name: v.exactOptional(v.string()),
    description: v.exactOptional(v.string()),
    constraintState: v.exactOptional(constraintState()),
  }),
);

const constraint: () => SchemaOf<Constraint & { readonly state?: BuildState }> = once(() => {
  const state = v.exactOptional(buildState());
  return tagged<Constraint & { readonly state?: BuildState }>("constraintType", {
    uniqueness: v.looseObject({
      constraintType: v.literal("uniqueness"),
      properties: v.array(v.string()),
      bySpace: v.exactOptional(v.boolean()),
      state,
    }),
    requires: v.looseObject({ constraintType: v.literal("requires"), require: containerReference(), state }),
  });
});

const index: () => SchemaOf<Index & { readonly state?: BuildState }> = once(() => {
  const state = v.exactOptional(buildState());
  const inverted = v.looseObject({ indexType: v.literal("inverted"), properties: v.array(v.string()), state });
  const btree = v.looseObject({
    indexType: v.exactOptional(v.picklist(["btree"], 'Expected "btree" or "inverted"')),
    properties: v.array(v.string()),
    cursorable: v.exactOptional(v.boolean()),
    bySpace: v.exactOptional(v.boolean()),
    state,
  });
  return v.lazy(
    (value): SchemaOf<Index & { readonly state?: BuildState }> =>
      isRecord(value) && value["indexType"] === "inverted" ? inverted : btree,
  );
});

const container: () => SchemaOf<Container> = once(() =>
  v.looseObject({
    space: v.string(),
    externalId: v.string(),
    usedFor: usedFor(),
    name: v.exactOptional(v.string()),
    description: v.exactOptional(v.string()),
    properties: v.record(v.string(), property()),
    constraints: v.exactOptional(v.record(v.string(), constraint())),
    indexes: v.exactOptional(v.record(v.string(), index())),
    createdTime: v.number(),
    lastUpdatedTime: v.number(),
    isGlobal: v.boolean(),
  }),
);

/** Answer with containers (contract 5.2). */
export const containersPage: AnswerCheck<Page<Container>> = answerCheck(() => pageOf(container));

/** Answer of a delete of containers. */
export const containerIdsPage: AnswerCheck<Page<ContainerId>> = answerCheck(() => pageOf(nodeReference));

const partId: () => SchemaOf<ContainerPartId> = once(() =>
  v.looseObject({ space: v.string(), containerExternalId: v.string(), identifier: v.string() }),
);

/** Answer of a delete of constraints or indexes (contract 5.5). */
export const containerPartsPage: AnswerCheck<Page<ContainerPartId>> = answerCheck(() => pageOf(partId));

const inspected: () => SchemaOf<InspectedContainer> = once(() =>
  v.looseObject({
    space: v.string(),
    externalId: v.string(),
    inspectionResults: v.looseObject({
      involvedViews: v.exactOptional(v.array(viewReference())),
      involvedViewCount: v.exactOptional(v.number()),
    }),
  }),
);

/** Answer of `inspect` (contract 5.6). */
export const inspectedContainersPage: AnswerCheck<Page<InspectedContainer>> = answerCheck(() => pageOf(inspected));
