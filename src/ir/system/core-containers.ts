import type { ContainerCreate, ContainerReference } from "../../models/index.js";
import {
  byDefault,
  containersOf,
  each,
  immutable,
  many,
  on,
  one,
  oneOf,
  relation,
  relations,
  required,
} from "./containers-dsl.js";

const container = /* @__PURE__ */ containersOf("cdf_cdm");

function core(externalId: string): ContainerReference {
  return { type: "container", space: "cdf_cdm", externalId };
}

/** Lists of direct relations that may be longer than others. */
const MOST_ASSETS = 1200;

/** The containers of space `cdf_cdm` (contract 11.5). */
export function coreContainers(): readonly ContainerCreate[] {
  const text = one("text");
  const time = one("timestamp");
  const number = one("float64");
  const uniqueCode = { uniqueCodeConstraint: { properties: ["code", "standard"], bySpace: true } };
  return [
    container(
      "CogniteDescribable",
      { ...each(["name", "description"], text), ...each(["aliases", "tags"], many("text")) },
      { usedFor: "all", indexes: on("name") },
    ),
    container(
      "CogniteSourceable",
      {
        source: relation(core("CogniteSourceSystem")),
        ...each(["sourceContext", "sourceCreatedUser", "sourceId", "sourceUpdatedUser"], text),
        ...each(["sourceCreatedTime", "sourceUpdatedTime"], time),
      },
      { usedFor: "all", indexes: on("source", "sourceCreatedTime"), cursorable: on("sourceId", "sourceUpdatedTime") },
    ),
    container("CogniteSourceSystem", each(["manufacturer", "version"], text)),
    container("CogniteSchedulable", each(["endTime", "scheduledEndTime", "scheduledStartTime", "startTime"], time), {
      cursorable: on("endTime", "scheduledEndTime", "scheduledStartTime", "startTime"),
    }),
    container(
      "CogniteVisualizable",
      { object3D: relation() },
      { unique: { uniqueObject3D: { properties: ["object3D"], bySpace: false } }, cursorable: on("object3D") },
    ),
    container(
      "CogniteAsset",
      {
        assetClass: relation(core("CogniteAssetClass")),
        assetHierarchy_parent: relation(),
        assetHierarchy_path: relations({ most: 100 }),
        assetHierarchy_path_last_updated_time: time,
        assetHierarchy_root: relation(),
        type: relation(core("CogniteAssetType")),
      },
      {
        requires: ["Describable", "Sourceable", "Visualizable"],
        indexes: {
          parent: ["assetHierarchy_parent"],
          path: ["assetHierarchy_path"],
          root: ["assetHierarchy_root"],
        },
      },
    ),
    container("CogniteAssetClass", each(["code", "standard"], text), { requires: ["Describable"], unique: uniqueCode }),
    container(
      "CogniteAssetType",
      { assetClass: relation(core("CogniteAssetClass")), ...each(["code", "standard"], text) },
      { requires: ["Describable"], cursorable: { code: ["code"], standard: ["standard", "code"] } },
    ),
    container(
      "CogniteEquipment",
      {
        ...each(["asset", "model3D"], relation()),
        equipmentType: relation(core("CogniteEquipmentType")),
        files: relations(),
        ...each(["manufacturer", "serialNumber"], text),
      },
      { requires: ["Describable", "Sourceable"], cursorable: on("asset", "manufacturer", "serialNumber") },
    ),
    container("CogniteEquipmentType", each(["code", "equipmentClass", "standard", "standardReference"], text), {
      requires: ["Describable"],
      unique: uniqueCode,
    }),
    container(
      "CogniteFile",
      {
        assets: relations({ most: MOST_ASSETS }),
        category: relation(),
        ...each(["directory", "mimeType"], text),
        isUploaded: byDefault(false, one("boolean")),
        uploadedTime: time,
      },
      { requires: ["Describable", "Sourceable"] },
    ),
    container(
      "CogniteFileCategory",
      { code: required(text), ...each(["standard", "standardReference"], text) },
      { requires: ["Describable"], unique: uniqueCode },
    ),
    container(
      "CogniteActivity",
      { assets: relations({ most: MOST_ASSETS }), ...each(["equipment", "timeSeries"], relations()) },
      { requires: ["Describable", "Schedulable", "Sourceable"] },
    ),
    container(
      "CogniteTimeSeries",
      {
        assets: relations({ most: MOST_ASSETS }),
        equipment: relations(),
        isStep: byDefault(false, required(one("boolean"))),
        sourceUnit: text,
        stateSet: relation(core("CogniteStateSet")),
        type: immutable(required(oneOf("numeric", "state", "string"))),
        unit: relation(core("CogniteUnit")),
      },
      { requires: ["Describable", "Sourceable"], cursorable: on("stateSet") },
    ),
    container("CogniteStateSet", { states: required(many("json")) }, { requires: ["Describable", "Sourceable"] }),
    container("CogniteUnit", each(["quantity", "source", "sourceReference", "symbol"], text), {
      requires: ["Describable"],
    }),
    container(
      "CogniteAnnotation",
      { confidence: number, status: oneOf("Approved", "Rejected", "Suggested") },
      { usedFor: "edge", requires: ["Describable", "Sourceable"] },
    ),
    container(
      "CogniteDiagramAnnotation",
      {
        ...each(["startNodePageNumber", "endNodePageNumber"], one("int64")),
        ...each(["startNodeText", "endNodeText"], text),
        ...each(["startNodeXMax", "startNodeXMin", "startNodeYMax", "startNodeYMin"], number),
        ...each(["endNodeXMax", "endNodeXMin", "endNodeYMax", "endNodeYMin"], number),
      },
      { usedFor: "edge", requires: ["Annotation", "Describable", "Sourceable"] },
    ),
  ];
}
