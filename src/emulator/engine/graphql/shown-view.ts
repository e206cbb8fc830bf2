import {
  type Instance,
  isMapped,
  type JsonValue,
  type PropertyType,
  type ViewProperty,
  type ViewReference,
} from "../../../models/index.js";
import { resolveView } from "../resolve.js";
import type { ProjectState } from "../state.js";

/** A property with values of its own. */
export interface ShownProperty {
  readonly id: string;
  readonly type: PropertyType;
  /** Of a direct relation: the view that it points into. */
  readonly target: ViewReference | undefined;
}

/** A view as GraphQL shows it. */
export interface ShownView {
  readonly reference: ViewReference;
  /** Its type. */
  readonly name: string;
  readonly stored: readonly ShownProperty[];
  readonly connections: readonly (readonly [
    id: string,
    property: Exclude<ViewProperty, { readonly container: object }>,
  ])[];
  /** How filters and sorts name a property. */
  readonly pathOf: (id: string) => readonly string[];
  /** The value of a property of an instance that was read through the view. */
  readonly valueOf: (instance: Instance, id: string) => JsonValue | undefined;
}

/** Names that GraphQL can take; ids of properties may hold more (contract 3.6). */
const NAME = /^[_a-zA-Z][_a-zA-Z0-9]*$/;

/** What GraphQL shows of a view; nothing when there is no such view. */
export function shownView(state: ProjectState, reference: ViewReference): ShownView | undefined {
  const form = resolveView(state, reference);
  if (!form) return undefined;
  const { type, space, externalId, version } = reference;
  const source = `${externalId}/${version}`;
  const named = [...form.properties].filter(([id]) => NAME.test(id) && !id.startsWith("__"));
  const stored: ShownProperty[] = [];
  const connections: (readonly [string, ShownView["connections"][number][1]])[] = [];
  for (const [id, property] of named) {
    if (isMapped(property)) {
      const target = property.type.type === "direct" ? property.type.source : undefined;
      stored.push({ id, type: property.type, target });
    } else connections.push([id, property]);
  }
  return {
    reference: { type, space, externalId, version },
    name: externalId,
    stored,
    connections,
    pathOf: (id) => [space, source, id],
    valueOf: (instance, id) => {
      const values = instance.properties?.[space]?.[source];
      return values && Object.hasOwn(values, id) ? values[id] : undefined;
    },
  };
}
