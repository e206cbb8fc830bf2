import type {
  ContainerReference,
  InspectedInstance,
  InstanceId,
  InstanceInspectOperations,
} from "../../../models/index.js";
import { mappingViews } from "../involved-views.js";
import { instanceKey, type ProjectState, type StoredInstance } from "../state.js";

/**
 * Tells of instances as `POST /models/instances/inspect` does (contract 7.6): the views whose containers all hold data
 * of them, and the containers that do. Unknown ones are left out.
 */
export function inspectInstances(
  state: ProjectState,
  {
    items,
    inspectionOperations: { involvedViews, involvedContainers },
  }: { readonly items: readonly InstanceId[]; readonly inspectionOperations: InstanceInspectOperations },
): { readonly items: readonly InspectedInstance[] } {
  const views = involvedViews && mappingViews(state, involvedViews.allVersions === true);
  const asked = new Map(items.map((id) => [`${id.instanceType}:${instanceKey(id)}`, id]));
  return {
    items: [...asked.values()].flatMap(({ instanceType, space, externalId }) => {
      const instance = state.instances.get({ space, externalId });
      if (instance?.instanceType !== instanceType) return [];
      const shown = views?.filter(({ containers }) => containers.every((key) => instance.rows.has(key)));
      const inspectionResults = {
        ...(shown ? { involvedViews: shown.map(({ reference }) => reference) } : {}),
        ...(involvedContainers ? { involvedContainers: containersOf(state, instance) } : {}),
      };
      return [{ instanceType, space, externalId, inspectionResults }];
    }),
  };
}

function containersOf(state: ProjectState, { rows }: StoredInstance): readonly ContainerReference[] {
  return rows
    .keys()
    .flatMap((key) => state.containers.get(key) ?? [])
    .map(({ space, externalId }) => ({ type: "container", space, externalId }));
}
