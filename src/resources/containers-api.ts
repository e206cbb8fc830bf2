import type { HTTPClient, RequestOptions } from "../http/index.js";
import type { Container, ContainerCreate, ContainerId, UsedFor } from "../models/index.js";
import { containerIdsPage, containersPage } from "../models/responses/index.js";
import type { SpaceListOptions } from "./list-options.js";
import { ResourceAPI } from "./resource-api.js";

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
  constructor(http: HTTPClient) {
    super(http, {
      path: "/models/containers",
      items: containersPage,
      deletedIds: containerIdsPage,
      wireId: ({ space, externalId }) => ({ space, externalId }),
    });
  }

  /** Gets containers by id, in the order asked for; unknown ones are left out. */
  async retrieve(ids: readonly ContainerId[], options: RequestOptions = {}): Promise<Container[]> {
    return this.byIds(ids, {}, options);
  }
}
