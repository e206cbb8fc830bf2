import type { InstancesQueryRequest } from "../../models/index.js";
import {
  containerPartsBody,
  containersIdsBody,
  containersInspectBody,
  containersListParameters,
  containersUpsertBody,
  dataModelsByIdsParameters,
  dataModelsListParameters,
  dataModelsUpsertBody,
  graphQLBody,
  instancesAggregateBody,
  instancesByIdsBody,
  instancesDeleteBody,
  instancesInspectBody,
  instancesListBody,
  instancesQueryBody,
  instancesSearchBody,
  instancesSyncBody,
  instancesUpsertBody,
  noParameters,
  spacesIdsBody,
  spacesListParameters,
  spacesUpsertBody,
  versionedByIdsBody,
  versionedDeleteBody,
  viewsByIdsParameters,
  viewsListParameters,
  viewsUpsertBody,
} from "../../models/requests/index.js";
import { uploadDml } from "../dml.js";
import * as containerParts from "../engine/container-parts.js";
import * as containers from "../engine/containers.js";
import * as dataModels from "../engine/data-models.js";
import { queryModel } from "../engine/graphql/index.js";
import * as instances from "../engine/instances/index.js";
import * as spaces from "../engine/spaces.js";
import * as statistics from "../engine/statistics.js";
import * as views from "../engine/views.js";
import { dataRoutes } from "./data-routes.js";
import { get, plain, post, type Route } from "./route.js";

/** Every call that the emulator serves within a project. */
export const routes: readonly Route[] = [
  plain("/models/spaces", spacesUpsertBody, (state, body) => spaces.upsertSpaces(state, body)),
  get("/models/spaces", spacesListParameters, spaces.listSpaces),
  plain("/models/spaces/byids", spacesIdsBody, spaces.spacesByIds),
  plain("/models/spaces/delete", spacesIdsBody, spaces.deleteSpaces),

  plain("/models/containers", containersUpsertBody, (state, body) => containers.upsertContainers(state, body)),
  get("/models/containers", containersListParameters, containers.listContainers),
  plain("/models/containers/byids", containersIdsBody, containers.containersByIds),
  plain("/models/containers/delete", containersIdsBody, containers.deleteContainers),
  plain("/models/containers/inspect", containersInspectBody, containerParts.inspectContainers),
  plain("/models/containers/constraints/delete", containerPartsBody, containerParts.deleteConstraints),
  plain("/models/containers/indexes/delete", containerPartsBody, containerParts.deleteIndexes),
  plain("/models/containers/constraints/retry", containerPartsBody, containerParts.retryConstraints),
  plain("/models/containers/indexes/retry", containerPartsBody, containerParts.retryIndexes),
  plain("/models/containers/properties/retry", containerPartsBody, containerParts.retryProperties),

  plain("/models/views", viewsUpsertBody, (state, body) => views.upsertViews(state, body)),
  get("/models/views", viewsListParameters, views.listViews),
  post("/models/views/byids", versionedByIdsBody, views.viewsByIds, viewsByIdsParameters),
  plain("/models/views/delete", versionedDeleteBody, views.deleteViews),

  plain("/models/datamodels", dataModelsUpsertBody, (state, body) => dataModels.upsertDataModels(state, body)),
  get("/models/datamodels", dataModelsListParameters, dataModels.listDataModels),
  post("/models/datamodels/byids", versionedByIdsBody, dataModels.dataModelsByIds, dataModelsByIdsParameters),
  plain("/models/datamodels/delete", versionedDeleteBody, dataModels.deleteDataModels),

  plain("/models/instances", instancesUpsertBody, (state, body) => instances.applyInstances(state, body)),
  plain("/models/instances/byids", instancesByIdsBody, instances.instancesByIds),
  plain("/models/instances/delete", instancesDeleteBody, instances.deleteInstances),
  plain("/models/instances/list", instancesListBody, instances.listInstances),
  plain<InstancesQueryRequest>("/models/instances/query", instancesQueryBody, instances.queryInstances),
  plain("/models/instances/sync", instancesSyncBody, instances.syncInstances),
  plain("/models/instances/search", instancesSearchBody, instances.searchInstances),
  plain("/models/instances/aggregate", instancesAggregateBody, instances.aggregateInstances),
  plain("/models/instances/inspect", instancesInspectBody, instances.inspectInstances),

  post(
    "/userapis/spaces/:space/datamodels/:externalId/versions/:version/graphql",
    graphQLBody,
    (state, body, _parameters, { path: { space = "", externalId = "", version = "" } }) =>
      queryModel(state, { space, externalId, version }, body),
    noParameters,
  ),

  post("/dml/graphql", graphQLBody, (state, body) => uploadDml(state, body), noParameters),

  get("/models/statistics", noParameters, statistics.projectStatistics),
  get("/models/statistics/spaces", noParameters, statistics.listSpaceStatistics),
  plain("/models/statistics/spaces/byids", spacesIdsBody, statistics.spaceStatisticsByIds),

  ...dataRoutes,
];

/** Paths of the service that the emulator does not serve, unless a route does, to tell them from mistaken ones. */
const unserved: readonly RegExp[] = [
  /^\/(timeseries|files|sequences)(?!\/data\/)(\/|$)/,
  /^\/(userapis|streams|units|groups)(\/|$)/,
];

/** Whether a path, below the project's, is one of the service's that the emulator does not serve yet. */
export function isUnserved(path: string): boolean {
  return unserved.some((pattern) => pattern.test(path));
}
