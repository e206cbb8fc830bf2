import type { ContainerCreate, ContainerReference } from "../../models/index.js";
import { containersOf, each, many, on, one, oneOf, relation, relations } from "./containers-dsl.js";

const container = /* @__PURE__ */ containersOf("cdf_cdm_3d");

function spatial(externalId: string): ContainerReference {
  return { type: "container", space: "cdf_cdm_3d", externalId };
}

/** The containers of space `cdf_cdm_3d`, which the 3D views of `cdf_cdm` map. */
export function spatialContainers(): readonly ContainerCreate[] {
  const number = one("float64");
  const file: ContainerReference = { type: "container", space: "cdf_cdm", externalId: "CogniteFile" };
  const kind = oneOf("CAD", "Image360", "PointCloud");
  const placed = {
    model3D: relation(spatial("Cognite3DModel")),
    object3D: relation(spatial("Cognite3DObject")),
    revisions: relations({ container: spatial("Cognite3DRevision") }),
  };
  return [
    container("Cognite3DObject", each(["xMax", "xMin", "yMax", "yMin", "zMax", "zMin"], number)),
    container("Cognite3DModel", { thumbnail: relation(file), type: kind }),
    container("Cognite3DRevision", {
      model3D: relation(spatial("Cognite3DModel")),
      published: one("boolean"),
      sourceFile: relation(file),
      status: oneOf("Done", "Failed", "Processing", "Queued"),
      type: kind,
    }),
    container(
      "Cognite3DTransformation",
      {
        ...each(["eulerRotationX", "eulerRotationY", "eulerRotationZ"], number),
        ...each(["scaleX", "scaleY", "scaleZ"], number),
        ...each(["translationX", "translationY", "translationZ"], number),
      },
      { usedFor: "all" },
    ),
    container("Cognite3DGroup", { groupType: oneOf("Station360") }),
    container("CogniteCADRevision", { revisionId: one("int64") }),
    container("CognitePointCloudRevision", { revisionId: one("int64") }),
    container(
      "CogniteCADNode",
      { ...placed, cadNodeReference: one("text"), ...each(["subTreeSizes", "treeIndexes"], many("int64")) },
      { cursorable: on("object3D") },
    ),
    container(
      "CognitePointCloudVolume",
      {
        ...placed,
        formatVersion: one("text"),
        volume: many("float64"),
        volumeReferences: many("text"),
        volumeType: oneOf("Box", "Cylinder"),
      },
      { cursorable: on("object3D") },
    ),
    container("CogniteCubeMap", each(["back", "bottom", "front", "left", "right", "top"], relation(file))),
    container(
      "Cognite360Image",
      {
        collection360: relation(spatial("Cognite3DRevision")),
        group3d: relation(spatial("Cognite3DGroup")),
        takenAt: one("timestamp"),
      },
      { cursorable: on("collection360") },
    ),
    container(
      "Cognite360ImageAnnotation",
      { formatVersion: one("text"), polygon: many("float64") },
      { usedFor: "edge" },
    ),
  ];
}
