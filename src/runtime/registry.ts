import type { PropertyDescriptor, ViewDescriptor } from "../ir/index.js";
import { formatVersionedId } from "../models/index.js";

/** The views that a binding knows, found by id. Related views are named by id, so a missing one is nothing wrong. */
export class Registry {
  readonly #views: ReadonlyMap<string, ViewDescriptor>;

  constructor(views: Iterable<ViewDescriptor>) {
    this.#views = new Map([...views].map((view) => [`${view.instanceType}:${formatVersionedId(view)}`, view]));
  }

  /** The view that reads nodes. */
  node(id: string | undefined): ViewDescriptor | undefined {
    return this.#views.get(`node:${id}`);
  }

  /** Ids of the views that read nodes. */
  get nodeIds(): string[] {
    return [...this.#views.keys()].flatMap((key) => (key.startsWith("node:") ? [key.slice("node:".length)] : []));
  }

  /** The view that reads edges. */
  edge(id: string | undefined): ViewDescriptor | undefined {
    return this.#views.get(`edge:${id}`);
  }

  /** The view that reads either kind. */
  of(instanceType: "node" | "edge", id: string | undefined): ViewDescriptor | undefined {
    return instanceType === "edge" ? this.edge(id) : this.node(id);
  }
}

/** A property by its name in TypeScript; names such as `constructor` are names like others. */
export function propertyOf(view: ViewDescriptor, name: string): PropertyDescriptor | undefined {
  return Object.hasOwn(view.properties, name) ? view.properties[name] : undefined;
}

/** CDF's id of a property. */
export function propertyId(view: ViewDescriptor, name: string): string {
  return propertyOf(view, name)?.id ?? name;
}

/** Whether a property holds values or direct relations, which are stored on the instance itself. */
export function isStored(
  property: PropertyDescriptor,
): property is Exclude<PropertyDescriptor, { readonly type: "reverse" | "edge" }> {
  return property.type !== "reverse" && property.type !== "edge";
}

/** Names of the properties that are read when nothing is selected. */
export function storedNames(view: ViewDescriptor): string[] {
  return Object.entries(view.properties).flatMap(([name, property]) => (isStored(property) ? [name] : []));
}
