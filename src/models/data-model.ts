import type { ViewReference } from "./reference.js";
import type { ServerFacts } from "./space.js";
import type { View, ViewCreate } from "./view.js";

/** A data model as one creates it: views by reference or whole (contract 6.7). */
export interface DataModelCreate {
  readonly space: string;
  readonly externalId: string;
  readonly version: string;
  readonly name?: string;
  readonly description?: string;
  readonly views?: readonly (ViewReference | ViewCreate)[];
}

/** A data model as the service returns it; views are whole when they were asked for inline. */
export interface DataModel extends ServerFacts {
  readonly space: string;
  readonly externalId: string;
  readonly version: string;
  readonly name?: string;
  readonly description?: string;
  readonly views?: readonly (ViewReference | View)[];
}

/** Tells a reference to a view from a whole one. */
export function isViewReference(view: ViewReference | View | ViewCreate): view is ViewReference {
  return "type" in view && view.type === "view";
}
