import type { Api, Json } from "../api.js";

/** A property that holds text. */
export const TEXT: Json = { type: { type: "text" } };

/** A body with one container of space `s`, of one text property unless `parts` says otherwise. */
export function body(externalId: string, parts: Json = {}): Json {
  return { items: [{ space: "s", externalId, properties: { p: TEXT }, ...parts }] };
}

/** A body with one container of one property. */
export function property(externalId: string, facts: Json): Json {
  return body(externalId, { properties: { p: facts } });
}

/** A body that names containers of space `s`. */
export function ids(...names: readonly string[]): Json {
  return { items: names.map((externalId) => ({ space: "s", externalId })) };
}

/** A reference to a container of space `s`. */
export function reference(externalId: string): Json {
  return { type: "container", space: "s", externalId };
}

/** So many entries with the same value. */
export function numbered(count: number, value: unknown): Json {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, value]));
}

/** A container of space `s` as it is read. */
export async function read(api: Api, name: string): Promise<Json> {
  return (await api.ok("/models/containers/byids", ids(name)))["items"][0];
}
