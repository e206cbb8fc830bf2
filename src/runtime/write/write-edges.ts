import type { EdgeDescriptor, ViewDescriptor } from "../../ir/index.js";
import { isRecord, type NodeReference } from "../../models/index.js";
import { referenceOf } from "../identity.js";
import { invalidValue, type Place, unknownName } from "../problems.js";
import { unboundView } from "../unbound-view.js";
import type { WriteContext } from "./context.js";
import type { EdgeEnds, InstanceDraft } from "./drafts.js";
import { edgeExternalId } from "./edge-id.js";
import { elementsOf } from "./elements.js";
import { externalIdOf } from "./identities.js";
import type { Item } from "./item.js";

/** Keys of an edge within a pair that are no properties. */
const edgeKeys = ["space", "externalId", "$existingVersion"];

/** An edge with the node at its other end. */
interface Pair {
  readonly edge: Item;
  readonly node: unknown;
}

/** Writes edges between the draft and other nodes: in the space of the start node (E75), inwards ones the other way round (E70). */
export function writeEdges(
  context: WriteContext,
  draft: InstanceDraft,
  place: Place,
  property: EdgeDescriptor,
  value: unknown,
): void {
  if (context.replaceEdges) context.edgeSets.add(property, draft.id);
  if (value === null && context.replaceEdges) return;
  for (const element of elementsOf(place, value, property.single !== true)) {
    const { edge, node } = pairOf(element, place);
    const far = context.node(node, place, property.source);
    const ends = endsOf(property, draft.id, far);
    const edgeDraft = context.drafts.of(edgeIdentity(context, edge, ends, place), ends);
    context.version(edgeDraft, edge, place);
    const view = edgeViewOf(context, property, edge, place);
    if (view) context.values(edgeDraft, edge, view, edgeKeys);
    context.placeAfter(edgeDraft);
  }
}

/** A pair has a node and no id of its own; anything else is the node itself. */
function pairOf(element: unknown, place: Place): Pair {
  if (!isRecord(element) || Object.hasOwn(element, "externalId") || !Object.hasOwn(element, "node")) {
    return { edge: {}, node: element };
  }
  const { node, edge = {}, ...others } = element;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    throw unknownName("QUERY.UNKNOWN_PROPERTY", unknown, "a part of an edge with its node", ["edge", "node"]);
  }
  if (!isRecord(edge)) throw invalidValue(place, "written with an object as edge", edge);
  return { edge, node };
}

function endsOf({ edgeType, direction }: EdgeDescriptor, near: NodeReference, far: NodeReference): EdgeEnds {
  const [startNode, endNode] = direction === "inwards" ? [far, near] : [near, far];
  return { type: referenceOf(edgeType), startNode, endNode };
}

function edgeIdentity({ externalIds }: WriteContext, edge: Item, ends: EdgeEnds, place: Place): NodeReference {
  const { space = ends.startNode.space } = edge;
  if (typeof space !== "string") throw invalidValue(place, "written with a string as the edge's space", space);
  const externalId = edge["externalId"] ?? (externalIds?.edge ?? edgeExternalId)(ends);
  return { space, externalId: externalIdOf(externalId, place) };
}

/** The view of the edges' own properties, where some are given. */
function edgeViewOf(
  { registry }: WriteContext,
  { edgeSource }: EdgeDescriptor,
  edge: Item,
  place: Place,
): ViewDescriptor | undefined {
  const names = Object.keys(edge).filter((name) => !edgeKeys.includes(name));
  const [first] = names;
  if (first === undefined) return undefined;
  if (edgeSource === undefined) {
    throw unknownName("QUERY.UNKNOWN_PROPERTY", first, "a property of these edges", edgeKeys);
  }
  const view = registry.edge(edgeSource);
  if (view === undefined) throw unboundView(place, edgeSource);
  return view;
}
