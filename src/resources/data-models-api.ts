import type { HTTPClient, RequestOptions } from "../http/index.js";
import type { DataModel, DataModelCreate, VersionedId, VersionedIdentity } from "../models/index.js";
import { dataModelsPage, versionedIdsPage } from "../models/responses/index.js";
import type { SpaceListOptions } from "./list-options.js";
import { ResourceAPI } from "./resource-api.js";
import { wireVersionedId } from "./versioned-id.js";

/** How data models are given. */
export interface DataModelRetrieveOptions {
  /** With their views whole instead of references. @defaultValue false */
  readonly inlineViews?: boolean;
}

/** Which data models to list. */
export interface DataModelListOptions extends SpaceListOptions, DataModelRetrieveOptions {
  /** Every version, not only the newest of each model. @defaultValue false */
  readonly allVersions?: boolean;
}

/** Data models (contract 6.7). Reached as `client.dataModels`. */
export class DataModelsAPI extends ResourceAPI<
  DataModel,
  DataModelCreate,
  VersionedId,
  VersionedIdentity,
  DataModelListOptions
> {
  constructor(http: HTTPClient) {
    super(http, {
      path: "/models/datamodels",
      items: dataModelsPage,
      deletedIds: versionedIdsPage,
      wireId: wireVersionedId,
    });
  }

  /**
   * Gets data models by id, in the order asked for; unknown ones are left out. An id without a version gives every version.
   *
   * @example
   * ```ts
   * const id = { space: "wind", externalId: "WindFarm", version: "v1" };
   * const [model] = await client.dataModels.retrieve([id], { inlineViews: true });
   * ```
   */
  async retrieve(
    ids: readonly VersionedId[],
    args: DataModelRetrieveOptions = {},
    options: RequestOptions = {},
  ): Promise<DataModel[]> {
    return this.byIds(ids, { inlineViews: args.inlineViews }, options);
  }

  /** Deletes versions of data models, but not their views; every id needs its version. The answer has those that were there. */
  override async delete(ids: readonly VersionedIdentity[], options: RequestOptions = {}): Promise<VersionedIdentity[]> {
    return super.delete(ids, options);
  }
}
