import { isListType, isMapped, type JsonValue, type PropertyPath, type PropertyType } from "../../../models/index.js";
import { badRequest } from "../fault.js";
import { resolveView } from "../resolve.js";
import { containerKey, type ProjectState, type StoredInstance } from "../state.js";
import { type Kind, kindOf } from "./compare.js";
import { containerName, viewName } from "./names.js";

/** A property that a filter or sort names, found. */
export interface Property {
  /** In messages. */
  readonly name: string;
  /** `instant` is that of the service's own times, in milliseconds since 1970. */
  readonly type: PropertyType | { readonly type: "instant" };
  readonly kind: Kind;
  readonly list: boolean;
  /** The container that instances with a value have a row in; none for the instances' own facts. */
  readonly containerKey: string | undefined;
  /** Its id there. */
  readonly containerProperty: string | undefined;
  readonly read: (instance: StoredInstance) => JsonValue | undefined;
}

type BaseReader = readonly [type: "text" | "int64" | "instant" | "direct", read: Property["read"]];

const reference = (id: StoredInstance["type"]): JsonValue | undefined =>
  id && { space: id.space, externalId: id.externalId };

const NODE_FACTS: readonly (readonly [string, BaseReader])[] = [
  ["instanceType", ["text", (instance) => instance.instanceType]],
  ["version", ["int64", (instance) => instance.version]],
  ["space", ["text", (instance) => instance.space]],
  ["externalId", ["text", (instance) => instance.externalId]],
  ["type", ["direct", (instance) => reference(instance.type)]],
  ["createdTime", ["instant", (instance) => instance.createdTime]],
  ["lastUpdatedTime", ["instant", (instance) => instance.lastUpdatedTime]],
  ["deletedTime", ["instant", (instance) => instance.deletedTime]],
];
const EDGE_FACTS: readonly (readonly [string, BaseReader])[] = [
  ...NODE_FACTS,
  ["startNode", ["direct", (instance) => reference(instance.startNode)]],
  ["endNode", ["direct", (instance) => reference(instance.endNode)]],
];
const FACTS: ReadonlyMap<string, ReadonlyMap<string, BaseReader>> = new Map([
  ["node", new Map(NODE_FACTS)],
  ["edge", new Map(EDGE_FACTS)],
]);
const FACT_NAMES: readonly string[] = EDGE_FACTS.map(([name]) => name);

/**
 * Finds the property that a path names (contract 9.1).
 *
 * @throws {@link Fault} 400 when there is none.
 */
export function resolveProperty(state: ProjectState, path: PropertyPath): Property {
  const [first = "", second = "", third = ""] = path;
  if (path.length === 2 && FACTS.has(first)) return fact(first, second);
  if (path.length !== 3) {
    throw badRequest(
      `Invalid property reference [${path.join(", ")}]: expected ["node" or "edge", property], [space, "View/version", property] or [space, container, property]`,
    );
  }
  const slash = second.indexOf("/");
  return slash < 0
    ? containerProperty(state, first, second, third)
    : viewProperty(
        state,
        { space: first, externalId: second.slice(0, slash), version: second.slice(slash + 1) },
        third,
      );
}

function fact(instanceType: string, name: string): Property {
  const found = FACTS.get(instanceType)?.get(name);
  if (!found) throw badRequest(`Unknown property '${name}' of ${instanceType}s`);
  const [type, read] = found;
  return {
    name: `${instanceType}.${name}`,
    type: { type },
    kind: kindOf(type),
    list: false,
    containerKey: undefined,
    containerProperty: undefined,
    read: (instance) => (instance.instanceType === instanceType ? read(instance) : undefined),
  };
}

function viewProperty(
  state: ProjectState,
  id: { readonly space: string; readonly externalId: string; readonly version: string },
  name: string,
): Property {
  const view = resolveView(state, id);
  if (!view) throw badRequest(`One or more views do not exist: '${viewName(id)}'`);
  const property = view.properties.get(name);
  if (!property) {
    if (FACT_NAMES.includes(name)) throw reservedName();
    throw badRequest(`Unknown property '${name}' in view '${viewName(id)}'`);
  }
  if (!isMapped(property)) {
    throw badRequest(
      `Cannot use property '${name}' of view '${viewName(id)}' here: it is a connection, which holds no data`,
    );
  }
  return rowProperty(
    state,
    name,
    containerKey(property.container),
    property.containerPropertyIdentifier,
    property.type,
  );
}

function containerProperty(state: ProjectState, space: string, externalId: string, name: string): Property {
  const key = containerKey({ space, externalId });
  const container = state.containers.get(key);
  if (!container) {
    throw badRequest(`One or more containers do not exist: '${containerName({ space, externalId })}'`);
  }
  const facts = Object.hasOwn(container.properties, name) ? container.properties[name] : undefined;
  if (!facts) {
    if (FACT_NAMES.includes(name)) throw reservedName();
    throw badRequest(`Unknown property '${name}' in container '${containerName({ space, externalId })}'`);
  }
  return rowProperty(state, name, key, name, facts.type);
}

function rowProperty(state: ProjectState, name: string, key: string, id: string, type: PropertyType): Property {
  return {
    name,
    type,
    kind: kindOf(type.type),
    list: isListType(type),
    containerKey: key,
    containerProperty: id,
    read: cellReader(state, key, id),
  };
}

/** Reads a value of rows; where it is in them is looked up once. */
function cellReader(state: ProjectState, key: string, id: string): Property["read"] {
  const layout = state.layouts.get(key);
  const place = layout?.placeOf(id);
  if (!layout || place === undefined) return () => undefined;
  return ({ rows }) => rows.cells(layout.containerKey)?.[place];
}

function reservedName(): Error {
  return badRequest(
    `Property identifier cannot be one of the reserved values: [${FACT_NAMES.join(", ")}]; name these as ["node" or "edge", property]`,
  );
}
