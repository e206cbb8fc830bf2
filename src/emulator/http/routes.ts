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
  type RequestSchema,
  spacesIdsBody,
  spacesListParameters,
  spacesUpsertBody,
  versionedByIdsBody,
  versionedDeleteBody,
  viewsByIdsParameters,
  viewsListParameters,
  viewsUpsertBody,
} from "../../models/requests/index.js";
import * as containerParts from "../engine/container-parts.js";
import * as containers from "../engine/containers.js";
import * as dataModels from "../engine/data-models.js";
import * as instances from "../engine/instances/index.js";
import * as spaces from "../engine/spaces.js";
import type { ProjectState } from "../engine/state.js";
import * as statistics from "../engine/statistics.js";
import * as views from "../engine/views.js";
import { checked } from "./checked.js";

/** What a call brings besides its path. */
export interface Call {
  /** The query parameters, by name. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** What the body holds; read and parsed when first asked for. */
  readonly body: () => Promise<unknown>;
}

/** A call that the emulator serves within a project. */
export interface Route {
  readonly method: "GET" | "POST";
  /** Below `/api/v1/projects/{project}`. */
  readonly path: string;
  readonly run: (state: ProjectState, call: Call) => Promise<object>;
}

function get<P>(
  path: string,
  parameters: RequestSchema<P>,
  run: (state: ProjectState, parameters: P) => object,
): Route {
  return { method: "GET", path, run: async (state, call) => run(state, checked(parameters, call.parameters)) };
}

/** A call with a body: all of it is read before anything runs, so that running it is one step. */
function post<B, P>(
  path: string,
  body: RequestSchema<B>,
  run: (state: ProjectState, body: B, parameters: P) => object,
  parameters: RequestSchema<P>,
): Route {
  return {
    method: "POST",
    path,
    run: async (state, call) => {
      const given = checked(parameters, call.parameters);
      const content = checked(body, await call.body());
      return run(state, content, given);
    },
  };
}

/** A call with a body and no parameters. */
function plain<B>(path: string, body: RequestSchema<B>, run: (state: ProjectState, body: B) => object): Route {
  return post(path, body, (state, content) => run(state, content), noParameters);
}

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

  get("/models/statistics", noParameters, statistics.projectStatistics),
  get("/models/statistics/spaces", noParameters, statistics.listSpaceStatistics),
  plain("/models/statistics/spaces/byids", spacesIdsBody, statistics.spaceStatisticsByIds),
];

/** Paths of the service that the emulator does not serve, to tell them from mistaken ones. */
const unserved: readonly RegExp[] = [
  /^\/models\/containers\/(constraints|indexes|properties)\/retry$/,
  /^\/(userapis|dml|timeseries|files|sequences|streams|units|groups)(\/|$)/,
];

/** Whether a path, below the project's, is one of the service's that the emulator does not serve yet. */
export function isUnserved(path: string): boolean {
  return unserved.some((pattern) => pattern.test(path));
}
