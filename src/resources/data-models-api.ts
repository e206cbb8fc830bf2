import { InputError } from "../errors/index.js";
import type { HTTPClient, RequestOptions } from "../http/index.js";
import type {
  DataModel,
  DataModelCreate,
  GraphQLRequest,
  GraphQLResponse,
  JsonObject,
  VersionedId,
  VersionedIdentity,
} from "../models/index.js";
import { dataModelsPage, graphQLResponse, type ResponseSchema, versionedIdsPage } from "../models/responses/index.js";
import type { SpaceListOptions } from "./list-options.js";
import { ResourceAPI } from "./resource-api.js";
import type { RetrieveOptions } from "./unknown-ids.js";
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
  readonly #http: HTTPClient;

  constructor(http: HTTPClient) {
    super(http, {
      path: "/models/datamodels",
      items: dataModelsPage,
      deletedIds: versionedIdsPage,
      wireId: wireVersionedId,
    });
    this.#http = http;
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
    options: RetrieveOptions = {},
  ): Promise<DataModel[]> {
    return this.byIds(ids, { inlineViews: args.inlineViews }, options);
  }

  /** Deletes versions of data models, but not their views; every id needs its version. The answer has those that were there. */
  override async delete(ids: readonly VersionedIdentity[], options: RequestOptions = {}): Promise<VersionedIdentity[]> {
    return super.delete(ids, options);
  }

  /**
   * Runs a GraphQL document against one version of a data model (contract 6.8). Problems with the document or with single
   * fields come as `errors`, beside whatever `data` there is: they are not thrown, since an answer may be partly good.
   *
   * A document with the word `mutation` in it is not sent again when its outcome is unknown; others are.
   *
   * @typeParam Data - what the document asks for; it is not checked
   * @throws InputError `INPUT.ID` when a part of the id is missing; ApiError when the service refuses the request whole
   *
   * @example
   * ```ts
   * const { data, errors } = await client.dataModels.query<{ listTurbine: { items: { name: string }[] } }>(
   *   { space: "wind", externalId: "WindFarm", version: "v1" },
   *   { query: "query ($first: Int) { listTurbine(first: $first) { items { name } } }", variables: { first: 10 } },
   * );
   * if (errors) console.warn(errors.map(({ message }) => message));
   * console.log(data?.listTurbine.items);
   * ```
   */
  async query<Data = JsonObject>(
    id: VersionedIdentity,
    request: GraphQLRequest,
    options: RequestOptions = {},
  ): Promise<GraphQLResponse<Data>> {
    const part = (name: keyof VersionedIdentity): string => {
      // Dots alone would lead to another path.
      if (id[name] && !/^\.+$/.test(id[name])) return encodeURIComponent(id[name]);
      throw new InputError("INPUT.ID", `The ${name} of the data model is missing, or none.`, { path: `id.${name}` });
    };
    return this.#http.request({
      ...options,
      method: "POST",
      path: `/userapis/spaces/${part("space")}/datamodels/${part("externalId")}/versions/${part("version")}/graphql`,
      body: request,
      schema: graphQLResponse as ResponseSchema<GraphQLResponse<Data>>,
      idempotent: !/\bmutation\b/.test(request.query),
    });
  }
}
