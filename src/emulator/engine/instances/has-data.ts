import type { ViewReference } from "../../../models/index.js";
import { badRequest } from "../fault.js";
import { resolveView } from "../resolve.js";
import { type ProjectState, rowKey } from "../state.js";
import { viewName } from "./names.js";

/**
 * The keys of all containers that a view maps.
 *
 * @throws {@link Fault} 400 when there is no such view.
 */
export function mappedKeys(state: ProjectState, view: ViewReference): readonly string[] {
  const form = resolveView(state, view);
  if (!form) throw badRequest(`One or more views do not exist: '${viewName(view)}'`);
  return form.mappedContainers.map((container) => rowKey(state, container));
}
