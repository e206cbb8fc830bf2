import type { Api, Json } from "../api.js";

/** A reference to a container of space `s`. */
export function container(externalId: string): Json {
  return { type: "container", space: "s", externalId };
}

/** A reference to a view of space `s`. */
export function ref(externalId: string, version = "v1"): Json {
  return { type: "view", space: "s", externalId, version };
}

/** A property that maps one of a container of space `s`. */
export function maps(name: string, id: string, rest: Json = {}): Json {
  return { container: container(name), containerPropertyIdentifier: id, ...rest };
}

/** A view of space `s` to create. */
export function view(externalId: string, properties: Json = {}, rest: Json = {}): Json {
  return { space: "s", externalId, version: "v1", properties, ...rest };
}

/** A body of these items. */
export function body(...items: readonly Json[]): Json {
  return { items };
}

/** A type of edges. */
export const type: Json = { space: "s", externalId: "Edge" };

/** A view of space `s` as it is read. */
export async function read(api: Api, externalId: string): Promise<Json> {
  return (await api.ok("/models/views/byids", body({ space: "s", externalId, version: "v1" })))["items"][0];
}
