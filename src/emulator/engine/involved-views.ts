import { type ViewReference, viewReference } from "../../models/index.js";
import { readFormOf } from "./resolve.js";
import { containerKey, type ProjectState } from "./state.js";
import { selectVersions } from "./versions.js";

/** A view and the keys of all containers that it maps. */
export interface MappingView {
  readonly reference: ViewReference;
  readonly containers: readonly string[];
}

/** The views that map any container: of each the newest version, or all. */
export function mappingViews(state: ProjectState, allVersions: boolean): readonly MappingView[] {
  return selectVersions(state.views, { includeGlobal: true, allVersions })
    .map((view) => ({
      reference: viewReference(view),
      containers: readFormOf(state, view).mappedContainers.map(containerKey),
    }))
    .filter(({ containers }) => containers.length > 0);
}
