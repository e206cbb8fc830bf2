import { type HTTPClient, type RequestOptions, runBatch } from "../http/index.js";
import type {
  Container,
  ContainerCreate,
  ContainerId,
  ContainerInspectOperations,
  ContainerPartId,
  InspectedContainer,
  Page,
  UsedFor,
} from "../models/index.js";
import {
  containerIdsPage,
  containerPartsPage,
  containersPage,
  inspectedContainersPage,
  type ResponseSchema,
} from "../models/responses/index.js";
import { checkItems } from "./check-input.js";
import type { SpaceListOptions } from "./list-options.js";
import { ResourceAPI } from "./resource-api.js";
import type { RetrieveOptions } from "./unknown-ids.js";

/** Constraints, indexes or containers to inspect in one request at most (contract 3.4). */
const requestSize = 10;

/** Which containers to list. */
export interface ContainerListOptions extends SpaceListOptions {
  /** Only containers for these. @defaultValue nodes, edges and both */
  readonly usedFor?: readonly UsedFor[];
}

/** Containers (contract 5). Reached as `client.containers`. */
export class ContainersAPI extends ResourceAPI<
  Container,
  ContainerCreate,
  ContainerId,
  ContainerId,
  ContainerListOptions
> {
  readonly #http: HTTPClient;

  constructor(http: HTTPClient) {
    super(http, {
      path: "/models/containers",
      items: containersPage,
      deletedIds: containerIdsPage,
      wireId,
    });
    this.#http = http;
  }

  /** Gets containers by id, in the order asked for; unknown ones are left out. */
  async retrieve(ids: readonly ContainerId[], options: RetrieveOptions = {}): Promise<Container[]> {
    return this.byIds(ids, {}, options);
  }

  /**
   * Deletes constraints of containers (contract 5.5): upserts of containers never remove them. The answer has the ids of
   * those that were there.
   *
   * @throws as `create`
   *
   * @example
   * ```ts
   * await client.containers.deleteConstraints([
   *   { space: "wind", containerExternalId: "Turbine", identifier: "uniqueName" },
   * ]);
   * ```
   */
  async deleteConstraints(ids: readonly ContainerPartId[], options: RequestOptions = {}): Promise<ContainerPartId[]> {
    checkItems(ids, wirePartId);
    return this.#inTens(ids.map(wirePartId), "/constraints/delete", {}, containerPartsPage, options, (id) => id);
  }

  /** Deletes indexes of containers, as `deleteConstraints` does with constraints. */
  async deleteIndexes(ids: readonly ContainerPartId[], options: RequestOptions = {}): Promise<ContainerPartId[]> {
    checkItems(ids, wirePartId);
    return this.#inTens(ids.map(wirePartId), "/indexes/delete", {}, containerPartsPage, options, (id) => id);
  }

  /**
   * Tells which views map containers (contract 5.6).
   *
   * @param operations - what to tell; both, with the newest versions of views, unless given
   */
  async inspect(
    ids: readonly ContainerId[],
    operations: ContainerInspectOperations = { involvedViews: {}, totalInvolvedViewCount: {} },
    options: RequestOptions = {},
  ): Promise<InspectedContainer[]> {
    checkItems(ids, wireId);
    const body = { inspectionOperations: operations };
    return this.#inTens(ids.map(wireId), "/inspect", body, inspectedContainersPage, options);
  }

  /** Sends items by tens, one request after the other; with `idOf`, as a write whose failure is accounted for. */
  async #inTens<Item, Result>(
    items: readonly Item[],
    path: string,
    body: object,
    schema: ResponseSchema<Page<Result>>,
    options: RequestOptions,
    idOf?: (item: Item) => unknown,
  ): Promise<Result[]> {
    return runBatch<Item, Result>({
      stages: [items],
      size: requestSize,
      concurrency: 1,
      idOf,
      signal: options.signal,
      send: async (chunk) => {
        const request = { ...options, method: "POST", path: `/models/containers${path}`, schema } as const;
        return (await this.#http.request({ ...request, body: { ...body, items: chunk } })).items;
      },
    });
  }
}

function wireId({ space, externalId }: ContainerId): { readonly space: string; readonly externalId: string } {
  return { space, externalId };
}

function wirePartId({ space, containerExternalId, identifier }: ContainerPartId): ContainerPartId {
  return { space, containerExternalId, identifier };
}
