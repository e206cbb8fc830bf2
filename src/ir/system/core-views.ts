import type { ViewCreate } from "../../models/index.js";
import { reverse, same, to, viewsOf } from "./views-dsl.js";

const view = /* @__PURE__ */ viewsOf("cdf_cdm", "v1");

const DESCRIBABLE = "CogniteDescribable";
const SOURCEABLE = "CogniteSourceable";

/** What the views of `cdf_cdm` share: the first in the order of the data model. */
export function sharedCoreViews(): readonly ViewCreate[] {
  return [
    view(DESCRIBABLE, same("aliases", "description", "name", "tags")),
    view(SOURCEABLE, {
      source: to("CogniteSourceSystem"),
      ...same("sourceContext", "sourceCreatedTime", "sourceCreatedUser"),
      ...same("sourceId", "sourceUpdatedTime", "sourceUpdatedUser"),
    }),
    view("CogniteSourceSystem", same("manufacturer", "version"), { implements: [DESCRIBABLE] }),
    view("CogniteSchedulable", same("endTime", "scheduledEndTime", "scheduledStartTime", "startTime")),
    view("CogniteVisualizable", { object3D: to("Cognite3DObject") }),
  ];
}

/** The views of `cdf_cdm` for assets and what belongs to them: the last in the order of the data model. */
export function assetCoreViews(): readonly ViewCreate[] {
  const described = { implements: [DESCRIBABLE] };
  const sourced = { implements: [DESCRIBABLE, SOURCEABLE] };
  return [
    view(
      "CogniteAsset",
      {
        activities: reverse("CogniteActivity", "assets"),
        assetClass: to("CogniteAssetClass"),
        children: reverse("CogniteAsset", "parent"),
        equipment: reverse("CogniteEquipment", "asset"),
        files: reverse("CogniteFile", "assets"),
        parent: to("CogniteAsset", "assetHierarchy_parent"),
        path: to("CogniteAsset", "assetHierarchy_path"),
        pathLastUpdatedTime: { maps: "assetHierarchy_path_last_updated_time" },
        root: to("CogniteAsset", "assetHierarchy_root"),
        timeSeries: reverse("CogniteTimeSeries", "assets"),
        type: to("CogniteAssetType"),
      },
      { implements: ["CogniteVisualizable", DESCRIBABLE, SOURCEABLE] },
    ),
    view("CogniteAssetClass", same("code", "standard"), described),
    view("CogniteAssetType", { assetClass: to("CogniteAssetClass"), ...same("code", "standard") }, described),
    view(
      "CogniteEquipment",
      {
        activities: reverse("CogniteActivity", "equipment"),
        asset: to("CogniteAsset"),
        equipmentType: to("CogniteEquipmentType"),
        files: to("CogniteFile"),
        ...same("manufacturer", "serialNumber"),
        timeSeries: reverse("CogniteTimeSeries", "equipment"),
      },
      sourced,
    ),
    view("CogniteEquipmentType", same("code", "equipmentClass", "standard", "standardReference"), described),
    view(
      "CogniteFile",
      {
        assets: to("CogniteAsset"),
        category: to("CogniteFileCategory"),
        equipment: reverse("CogniteEquipment", "files"),
        ...same("directory", "isUploaded", "mimeType", "uploadedTime"),
      },
      sourced,
    ),
    view("CogniteFileCategory", same("code", "standard", "standardReference"), described),
    view(
      "CogniteActivity",
      { assets: to("CogniteAsset"), equipment: to("CogniteEquipment"), timeSeries: to("CogniteTimeSeries") },
      { implements: [DESCRIBABLE, SOURCEABLE, "CogniteSchedulable"] },
    ),
    view(
      "CogniteTimeSeries",
      {
        activities: reverse("CogniteActivity", "timeSeries"),
        assets: to("CogniteAsset"),
        equipment: to("CogniteEquipment"),
        ...same("isStep", "sourceUnit", "stateSet", "type"),
        unit: to("CogniteUnit"),
      },
      sourced,
    ),
    view("CogniteAnnotation", same("confidence", "status"), sourced),
    view(
      "CogniteDiagramAnnotation",
      {
        ...same("endNodePageNumber", "endNodeText", "endNodeXMax", "endNodeXMin", "endNodeYMax", "endNodeYMin"),
        ...same("startNodePageNumber", "startNodeText"),
        ...same("startNodeXMax", "startNodeXMin", "startNodeYMax", "startNodeYMin"),
      },
      { implements: [DESCRIBABLE, SOURCEABLE, "CogniteAnnotation"] },
    ),
    view("CogniteUnit", same("quantity", "source", "sourceReference", "symbol"), described),
    view("CogniteStateSet", same("states"), sourced),
  ];
}
