import type { PropertyDescriptor, ViewDescriptor } from "../ir/index.js";

/** A property by its id in CDF. */
export function propertyById(view: ViewDescriptor, id: string): PropertyDescriptor | undefined {
  const found = Object.entries(view.properties).find(([name, property]) => (property.id ?? name) === id);
  return found?.[1];
}
