import { isRecord } from "../../models/index.js";

/** What a request names may be anything until it is checked; what has another form than expected names nothing. */

/** The objects in a list of a request. */
export function objectsIn(body: unknown, list: string): readonly Record<string, unknown>[] {
  const items = isRecord(body) ? body[list] : undefined;
  return Array.isArray(items) ? items.filter(isRecord) : [];
}

/** The spaces that objects say they are in. */
export function spacesOf(objects: readonly Record<string, unknown>[]): readonly string[] {
  return objects.flatMap(({ space }) => (typeof space === "string" ? [space] : []));
}

/** The spaces of all resources that parts of a request name, at any depth. */
export function spacesWithin(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(spacesWithin);
  if (!isRecord(value)) return [];
  return [...spacesOf([value]), ...Object.values(value).flatMap(spacesWithin)];
}

/** Where filters and sorts name properties, as `[space, source, property]`. */
const PATHS: ReadonlySet<string> = new Set(["property", "scope", "startProperty", "endProperty"]);

/** The spaces of the views and containers that a request for instances names: in sources, relations and filters. */
export function schemaSpacesWithin(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(schemaSpacesWithin);
  if (!isRecord(value)) return [];
  const isSource = value["type"] === "view" || value["type"] === "container";
  return [
    ...(isSource ? spacesOf([value]) : []),
    ...Object.entries(value).flatMap(([key, part]) => (PATHS.has(key) ? pathSpace(part) : schemaSpacesWithin(part))),
  ];
}

function pathSpace(path: unknown): readonly string[] {
  if (!Array.isArray(path)) return schemaSpacesWithin(path);
  return path.length === 3 && typeof path[0] === "string" ? [path[0]] : [];
}

/** What names a node. */
interface NodeName {
  readonly space: string;
  readonly externalId: string;
}

/** The nodes that a request to write instances may make because what it writes names them (contract 7.2.11-7.2.13). */
export function nodesMade(body: unknown): readonly NodeName[] {
  const { autoCreateDirectRelations, autoCreateStartNodes, autoCreateEndNodes } = isRecord(body) ? body : {};
  return objectsIn(body, "items").flatMap((item) => [
    ...(autoCreateDirectRelations === false ? [] : relationsOf(item)),
    ...(autoCreateStartNodes === true ? nameOf(item["startNode"]) : []),
    ...(autoCreateEndNodes === true ? nameOf(item["endNode"]) : []),
  ]);
}

function relationsOf(item: Record<string, unknown>): readonly NodeName[] {
  const rows = objectsIn(item, "sources").flatMap(({ properties }) => (isRecord(properties) ? [properties] : []));
  return rows.flatMap((row) => Object.values(row).flat()).flatMap(nameOf);
}

function nameOf(value: unknown): readonly NodeName[] {
  if (!isRecord(value) || Object.keys(value).length !== 2) return [];
  const { space, externalId } = value;
  return typeof space === "string" && typeof externalId === "string" ? [{ space, externalId }] : [];
}
