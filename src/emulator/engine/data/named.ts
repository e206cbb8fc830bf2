import {
  type Container,
  type Filter,
  type InstanceType,
  isListType,
  type PropertyType,
} from "../../../models/index.js";
import { listInstances } from "../instances/index.js";
import type { ProjectState } from "../state.js";

/** The kinds of resources that properties name by their external id. */
export type NamedType = Extract<PropertyType["type"], "timeseries" | "file" | "sequence">;

/**
 * Whether a property of some instance names a resource: then it is one that is elsewhere made by calls that are no part of
 * data modeling, and that comes into being here when it is first written to.
 */
export function isNamed(state: ProjectState, type: NamedType, externalId: string): boolean {
  return [...state.containers.values()].some((container) =>
    Object.entries(container.properties).some(([id, property]) => {
      if (property.type.type !== type) return false;
      const path = [container.space, container.externalId, id];
      const filter: Filter = isListType(property.type)
        ? { containsAny: { property: path, values: [externalId] } }
        : { equals: { property: path, value: externalId } };
      return typesIn(container).some(
        (instanceType) => listInstances(state, { instanceType, filter, limit: 1 }).items.length > 0,
      );
    }),
  );
}

function typesIn({ usedFor }: Container): readonly InstanceType[] {
  if (usedFor === "all") return ["node", "edge"];
  return usedFor === "node" || usedFor === "edge" ? [usedFor] : [];
}
