import type { HTTPClient } from "../http/index.js";
import type { Space, SpaceCreate, SpaceId } from "../models/index.js";
import { spaceIdsPage, spacesPage } from "../models/responses/index.js";
import type { ListOptions } from "./list-options.js";
import { ResourceAPI } from "./resource-api.js";
import type { RetrieveOptions } from "./unknown-ids.js";

/** Spaces (contract 4.1). Reached as `client.spaces`. */
export class SpacesAPI extends ResourceAPI<Space, SpaceCreate, string | SpaceId, SpaceId, ListOptions> {
  constructor(http: HTTPClient) {
    super(http, {
      path: "/models/spaces",
      items: spacesPage,
      deletedIds: spaceIdsPage,
      wireId: (id) => ({ space: typeof id === "string" ? id : id.space }),
    });
  }

  /**
   * Gets spaces by name, in the order asked for; unknown ones are left out.
   *
   * @example
   * ```ts
   * const [wind] = await client.spaces.retrieve(["wind"]);
   * ```
   */
  async retrieve(ids: readonly (string | SpaceId)[], options: RetrieveOptions = {}): Promise<Space[]> {
    return this.byIds(ids, {}, options);
  }
}
