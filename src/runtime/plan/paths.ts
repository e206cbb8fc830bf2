import type { ViewDescriptor } from "../../ir/index.js";
import {
  type Filter,
  type InstanceType,
  type PropertyPath,
  type VersionedIdentity,
  viewReference,
} from "../../models/index.js";
import { propertyId } from "../registry.js";

/** A view's property as filters name it, by the property's name in TypeScript. */
export function pathOf(view: ViewDescriptor, name: string): PropertyPath {
  return viewPath(view, propertyId(view, name));
}

/** A view's property as filters name it, by the property's id in CDF. */
export function viewPath(view: VersionedIdentity, id: string): PropertyPath {
  return [view.space, `${view.externalId}/${view.version}`, id];
}

/** What every instance has, as filters name it. */
export function factPath(instanceType: InstanceType, fact: string): PropertyPath {
  return [instanceType, fact];
}

/** The id of a facts key: `$createdTime` to `createdTime`. */
export function factOf(name: string): string {
  return name.startsWith("$") ? name.slice(1) : name;
}

/** Which instances are in a view: its own filter, else those with data in all its containers (contract 6.5). */
export function membership(view: ViewDescriptor): Filter {
  return view.filter ?? { hasData: [viewReference(view)] };
}

/** All of the filters; `undefined` when there are none. */
export function allOf(...filters: readonly (Filter | undefined)[]): Filter | undefined {
  const flat = filters.flatMap((filter) => (filter === undefined ? [] : "and" in filter ? filter.and : [filter]));
  return flat.length > 1 ? { and: flat } : flat[0];
}
