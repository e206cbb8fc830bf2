import type { EdgeDescriptor, ReverseDescriptor, ViewDescriptor } from "../../ir/index.js";
import {
  type EdgeExpression,
  type Filter,
  formatVersionedId,
  isRecord,
  type NodeReference,
} from "../../models/index.js";
import { invalidValue, optionsOf, type Place, placeText } from "../problems.js";
import { propertyOf } from "../registry.js";
import { unboundView } from "../unbound-view.js";
import { nothing, some } from "./condition.js";
import { chunksOf } from "./operators.js";
import { allOf, membership, pathOf } from "./paths.js";
import type { ConditionPlan } from "./plan.js";
import { edgeFilter, nearEnd, throughOf } from "./relations.js";
import { RequestDraft } from "./request-draft.js";
import type { PlanScope } from "./scope.js";
import { filtered, setExpression } from "./set-expression.js";
import { whereToFilter } from "./where-to-filter.js";

const reason = "Finds what the condition is about at the far side, and so the instances for which it holds.";

/**
 * Plans how the ids for which a `some` without any further ones in it holds are found.
 *
 * @returns `undefined` where nothing at the far side can match
 */
export function planCondition(place: Place, given: unknown, scope: PlanScope): ConditionPlan | undefined {
  const property = propertyOf(place.view, place.name);
  switch (property?.type) {
    case "reverse":
      return planReverse(place, property, given, scope);
    case "edge":
      return planEdge(place, property, given, scope);
    default:
      return planListed(place, property && "source" in property ? property.source : undefined, given, scope);
  }
}

/** What is known of the nodes at the far side. */
function farNodes(place: Place, source: string | undefined, where: unknown, scope: PlanScope) {
  const target = scope.registry.node(source);
  if (target === undefined) throw unboundView(place, source);
  const filter = whereToFilter(where, target, scope);
  return filter === nothing ? undefined : { target, filter: allOf(membership(target), filter) };
}

function planReverse(place: Place, descriptor: ReverseDescriptor, given: unknown, scope: PlanScope) {
  const far = farNodes(place, descriptor.source, given, scope);
  if (far === undefined) return undefined;
  const { target, filter } = far;
  const parent = { view: place.view, all: false, fields: [], relations: [] };
  const through = throughOf({ property: place.name, descriptor, sort: [] }, parent, scope.registry);
  const pointing = allOf(filter, { exists: { property: through.path } });
  const draft = new RequestDraft(scope.limits.sets);
  draft.add("root", setExpression("node", pointing, unordered(scope))).carry(through.key);
  return conditionOf(place, draft, target, { set: "root", at: through.key });
}

function planListed(place: Place, source: string | undefined, given: unknown, scope: PlanScope) {
  const far = farNodes(place, source, given, scope);
  if (far === undefined) return undefined;
  const { target, filter } = far;
  const draft = new RequestDraft(scope.limits.sets);
  draft.add("root", setExpression("node", filter, unordered(scope)));
  return conditionOf(place, draft, target, { set: "root", at: "self" });
}

function planEdge(place: Place, descriptor: EdgeDescriptor, given: unknown, scope: PlanScope) {
  if (!isRecord(given)) throw invalidValue({ ...place, name: `${place.name}.some` }, "{ edge, node }", given);
  const { edge, node } = optionsOf(given, `'some' of ${placeText(place)}`, ["edge", "node"]);
  const edgeView = edgeViewOf(place, descriptor, scope);
  const edgeWhere = whereToFilter(edge, edgeView, scope);
  const far = node === undefined ? undefined : farNodes(place, descriptor.source, node, scope);
  if (edgeWhere === nothing || (node !== undefined && far === undefined)) return undefined;
  const relation = { property: place.name, descriptor, pairs: false, sort: [], ...(edgeWhere ? { edgeWhere } : {}) };
  const at = nearEnd(relation);
  const ofType = edgeFilter(relation);
  const draft = new RequestDraft(scope.limits.sets);
  if (far === undefined) {
    draft.add("root", setExpression("edge", ofType, unordered(scope)));
    return conditionOf(place, draft, edgeView, { set: "root", at });
  }
  const { target, filter } = far;
  const nodes = draft.add("root", setExpression("node", filter, unordered(scope)));
  const expression: EdgeExpression = {
    edges: {
      from: nodes.name,
      direction: at === "startNode" ? "inwards" : "outwards",
      maxDistance: 1,
      ...filtered(ofType),
    },
    limit: scope.limits.setPage,
  };
  return conditionOf(place, draft, target, { set: draft.add("edges", expression).name, at });
}

/** Edges without properties of their own are known by their facts alone. */
function edgeViewOf(place: Place, { edgeSource, edgeType }: EdgeDescriptor, { registry }: PlanScope): ViewDescriptor {
  if (edgeSource === undefined) return { ...edgeType, version: "edges", instanceType: "edge", properties: {} };
  const view = registry.edge(edgeSource);
  if (view === undefined) throw unboundView(place, edgeSource);
  return view;
}

function unordered({ limits }: PlanScope) {
  return { sort: [], limit: limits.setPage };
}

function conditionOf(
  place: Place,
  { request }: RequestDraft,
  view: ViewDescriptor,
  ids: ConditionPlan["ids"],
): ConditionPlan {
  const { instanceType } = view;
  const root = { name: "root", instanceType, view: formatVersionedId(view), fields: [], relations: [] };
  return { of: placeText(place), stage: { endpoint: "query", reason, request, root }, ids };
}

/** The condition itself, once the ids are known. */
export function answerFilter(place: Place, ids: readonly NodeReference[], chunk: number): Filter {
  const plain = ids.map(({ space, externalId }) => ({ space, externalId }));
  const property = pathOf(place.view, place.name);
  const listed = propertyOf(place.view, place.name)?.type === "direct";
  const filters = chunksOf(plain, chunk).map(
    (values): Filter => (listed ? { containsAny: { property, values } } : { instanceReferences: values }),
  );
  const answer = some(filters);
  return answer === true ? nothing : answer;
}

/** What stands in its place in a plan that has not run: the ids of the condition of that number. */
export function unansweredFilter({ view, name }: Place, number: number): Filter {
  const values = { parameter: `condition${number}` };
  if (propertyOf(view, name)?.type === "direct") return { containsAny: { property: pathOf(view, name), values } };
  return { in: { property: [view.instanceType, "id"], values } };
}
