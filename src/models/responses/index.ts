// Checks of answers, one for each form that answers have.
import type { InstancesAggregateResponse } from "../aggregate.js";
import type { Container, ContainerPartId } from "../container.js";
import type { DataModel } from "../data-model.js";
import type { AggregateSeries, DatapointsResponse } from "../datapoint.js";
import type { FileDownloadLink, FileMultipartUploadLink, FileUploadLink } from "../file.js";
import type { GraphQLResponse } from "../graphql.js";
import type { InspectedContainer, InspectedInstance } from "../inspect.js";
import type { InstanceId, InstancesPage, InstancesUpsertResponse } from "../instance.js";
import { isRecord } from "../json.js";
import type { Page } from "../page.js";
import type { InstancesQueryResponse } from "../query.js";
import type { ContainerId, VersionedIdentity } from "../reference.js";
import type { SequenceRowsPage } from "../sequence.js";
import type { Space, SpaceId } from "../space.js";
import type { ProjectStatistics, SpaceStatistics } from "../statistics.js";
import type { TokenInspection } from "../token.js";
import type { View } from "../view.js";
import type { OneOrBare } from "./file.js";
import { type ResponseSchema, responseSchema } from "./response-schema.js";
import { isInstanceIdsPage, isInstancesPage, isQueryAnswer, isUpsertAnswer } from "./usual.js";

export type { CheckResult } from "./check-result.js";
export type { OneOrBare } from "./file.js";
export type { ResponseSchema } from "./response-schema.js";

export const aggregateResponse: ResponseSchema<InstancesAggregateResponse> = responseSchema(
  (all) => all.aggregateResponse,
);
export const containerIdsPage: ResponseSchema<Page<ContainerId>> = responseSchema((all) => all.containerIdsPage);
export const containerPartsPage: ResponseSchema<Page<ContainerPartId>> = responseSchema(
  (all) => all.containerPartsPage,
);
export const containersPage: ResponseSchema<Page<Container>> = responseSchema((all) => all.containersPage);
export const inspectedContainersPage: ResponseSchema<Page<InspectedContainer>> = responseSchema(
  (all) => all.inspectedContainersPage,
);
export const dataModelsPage: ResponseSchema<Page<DataModel>> = responseSchema((all) => all.dataModelsPage);
export const aggregatesResponse: ResponseSchema<DatapointsResponse<AggregateSeries>> = responseSchema(
  (all) => all.aggregatesResponse,
);
export const datapointsResponse: ResponseSchema<DatapointsResponse> = responseSchema((all) => all.datapointsResponse);
export const fileDownloadLinks: ResponseSchema<Page<FileDownloadLink>> = responseSchema((all) => all.fileDownloadLinks);
export const fileMultipartUploadLink: ResponseSchema<OneOrBare<FileMultipartUploadLink>> = responseSchema(
  (all) => all.fileMultipartUploadLink,
);
export const fileUploadLink: ResponseSchema<OneOrBare<FileUploadLink>> = responseSchema((all) => all.fileUploadLink);
export const graphQLResponse: ResponseSchema<GraphQLResponse> = responseSchema((all) => all.graphQLResponse);
export const inspectedInstancesPage: ResponseSchema<Page<InspectedInstance>> = responseSchema(
  (all) => all.inspectedInstancesPage,
);
export const instanceIdsPage: ResponseSchema<Page<InstanceId>> = responseSchema(
  (all) => all.instanceIdsPage,
  isInstanceIdsPage,
);
export const instancesPage: ResponseSchema<InstancesPage> = responseSchema((all) => all.instancesPage, isInstancesPage);
export const queryResponse: ResponseSchema<InstancesQueryResponse> = responseSchema(
  (all) => all.queryResponse,
  isQueryAnswer,
);
export const upsertResponse: ResponseSchema<InstancesUpsertResponse> = responseSchema(
  (all) => all.upsertResponse,
  isUpsertAnswer,
);
export const nothing: ResponseSchema<object> = responseSchema((all) => all.nothing, isRecord);
export const sequenceRowsPage: ResponseSchema<SequenceRowsPage> = responseSchema((all) => all.sequenceRowsPage);
export const spaceIdsPage: ResponseSchema<Page<SpaceId>> = responseSchema((all) => all.spaceIdsPage);
export const spacesPage: ResponseSchema<Page<Space>> = responseSchema((all) => all.spacesPage);
export const projectStatistics: ResponseSchema<ProjectStatistics> = responseSchema((all) => all.projectStatistics);
export const spaceStatisticsPage: ResponseSchema<Page<SpaceStatistics>> = responseSchema(
  (all) => all.spaceStatisticsPage,
);
export const tokenInspection: ResponseSchema<TokenInspection> = responseSchema((all) => all.tokenInspection);
export const versionedIdsPage: ResponseSchema<Page<VersionedIdentity>> = responseSchema((all) => all.versionedIdsPage);
export const viewsPage: ResponseSchema<Page<View>> = responseSchema((all) => all.viewsPage);
