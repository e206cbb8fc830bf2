import type { Filter, ViewCreate } from "../../models/index.js";
import { edges, reverse, same, singleReverse, to, viewsOf } from "./views-dsl.js";

const view = /* @__PURE__ */ viewsOf("cdf_cdm", "v1", "cdf_cdm_3d");

const DESCRIBABLE = "CogniteDescribable";

/** Nodes with data in a container, and one value of an enum that may be of another. */
function having(container: string, [of, property]: readonly [string, string], value: string): Filter {
  return {
    and: [
      { hasData: [{ type: "container", space: "cdf_cdm_3d", externalId: container }] },
      { equals: { property: ["cdf_cdm_3d", of, property], value } },
    ],
  };
}

function modelOf(kind: string): { readonly implements: readonly string[]; readonly filter: Filter } {
  return {
    implements: [DESCRIBABLE, "Cognite3DModel"],
    filter: having("Cognite3DModel", ["Cognite3DModel", "type"], kind),
  };
}

/** Views of revisions tell their kind by a property of the model's container, as the service declares them. */
function revisionOf(kind: string): Filter {
  return having("Cognite3DRevision", ["Cognite3DModel", "type"], kind);
}

/** A view of revisions maps the container of all revisions for its model, and may have one of its own. */
function revisionView(externalId: string, model: string, kind: string): ViewCreate {
  const own = view(externalId, same("revisionId"), { implements: ["Cognite3DRevision"], filter: revisionOf(kind) });
  const overriding = view(externalId, { model3D: to(model) }, { container: "Cognite3DRevision" });
  return { ...own, properties: { ...overriding.properties, ...own.properties } };
}

/** The 3D views of `cdf_cdm`, in the order of the data model. */
export function spatialCoreViews(): readonly ViewCreate[] {
  const described = { implements: [DESCRIBABLE] };
  const placed = {
    model3D: to("CogniteCADModel"),
    object3D: to("Cognite3DObject"),
    revisions: to("CogniteCADRevision"),
  };
  return [
    view("Cognite3DTransformation", {
      ...same("eulerRotationX", "eulerRotationY", "eulerRotationZ"),
      ...same("scaleX", "scaleY", "scaleZ"),
      ...same("translationX", "translationY", "translationZ"),
    }),
    view(
      "CogniteCubeMap",
      Object.fromEntries(["back", "bottom", "front", "left", "right", "top"].map((side) => [side, to("CogniteFile")])),
    ),
    view(
      "Cognite3DObject",
      {
        asset: singleReverse("CogniteAsset", "object3D"),
        cadNodes: reverse("CogniteCADNode", "object3D"),
        images360: edges("image-360-annotation", "Cognite360Image", "Cognite360ImageAnnotation"),
        pointCloudVolumes: reverse("CognitePointCloudVolume", "object3D"),
        ...same("xMax", "xMin", "yMax", "yMin", "zMax", "zMin"),
      },
      described,
    ),
    view("Cognite3DModel", { thumbnail: to("CogniteFile"), ...same("type") }, described),
    view(
      "CogniteCADModel",
      { revisions: reverse("CogniteCADRevision", "model3D", "Cognite3DRevision") },
      modelOf("CAD"),
    ),
    view("Cognite3DRevision", { model3D: to("Cognite3DModel"), ...same("published", "status", "type") }),
    view(
      "CognitePointCloudModel",
      { revisions: reverse("CognitePointCloudRevision", "model3D", "Cognite3DRevision") },
      modelOf("PointCloud"),
    ),
    view(
      "Cognite360ImageModel",
      { collections: reverse("Cognite360ImageCollection", "model3D", "Cognite3DRevision") },
      modelOf("Image360"),
    ),
    revisionView("CogniteCADRevision", "CogniteCADModel", "CAD"),
    revisionView("CognitePointCloudRevision", "CognitePointCloudModel", "PointCloud"),
    view(
      "Cognite360ImageCollection",
      { model3D: to("Cognite360ImageModel") },
      {
        implements: [DESCRIBABLE, "Cognite3DRevision"],
        container: "Cognite3DRevision",
        filter: revisionOf("Image360"),
      },
    ),
    view("CogniteCADNode", { ...same("cadNodeReference", "subTreeSizes", "treeIndexes"), ...placed }, described),
    view(
      "CognitePointCloudVolume",
      { ...same("formatVersion", "volume", "volumeReferences", "volumeType"), ...placed },
      described,
    ),
    view(
      "Cognite360Image",
      {
        collection360: to("Cognite360ImageCollection"),
        station360: to("Cognite360ImageStation", "group3d"),
        ...same("takenAt"),
      },
      { implements: ["Cognite3DTransformation", "CogniteCubeMap"] },
    ),
    view("Cognite360ImageStation", same("groupType"), {
      ...described,
      container: "Cognite3DGroup",
      filter: having("Cognite3DGroup", ["Cognite3DGroup", "groupType"], "Station360"),
    }),
    view("Cognite360ImageAnnotation", same("formatVersion", "polygon"), {
      implements: [DESCRIBABLE, "CogniteSourceable", "CogniteAnnotation"],
    }),
  ];
}
