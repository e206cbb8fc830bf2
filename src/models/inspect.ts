import type { InstanceId } from "./instance.js";
import type { ContainerId, ContainerReference, ViewReference } from "./reference.js";

/** What to tell about instances (contract 7.6). */
export interface InstanceInspectOperations {
  /** The views that show an instance; of each only the newest version unless `allVersions`. */
  readonly involvedViews?: { readonly allVersions?: boolean };
  /** The containers that hold data of an instance. */
  readonly involvedContainers?: { readonly allVersions?: boolean };
}

/** What is known about an instance. */
export interface InspectedInstance extends InstanceId {
  readonly inspectionResults: {
    readonly involvedViews?: readonly ViewReference[];
    readonly involvedContainers?: readonly ContainerReference[];
  };
}

/** What to tell about containers (contract 5.6). */
export interface ContainerInspectOperations {
  /** The views that map a container; of each only the newest version unless `allVersions`. */
  readonly involvedViews?: { readonly allVersions?: boolean };
  /** How many they are, those that the caller may not see included unless `includeUnavailableViews` is false. */
  readonly totalInvolvedViewCount?: { readonly allVersions?: boolean; readonly includeUnavailableViews?: boolean };
}

/** What is known about a container. */
export interface InspectedContainer extends ContainerId {
  readonly inspectionResults: {
    readonly involvedViews?: readonly ViewReference[];
    readonly involvedViewCount?: number;
  };
}
