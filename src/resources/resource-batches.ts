import { type HTTPClient, type QueryParameters, type RequestOptions, runBatch } from "../http/index.js";
import type { ResourceDefinition } from "./resource-definition.js";
import { type RetrieveOptions, refuseUnknown } from "./unknown-ids.js";

/** Items of one request to a schema resource at most (contract 3.4). */
const requestSize = 100;

/** Creates items, as `create` of a resource says. */
export async function createItems<Item, Create, Id, DeletedId>(
  http: HTTPClient,
  { path, items: schema, wireId }: ResourceDefinition<Item, Create, Id, DeletedId>,
  items: readonly Create[],
  options: RequestOptions,
): Promise<Item[]> {
  return runBatch<Create, Item>({
    stages: [items],
    size: requestSize,
    concurrency: 1,
    idOf: wireId,
    signal: options.signal,
    send: async (chunk) =>
      (await http.request({ ...options, method: "POST", path, body: { items: chunk }, schema })).items,
  });
}

/** Deletes items, as `delete` of a resource says. */
export async function deleteItems<Item, Create, Id, DeletedId>(
  http: HTTPClient,
  { path, deletedIds: schema, wireId }: ResourceDefinition<Item, Create, Id, DeletedId>,
  ids: readonly Id[],
  options: RequestOptions,
): Promise<DeletedId[]> {
  return runBatch<Id, DeletedId>({
    stages: [ids],
    size: requestSize,
    concurrency: 1,
    idOf: wireId,
    signal: options.signal,
    send: async (chunk) => {
      const body = { items: chunk.map(wireId) };
      return (await http.request({ ...options, method: "POST", path: `${path}/delete`, body, schema })).items;
    },
  });
}

/** Gets items by id, in the order of the ids; unknown ids are left out unless the options say otherwise. */
export async function itemsByIds<Item, Create, Id, DeletedId>(
  http: HTTPClient,
  { path, items: schema, wireId }: ResourceDefinition<Item, Create, Id, DeletedId>,
  ids: readonly Id[],
  query: QueryParameters,
  options: RetrieveOptions,
): Promise<Item[]> {
  const wire = new Map(ids.map((id) => [JSON.stringify(wireId(id)), wireId(id)]));
  const found = await runBatch<Readonly<Record<string, string>>, Item>({
    stages: byFields([...wire.values()]),
    size: requestSize,
    concurrency: http.concurrency("schema"),
    signal: options.signal,
    send: async (chunk) => {
      const request = {
        ...options,
        method: "POST",
        path: `${path}/byids`,
        query,
        body: { items: chunk },
        schema,
      } as const;
      return (await http.request(request)).items;
    },
  });
  refuseUnknown(options, wire, found, (item) => keysOf(wireId(item)));
  return inOrder(found, [...wire.keys()], wireId);
}

/** Ids with a version apart from those without, which the service takes only in requests of their own (contract 6.3). */
function byFields(ids: readonly Readonly<Record<string, string>>[]): Readonly<Record<string, string>>[][] {
  const versioned = ids.filter((id) => "version" in id);
  return [versioned, ids.filter((id) => !("version" in id))].filter((group) => group.length > 0);
}

/** Sorts items as their ids were asked for. An id without a version stands for all versions. */
function inOrder<Item>(
  items: readonly Item[],
  keys: readonly string[],
  wireId: (item: Item) => Readonly<Record<string, string>>,
): Item[] {
  const ranks = new Map(keys.map((key, rank) => [key, rank]));
  const rankOf = (item: Item): number => {
    const [key, unversioned] = keysOf(wireId(item));
    return ranks.get(key) ?? ranks.get(unversioned) ?? keys.length;
  };
  const ranked = items.map((item) => ({ item, rank: rankOf(item) }));
  return ranked.sort((a, b) => a.rank - b.rank).map(({ item }) => item);
}

/** What an item may have been asked for as: with its version, and without. */
function keysOf(id: Readonly<Record<string, string>>): readonly [string, string] {
  const { version: _version, ...unversioned } = id;
  return [JSON.stringify(id), JSON.stringify(unversioned)];
}
