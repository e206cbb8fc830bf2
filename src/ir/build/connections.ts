import {
  type EdgeConnectionCreate,
  formatVersionedId,
  isListType,
  isMapped,
  type MappedPropertyCreate,
  type PropertyType,
  type ReverseDirectRelation,
  type ReverseDirectRelationCreate,
  type VersionedIdentity,
  type ViewPropertyCreate,
} from "../../models/index.js";
import type { IrEdge, IrReverse, IrThrough } from "../model.js";
import { mappedReadForm } from "../read-form.js";
import { type BuildContext, nodeTarget, type PropertyPlace } from "./context.js";
import { labelsOf } from "./labels.js";
import { identityOf } from "./resolve.js";

/** Builds a connection by edges. A missing edge view costs only the edges' own properties (E63). */
export function edgeProperty(property: EdgeConnectionCreate, at: PropertyPlace, context: BuildContext): IrEdge {
  const target = nodeTarget(property.source, at, context);
  const edgeView = property.edgeSource && edgeViewOf(property.edgeSource, at, context);
  return {
    kind: "edge",
    id: at.id,
    ...labelsOf(property),
    declaredBy: at.declaredBy,
    single: property.connectionType === "single_edge_connection",
    edgeType: { space: property.type.space, externalId: property.type.externalId },
    direction: property.direction ?? "outwards",
    ...(target ? { target } : {}),
    ...(edgeView ? { edgeView } : {}),
  };
}

function edgeViewOf(
  edgeSource: VersionedIdentity,
  { place }: PropertyPlace,
  { uses, diagnostics }: BuildContext,
): VersionedIdentity | undefined {
  const id = formatVersionedId(edgeSource);
  const use = uses.get(id);
  if (use === "edge" || use === "all") return identityOf(edgeSource);
  if (use === undefined) {
    diagnostics.add(
      "IR.EDGE_VIEW_MISSING",
      place,
      `the edge view ${id} is not in the data model; edges come without properties`,
    );
  } else {
    diagnostics.add("IR.EDGE_VIEW_NOT_EDGES", place, `the edge view ${id} is for nodes; edges come without properties`);
  }
  return undefined;
}

/** Builds a reverse direct relation; without the relation it goes through only this property is left out (E65). */
export function reverseProperty(
  property: ReverseDirectRelationCreate | ReverseDirectRelation,
  at: PropertyPlace,
  context: BuildContext,
): IrReverse | undefined {
  const list = goesThroughList(property, at, context);
  if (list === undefined) return undefined;
  const target = nodeTarget(property.source, at, context);
  return {
    kind: "reverse",
    id: at.id,
    ...labelsOf(property),
    declaredBy: at.declaredBy,
    single: property.connectionType === "single_reverse_direct_relation",
    ...(target ? { target } : {}),
    through: { ...forwardProperty(property, context), list },
  };
}

/** What to go through: the view that nodes are read with where it maps the container's property, as rows carry its id. */
function forwardProperty(
  { source: nodes, through: { source, identifier } }: ReverseDirectRelationCreate,
  { schema, resolver }: BuildContext,
): Pick<IrThrough, "source" | "property"> {
  if (source.type === "view") return { source: identityOf(source), property: identifier };
  const view = schema.view(nodes);
  for (const [id, { property }] of view ? resolver.properties(view) : []) {
    if (isMapped<ViewPropertyCreate>(property) && maps(property, source, identifier)) {
      return { source: identityOf(nodes), property: id };
    }
  }
  return { source: { space: source.space, externalId: source.externalId }, property: identifier };
}

function goesThroughList(
  property: ReverseDirectRelationCreate | ReverseDirectRelation,
  { place }: PropertyPlace,
  context: BuildContext,
): boolean | undefined {
  const { source, identifier } = property.through;
  const named = source.type === "view" ? formatVersionedId(source) : `container ${source.space}/${source.externalId}`;
  const type = forwardType(property, context);
  if (type?.type === "direct") return isListType(type);
  if (type) {
    const message = `it goes through ${JSON.stringify(identifier)} of ${named}, which is not a direct relation`;
    context.diagnostics.add("IR.THROUGH_NOT_RELATION", place, `${message}; the property is left out`);
    return undefined;
  }
  // The service resolved it, and what it goes through lies outside the data model.
  if ("targetsList" in property && property.targetsList !== undefined && !isThere(source, context)) {
    return property.targetsList;
  }
  const message = `it goes through ${JSON.stringify(identifier)} of ${named}, which is not there`;
  context.diagnostics.add("IR.THROUGH_MISSING", place, `${message}; the property is left out`);
  return undefined;
}

function isThere(source: ReverseDirectRelationCreate["through"]["source"], { schema }: BuildContext): boolean {
  return (source.type === "view" ? schema.view(source) : schema.container(source)) !== undefined;
}

/** The type of the relation gone through, looked up where it is named, then on the view the nodes are read with (E49, E64). */
function forwardType(property: ReverseDirectRelationCreate, context: BuildContext): PropertyType | undefined {
  const { source, identifier } = property.through;
  const nodes = context.schema.view(property.source);
  const ofNodes = nodes ? context.resolver.properties(nodes) : new Map();
  if (source.type === "view") {
    const view = context.schema.view(source);
    const named = view && context.resolver.properties(view).get(identifier);
    return typeOf(named?.property ?? ofNodes.get(identifier)?.property, context);
  }
  const container = context.schema.container(source);
  if (container) {
    return Object.hasOwn(container.properties, identifier) ? container.properties[identifier]?.type : undefined;
  }
  for (const { property: candidate } of ofNodes.values()) {
    if (isMapped<ViewPropertyCreate>(candidate) && maps(candidate, source, identifier))
      return typeOf(candidate, context);
  }
  return undefined;
}

function maps(
  { container, containerPropertyIdentifier }: MappedPropertyCreate,
  source: { readonly space: string; readonly externalId: string },
  identifier: string,
): boolean {
  return (
    container.space === source.space &&
    container.externalId === source.externalId &&
    containerPropertyIdentifier === identifier
  );
}

function typeOf(property: ViewPropertyCreate | undefined, { schema }: BuildContext): PropertyType | undefined {
  if (!property) return undefined;
  // A connection is there but is nothing that a reverse relation can go through.
  if (!isMapped(property)) return { type: "json" };
  return "type" in property ? (property.type as PropertyType) : mappedReadForm(property, schema)?.type;
}
