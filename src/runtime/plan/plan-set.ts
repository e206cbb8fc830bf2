import {
  type EdgeExpression,
  formatVersionedId,
  type NodeExpression,
  type PropertyPath,
  viewReference,
} from "../../models/index.js";
import { propertyId, propertyOf } from "../registry.js";
import { nothing } from "./condition.js";
import { mergeRelations } from "./merge-relations.js";
import type { EmptyRelation, RelationPlan, SetPlan, StageLink } from "./plan.js";
import { edgeFilter, nearEnd, nodeFilter, throughOf } from "./relations.js";
import type { RequestDraft, SetDraft } from "./request-draft.js";
import type { DirectSelection, EdgeSelection, RelationSelection, ReverseSelection, Selection } from "./selection.js";
import { filtered, orderOf, type SetOrder, setExpression } from "./set-expression.js";
import { withTieBreakers } from "./sort-keys.js";
import type { Fill, Stages } from "./stages.js";

/** The set that a relation hangs on, within the request that is being made. */
interface Parent {
  readonly stages: Stages;
  readonly draft: RequestDraft;
  readonly set: SetDraft;
  readonly selection: Selection;
}

/** Most edges per node that the service cuts to by itself. */
const mostEach = 2_000;

const noRoom = "One request holds only so many sets.";
const ofEdges = "Direct relations of edges cannot be followed in one request.";
const throughList = "Lists of direct relations cannot be followed backwards in one request.";

/** Reads into a set what a selection asks for, and what hangs on it; without a selection, only the ids. */
export function fillSet(stages: Stages, draft: RequestDraft, set: SetDraft, selection: Selection | undefined): SetPlan {
  const { name, instanceType } = set;
  if (selection === undefined) return { name, instanceType, fields: [], relations: [] };
  const { view, fields } = selection;
  const source = formatVersionedId(view);
  if (selection.all) set.carry({ source, property: "*" });
  for (const field of fields) {
    if (propertyOf(view, field)) set.carry({ source, property: propertyId(view, field) });
  }
  if (selection.targetUnits) set.convert(source, selection.targetUnits);
  const parent = { stages, draft, set, selection };
  const relations = mergeRelations(selection.relations.filter((relation) => !isEmpty(relation))).map(
    ({ relation, also }) => ({ ...planRelation(parent, relation), ...(also.length === 0 ? {} : { also }) }),
  );
  const empty = selection.relations.filter(isEmpty).map(emptyRelation);
  return { name, instanceType, view: source, fields, relations, ...(empty.length === 0 ? {} : { empty }) };
}

/** Whether nothing can match, or nothing is wanted. */
function isEmpty(relation: RelationSelection): boolean {
  const { where, limit } = relation;
  return limit === 0 || where === nothing || ("pairs" in relation && relation.edgeWhere === nothing);
}

function emptyRelation({ property, descriptor }: RelationSelection): EmptyRelation {
  return { property, many: isMany(descriptor) };
}

function isMany(descriptor: RelationSelection["descriptor"]): boolean {
  return descriptor.type === "direct" ? descriptor.list === true : descriptor.single !== true;
}

/** Plans how a relation is read: within the request where the service can, else in a stage of its own. */
function planRelation(parent: Parent, relation: RelationSelection): RelationPlan {
  if ("pairs" in relation) return planEdges(parent, relation);
  return isDirect(relation) ? planDirect(parent, relation) : planReverse(parent, relation);
}

function isDirect(relation: DirectSelection | ReverseSelection): relation is DirectSelection {
  return relation.descriptor.type === "direct";
}

function planDirect({ stages, draft, set, selection }: Parent, relation: DirectSelection): RelationPlan {
  const { property } = relation;
  const key = { source: formatVersionedId(selection.view), property: propertyId(selection.view, property) };
  set.carry(key);
  const fill = nodesFill(stages, relation);
  const order = nodesOrder(stages, relation);
  const facts = { kind: "direct" as const, ...factsOf(relation), ...mergeOrder(order), key };
  if (set.instanceType === "edge" || draft.room < 1) {
    const link: StageLink = { operator: "instanceReferences", chunk: stages.scope.limits.chunk };
    const note = { reason: set.instanceType === "edge" ? ofEdges : noRoom, link };
    return { ...facts, stage: stages.addQuery(note, setExpression("node", nodeFilter(relation), order), fill) };
  }
  const expression: NodeExpression = {
    nodes: {
      from: set.name,
      through: { source: viewReference(selection.view), identifier: key.property },
      direction: "outwards",
      ...filtered(nodeFilter(relation)),
    },
    ...orderOf(order),
  };
  return { ...facts, set: fill(draft, draft.add(property, expression)) };
}

function planReverse({ stages, draft, set, selection }: Parent, relation: ReverseSelection): RelationPlan {
  const { property, descriptor, target } = relation;
  const through = throughOf(relation, selection, stages.scope.registry);
  const fill: Fill = (into, nodes) => {
    nodes.carry(through.key);
    return nodesFill(stages, relation)(into, nodes);
  };
  const order = nodesOrder(stages, relation);
  const facts = {
    kind: "reverse" as const,
    ...factsOf(relation),
    key: through.key,
    give: target ? "rows" : "ids",
  } as const;
  const { list } = descriptor.through;
  if (list || draft.room < 1) {
    const link = linkOf(list ? "containsAny" : "in", through.path, stages);
    const note = { reason: list ? throughList : noRoom, link };
    return { ...facts, stage: stages.addQuery(note, setExpression("node", nodeFilter(relation), order), fill) };
  }
  const expression: NodeExpression = {
    nodes: {
      from: set.name,
      through: { source: through.source, identifier: through.property },
      direction: "inwards",
      ...filtered(nodeFilter(relation)),
    },
    ...orderOf(order),
  };
  return { ...facts, set: fill(draft, draft.add(property, expression)) };
}

function planEdges({ stages, draft, set }: Parent, relation: EdgeSelection): RelationPlan {
  const { property, descriptor, target } = relation;
  const near = nearEnd(relation);
  const facts = {
    kind: "edge" as const,
    ...factsOf(relation),
    ...mergeOrder(nodesOrder(stages, relation)),
    near,
    give: giveOf(relation),
  };
  const limit = stages.scope.limits.setPage;
  if (draft.room < (target ? 2 : 1)) {
    const note = { reason: noRoom, link: linkOf("in", ["edge", near], stages) };
    const expression = setExpression("edge", edgeFilter(relation), { sort: [], limit });
    // Edges that are found by a filter count as followed outwards.
    const far = near === "startNode" ? "destination" : "source";
    return { ...facts, stage: stages.addQuery(note, expression, edgesFill(stages, relation, far)) };
  }
  const expression: EdgeExpression = {
    edges: {
      from: set.name,
      direction: descriptor.direction ?? "outwards",
      maxDistance: 1,
      filter: edgeFilter(relation),
      ...limitEach(relation),
    },
    limit,
  };
  const edges = draft.add(`${property}Edges`, expression);
  return { ...facts, set: edgesFill(stages, relation, "destination")(draft, edges) };
}

function edgesFill(stages: Stages, relation: EdgeSelection, chainTo: "destination" | "source"): Fill {
  return (draft, edges) => {
    if (relation.target === undefined) return fillSet(stages, draft, edges, relation.edge);
    const expression: NodeExpression = {
      nodes: { from: edges.name, chainTo, ...filtered(nodeFilter(relation)) },
      ...orderOf(nodesOrder(stages, relation)),
    };
    const set = nodesFill(stages, relation)(draft, draft.add(relation.property, expression));
    const end = nearEnd(relation) === "startNode" ? "endNode" : "startNode";
    return { ...fillSet(stages, draft, edges, relation.edge), far: { end, set } };
  };
}

function nodesFill(stages: Stages, relation: RelationSelection): Fill {
  return (draft, set) => {
    set.carrySort(relation.sort);
    return fillSet(stages, draft, set, relation.target);
  };
}

function nodesOrder({ scope }: Stages, { sort, target }: RelationSelection): SetOrder {
  return { sort: target === undefined ? [] : withTieBreakers(sort, target.view), limit: scope.limits.setPage };
}

function linkOf(operator: "in" | "containsAny", property: PropertyPath, { scope }: Stages): StageLink {
  return { operator, property, chunk: scope.limits.chunk };
}

function factsOf({ property, descriptor, limit }: RelationSelection) {
  return { property, many: isMany(descriptor), ...(limit === undefined ? {} : { limit }) };
}

/** The order within a parent, for where the rows of one parent come in several answers. */
function mergeOrder({ sort }: SetOrder): { readonly sort?: SetOrder["sort"] } {
  return sort.length === 0 ? {} : { sort };
}

function giveOf({ pairs, target }: EdgeSelection): "ids" | "rows" | "pairs" {
  if (pairs) return "pairs";
  return target ? "rows" : "ids";
}

/** The service may cut per node where each edge is an item: where none falls out because of its node. */
function limitEach({ pairs, target, limit = 0 }: EdgeSelection): { readonly limitEach?: number } {
  return pairs && target === undefined && limit >= 1 && limit <= mostEach ? { limitEach: limit } : {};
}
