import { upsertSpaces } from "../../../src/emulator/engine/spaces.js";
import { emptyState, type ProjectState } from "../../../src/emulator/engine/state.js";
import type {
  ContainerCreate,
  ContainerPropertyCreate,
  ViewCreate,
  ViewPropertyCreate,
} from "../../../src/models/index.js";

/** A project whose clock moves by one with every look at it, with space `s`. */
export function project(): ProjectState {
  let time = 1000;
  const state = emptyState(() => {
    time += 1;
    return time;
  });
  upsertSpaces(state, { items: [{ space: "s" }] });
  return state;
}

/** A container of space `s`. */
export function container(
  externalId: string,
  properties: Readonly<Record<string, ContainerPropertyCreate>>,
  rest: Partial<ContainerCreate> = {},
): ContainerCreate {
  return { space: "s", externalId, properties, ...rest };
}

/** A view of space `s`, version `v1`. */
export function view(
  externalId: string,
  properties: Readonly<Record<string, ViewPropertyCreate>> = {},
  rest: Partial<ViewCreate> = {},
): ViewCreate {
  return { space: "s", externalId, version: "v1", properties, ...rest };
}

/** A property that maps one of a container of space `s`. */
export function maps(containerId: string, containerPropertyIdentifier: string): ViewPropertyCreate {
  return { container: { type: "container", space: "s", externalId: containerId }, containerPropertyIdentifier };
}

/** A reference to version `v1` of a view of space `s`. */
export function ref(externalId: string): { type: "view"; space: string; externalId: string; version: string } {
  return { type: "view", space: "s", externalId, version: "v1" };
}

export const TEXT: ContainerPropertyCreate = { type: { type: "text" } };
