import type { HTTPClient, RequestOptions } from "../http/index.js";
import type { VersionedId, VersionedIdentity, View, ViewCreate } from "../models/index.js";
import { versionedIdsPage, viewsPage } from "../models/responses/index.js";
import type { SpaceListOptions } from "./list-options.js";
import { ResourceAPI } from "./resource-api.js";
import type { RetrieveOptions } from "./unknown-ids.js";
import { wireVersionedId } from "./versioned-id.js";

/** How views are given. */
export interface ViewRetrieveOptions {
  /** With the properties of the views they implement. @defaultValue true */
  readonly includeInheritedProperties?: boolean;
}

/** Which views to list. */
export interface ViewListOptions extends SpaceListOptions, ViewRetrieveOptions {
  /** Every version, not only the newest of each view. @defaultValue false */
  readonly allVersions?: boolean;
}

/** Views (contract 6). Reached as `client.views`. */
export class ViewsAPI extends ResourceAPI<View, ViewCreate, VersionedId, VersionedIdentity, ViewListOptions> {
  constructor(http: HTTPClient) {
    super(http, { path: "/models/views", items: viewsPage, deletedIds: versionedIdsPage, wireId: wireVersionedId });
  }

  /**
   * Gets views by id, in the order asked for; unknown ones are left out. An id without a version gives every version.
   *
   * @example
   * ```ts
   * const own = await client.views.retrieve([{ space: "wind", externalId: "Turbine", version: "v1" }], {
   *   includeInheritedProperties: false,
   * });
   * ```
   */
  async retrieve(
    ids: readonly VersionedId[],
    args: ViewRetrieveOptions = {},
    options: RetrieveOptions = {},
  ): Promise<View[]> {
    return this.byIds(ids, { includeInheritedProperties: args.includeInheritedProperties }, options);
  }

  /**
   * Deletes versions of views; every id needs its version (contract 6.3). The answer has those that were there.
   */
  override async delete(ids: readonly VersionedIdentity[], options: RequestOptions = {}): Promise<VersionedIdentity[]> {
    return super.delete(ids, options);
  }
}
