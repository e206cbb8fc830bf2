import type { PygenClient } from "../src/client/index.js";
import { QueryError } from "../src/errors/index.js";
import type { InstanceId, JsonObject, NodeReference, VersionedIdentity } from "../src/models/index.js";
import {
  boundView,
  type CallOptions,
  optionsOf,
  type UntypedArgs,
  type UntypedBound,
  type UntypedViewApi,
  type WrittenItem,
} from "../src/runtime/index.js";
import { callOptions, defined, inSpace, several } from "./arguments.js";
import { type WarningSink, warnOnce } from "./deprecation.js";
import { graphqlItems } from "./graphql/graphql-items.js";
import { type GraphQLList, graphqlList } from "./graphql/graphql-list.js";
import { withoutVersions } from "./without-versions.js";

/** What was written, nodes and edges apart (K2). */
export interface ResourcesWriteResult {
  readonly nodes: readonly WrittenItem[];
  readonly edges: readonly WrittenItem[];
}

/** Options of v1's `upsert`. */
export interface UpsertArgs extends CallOptions {
  /** Whether what is left out of an item is cleared. @defaultValue false */
  readonly replace?: boolean;
  /** Writes also over newer versions than those that were read. @defaultValue false */
  readonly allowVersionIncrease?: boolean;
}

/** What was really deleted, nodes and edges apart; edges that went with their nodes are not among them (K4). */
export interface InstancesDeleteResult {
  readonly nodes: readonly NodeReference[];
  readonly edges: readonly NodeReference[];
}

/** What v1's `delete` takes besides what is deleted. */
export interface DeleteArgs extends CallOptions {
  /** The space of ids that are strings. @defaultValue that of the SDK */
  readonly space?: string;
}

/** v1's calls over all views. */
export interface ClientCalls<Items, Id> {
  /**
   * Writes instances of any views, with those nested in them, and makes the nodes that edges begin or end in.
   *
   * @param items - by view, since plain objects do not tell of which they are
   * @deprecated `upsert(items, { mode })` of the generated SDK
   */
  upsert(items: Items, args?: UpsertArgs): Promise<ResourcesWriteResult>;
  /**
   * Deletes nodes of any views, with their edges; unknown ones are passed over.
   *
   * @deprecated `delete(ids)` of a view of the generated SDK
   */
  delete(ids: Id | readonly Id[], args?: DeleteArgs): Promise<InstancesDeleteResult>;
  /**
   * Deletes items with all that is nested in them: the nodes and edges that `upsert` would write of them. Ids in them stay.
   *
   * @param items - by view, as `upsert` takes them, and as `asWrite()` gives them
   * @deprecated `delete(ids, { recursive })` of a view of the generated SDK, which names what goes too
   */
  delete(items: Items, args?: CallOptions): Promise<InstancesDeleteResult>;
  /**
   * Asks in GraphQL, and gives what the first field of the answer holds; `asWrite()` of it makes items of the rows.
   *
   * @throws QueryError `QUERY.NO_DATA_MODEL` unless `legacyClient` was told the data model, `QUERY.GRAPHQL` for what the service
   *   could not answer
   * @deprecated `client.dataModels.query(id, { query, variables })`
   */
  graphqlQuery<Row = JsonObject>(query: string, variables?: JsonObject): Promise<GraphQLList<Row, Items>>;
}

type Items = Readonly<Record<string, readonly UntypedArgs[]>>;
type AnyId = string | NodeReference;

/** v1's calls over all views of an SDK. */
export class SdkCalls implements ClientCalls<Items, AnyId> {
  readonly #sdk: UntypedBound;
  readonly #dataModel: VersionedIdentity | undefined;
  readonly #sink: WarningSink;

  constructor(sdk: UntypedBound, dataModel: VersionedIdentity | undefined, sink: WarningSink) {
    this.#sdk = sdk;
    this.#dataModel = dataModel;
    this.#sink = sink;
  }

  async upsert(items: Items, args: UpsertArgs = {}): Promise<ResourcesWriteResult> {
    warnOnce(this.#sink, "upsert()", "upsert(items, { mode }) of the generated SDK");
    const options = optionsOf(args, "upsert()", ["replace", "allowVersionIncrease", "signal", "timeout"]);
    const written = options["allowVersionIncrease"] === true ? this.#withoutVersions(items) : items;
    const result = await this.#sdk.upsert(written, {
      mode: options["replace"] === true ? "replace" : "update",
      autoCreateStartNodes: true,
      autoCreateEndNodes: true,
      ...callOptions(args),
    });
    const of = (kind: "node" | "edge") => result.items.filter(({ instanceType }) => instanceType === kind);
    return { nodes: of("node"), edges: of("edge") };
  }

  async delete(target: AnyId | readonly AnyId[] | Items, args: DeleteArgs = {}): Promise<InstancesDeleteResult> {
    if (isItems(target)) return this.#deleteItems(target, args);
    warnOnce(this.#sink, "delete()", "delete(ids) of a view of the generated SDK");
    const { space } = optionsOf(args, "delete()", ["space", "signal", "timeout"]);
    const { deleted } = await this.#nodes().delete(inSpace(several<AnyId>(target), space), callOptions(args));
    return { nodes: deleted, edges: [] };
  }

  async #deleteItems(items: Items, args: CallOptions): Promise<InstancesDeleteResult> {
    warnOnce(this.#sink, "delete() of items", "delete(ids, { recursive }) of a view of the generated SDK");
    optionsOf(args, "delete() of items", ["signal", "timeout"]);
    const options = callOptions(args);
    const { items: planned } = await this.#sdk.upsert(items, { dryRun: true, ...options });
    const ids = planned.map(({ instanceType, space, externalId }) => ({ instanceType, space, externalId }));
    const deleted = await this.#client("delete()").instances.delete(ids, options);
    return { nodes: referencesOf("node", deleted), edges: referencesOf("edge", deleted) };
  }

  async graphqlQuery<Row = JsonObject>(query: string, variables?: JsonObject): Promise<GraphQLList<Row, Items>> {
    warnOnce(this.#sink, "graphqlQuery()", "client.dataModels.query(id, { query, variables })");
    if (this.#dataModel === undefined) {
      throw new QueryError("QUERY.NO_DATA_MODEL", "graphqlQuery() does not know of which data model.", {
        hint: "Say so: legacyClient(sdk, { dataModel: { space, externalId, version } }).",
      });
    }
    const { dataModels } = this.#client("graphqlQuery()");
    const answer = await dataModels.query(this.#dataModel, { query, ...defined({ variables }) });
    return graphqlList(answer, (rows: readonly Row[]) => graphqlItems(rows, this.#sdk));
  }

  /** The client that the views are bound to. */
  #client(call: string): PygenClient {
    return boundView(Object.values<UntypedViewApi>(this.#sdk)[0], call).client;
  }

  /** The handle of any view for nodes. */
  #nodes(): UntypedViewApi {
    const handles = Object.values<UntypedViewApi>(this.#sdk);
    const found = handles.find(({ view }) => view.instanceType === "node");
    if (found !== undefined) return found;
    throw new QueryError("QUERY.UNBOUND_VIEW", "No view for nodes is bound.", { hint: "Give one to bind()." });
  }

  #withoutVersions(items: Items): Items {
    return Object.fromEntries(
      Object.entries(items).map(([name, given]) => {
        const { view, scope } = boundView(this.#sdk[name], `The SDK's '${name}'`);
        return [name, given.map((item) => withoutVersions(item, view, scope.registry))];
      }),
    );
  }
}

/** Whether these are items by view, and not ids: a single id has texts where they have lists. */
function isItems(target: AnyId | readonly AnyId[] | Items): target is Items {
  return typeof target === "object" && !Array.isArray(target) && Object.values(target).every(Array.isArray);
}

function referencesOf(kind: InstanceId["instanceType"], ids: readonly InstanceId[]): NodeReference[] {
  return ids
    .filter(({ instanceType }) => instanceType === kind)
    .map(({ space, externalId }) => ({ space, externalId }));
}
