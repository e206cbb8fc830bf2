import { badRequest } from "../fault.js";
import type { ProjectState } from "../state.js";

/** Refuses spaces that do not exist, all of them in one message (contract 2.3). */
export function checkSpacesExist(state: ProjectState, spaces: Iterable<string>): void {
  const missing = [...new Set(spaces)].filter((space) => !state.spaces.has(space));
  if (missing.length > 0) {
    throw badRequest(`One or more spaces do not exist: ${missing.map((space) => `'${space}'`).join(", ")}`);
  }
}

/** Refuses spaces that users may not write to: those of the system (contract 4). */
export function checkSpacesWritable(state: ProjectState, spaces: Iterable<string>, system: boolean): void {
  checkSpacesExist(state, spaces);
  if (system) return;
  for (const space of spaces) {
    if (state.spaces.get(space)?.isGlobal === true) {
      throw badRequest(`Cannot write to space '${space}': it is a system space, which only the service may change`);
    }
  }
}
