import { ModelError } from "../errors/index.js";
import type {
  ContainerCreate,
  DataModelCreate,
  EdgeWrite,
  InstanceWrite,
  NodeWrite,
  SpaceCreate,
  ViewCreate,
} from "../models/index.js";
import {
  checkRequest,
  containerCreate,
  dataModelCreate,
  instancesUpsertBody,
  type RequestSchema,
  spaceCreate,
  viewCreate,
} from "../models/requests/index.js";
import { upsertContainers } from "./engine/containers.js";
import { upsertDataModels } from "./engine/data-models.js";
import { badRequest, Fault } from "./engine/fault.js";
import { applyInstances } from "./engine/instances/index.js";
import type { WriteOptions } from "./engine/resource.js";
import { upsertSpaces } from "./engine/spaces.js";
import type { ProjectState } from "./engine/state.js";
import { upsertViews } from "./engine/views.js";

/** What {@link Emulator.load} takes: resources in create form, in any number. */
export interface LoadModel {
  readonly spaces?: readonly SpaceCreate[];
  readonly containers?: readonly ContainerCreate[];
  readonly views?: readonly ViewCreate[];
  readonly dataModels?: readonly DataModelCreate[];
  readonly instances?: { readonly nodes?: readonly NodeWrite[]; readonly edges?: readonly EdgeWrite[] };
}

/** Lists in the same places, of whatever it may be. */
type Unchecked<T> = T extends readonly unknown[] ? readonly unknown[] : { readonly [K in keyof T]: Unchecked<T[K]> };

/** A {@link LoadModel} that nobody has looked at: the schemas of the calls check it, as they check what clients send. */
export type UncheckedModel = Unchecked<LoadModel>;

/**
 * Puts a model into a project: its schema all or none, then its instances all or none. Nodes that
 * relations and edges point at are created where they are missing.
 *
 * @param global - marks all of it as the system's, which lets it into system spaces too
 * @throws ModelError `MODEL.REFUSED` with the first reason; the project's schema and instances are as before
 */
export function loadModel(state: ProjectState, model: LoadModel, global: boolean): void {
  try {
    applyModel(state, model, global ? { system: true } : {});
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    throw new ModelError("MODEL.REFUSED", `The emulator refused the model: ${error.message}`, [], {
      hint: "Load the models it depends on first, and check the part that the message names.",
    });
  }
}

/**
 * As {@link loadModel}, for a call.
 *
 * @throws Fault 400 with the first reason
 */
export function applyModel(state: ProjectState, model: UncheckedModel, options: WriteOptions): void {
  const restore = snapshot(state);
  try {
    loadSchema(state, model, options);
    loadInstances(state, model, options);
  } catch (error) {
    restore();
    throw error;
  }
}

function loadSchema(state: ProjectState, model: UncheckedModel, options: WriteOptions): void {
  upsertSpaces(state, checked("spaces", spaceCreate, model.spaces), options);
  upsertContainers(state, checked("containers", containerCreate, model.containers), options);
  upsertViews(state, checked("views", viewCreate, model.views), options);
  upsertDataModels(state, checked("dataModels", dataModelCreate, model.dataModels), options);
}

function loadInstances(state: ProjectState, { instances }: UncheckedModel, options: WriteOptions): void {
  const nodes = instancesIn("nodes", instances?.nodes);
  const edges = instancesIn("edges", instances?.edges);
  if (nodes.length + edges.length === 0) return;
  const create = { autoCreateDirectRelations: true, autoCreateStartNodes: true, autoCreateEndNodes: true };
  applyInstances(state, { items: [...nodes, ...edges], ...create }, options);
}

function instancesIn(name: "nodes" | "edges", writes: readonly unknown[] = []): readonly InstanceWrite[] {
  return writes.flatMap((write, index) => {
    const result = checkRequest(instancesUpsertBody, { items: [write] });
    if (!result.ok) throw badRequest(`instances.${name}[${index}]: ${result.message}`);
    return result.value.items;
  });
}

/** The items as their schema reads them: a load knows no limit on their number. */
function checked<T>(
  name: string,
  schema: RequestSchema<T>,
  items: readonly unknown[] = [],
): { readonly items: readonly T[] } {
  return {
    items: items.map((item, index) => {
      const result = checkRequest(schema, item);
      if (!result.ok) throw badRequest(`${name}[${index}]: ${result.message}`);
      return result.value;
    }),
  };
}

/** Remembers the schema; gives what puts it back. */
function snapshot(state: ProjectState): () => void {
  const stores = [state.spaces, state.containers, state.views, state.dataModels].map(remember);
  return () => {
    for (const restore of stores) restore();
    state.schemaVersion += 1;
  };
}

function remember<T>(store: Map<string, T>): () => void {
  const before = [...store];
  return () => {
    store.clear();
    for (const [key, resource] of before) store.set(key, resource);
  };
}
