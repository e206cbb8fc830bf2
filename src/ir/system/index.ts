import {
  type ContainerCreate,
  type DataModelCreate,
  type SpaceCreate,
  type ViewCreate,
  viewReference,
} from "../../models/index.js";
import { containersOf, each, many, one, relation } from "./containers-dsl.js";
import { coreContainers } from "./core-containers.js";
import { spatialContainers } from "./core-containers-3d.js";
import { assetCoreViews, sharedCoreViews } from "./core-views.js";
import { spatialCoreViews } from "./core-views-3d.js";
import { same, to, viewsOf } from "./views-dsl.js";

/** Schema resources to load together. */
export interface SystemModel {
  readonly spaces: readonly SpaceCreate[];
  readonly containers: readonly ContainerCreate[];
  readonly views: readonly ViewCreate[];
  readonly dataModels: readonly DataModelCreate[];
}

/** The core data model: spaces `cdf_cdm` and `cdf_cdm_3d` (contract 11.5). */
export function coreModel(): SystemModel {
  const views = [...sharedCoreViews(), ...spatialCoreViews(), ...assetCoreViews()];
  return {
    spaces: [{ space: "cdf_cdm" }, { space: "cdf_cdm_3d" }],
    containers: [...coreContainers(), ...spatialContainers()],
    views,
    dataModels: [{ space: "cdf_cdm", externalId: "CogniteCore", version: "v1", views: views.map(viewReference) }],
  };
}

/** The older system space `cdf_core`, version `v1`, on which some models still build; it has no data model. */
export function olderCoreModel(): SystemModel {
  const container = containersOf("cdf_core");
  const view = viewsOf("cdf_core", "v1");
  return {
    spaces: [{ space: "cdf_core" }],
    containers: [
      container("Describable", { ...each(["title", "description"], one("text")), labels: many("text") }),
      container("Sourceable", each(["source", "sourceId"], one("text"))),
      container("Schedulable", each(["startTime", "endTime"], one("timestamp"))),
      container("Asset", each(["parent", "root"], relation())),
    ],
    views: [
      view("Describable", same("title", "description", "labels")),
      view("Sourceable", same("source", "sourceId")),
      view("Schedulable", same("startTime", "endTime")),
      view("Asset", { parent: to("Asset"), root: to("Asset") }, { implements: ["Sourceable", "Describable"] }),
    ],
    dataModels: [],
  };
}
