import type { NodeReference } from "./reference.js";

/** Names a time series or a file by the node it is (contract 11). */
export interface ByInstanceId {
  readonly instanceId: NodeReference;
  readonly externalId?: never;
  readonly id?: never;
}

/** Names a resource by the external id it has outside of data modeling. */
export interface ByExternalId {
  readonly externalId: string;
  readonly instanceId?: never;
  readonly id?: never;
}

/** Names a resource by the number that the service gave it. */
export interface ByInternalId {
  readonly id: number;
  readonly instanceId?: never;
  readonly externalId?: never;
}

/** Any one of the ids of a time series or a file. */
export type ResourceId = ByInstanceId | ByExternalId | ByInternalId;

/** The ids that the service knows of a time series or a file. */
export interface ResourceIds {
  readonly id: number;
  readonly externalId?: string;
  readonly instanceId?: NodeReference;
}
