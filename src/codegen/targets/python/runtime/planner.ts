/** `_runtime/planner.py` of a generated package. */
export const plannerPy: string = `"""Plans how a selection is read: with the fewest requests, whatever the rows."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from .errors import QueryError
from .filters import Filter, all_of, to_filter
from .instances import Instance
from .plan import End, JoinKey, ListPlan, RelationPlan, SetPlan, StagePlan
from .registry import Registry, place
from .selection import Relation, Selection, to_selection
from .sorting import to_limit, to_sort
from .views import Direct, Edges, InstanceType, NodeId, Reverse, View, ViewId

ROOT_PAGE = 1000
SET_PAGE = 10000
CHUNK = 1000
MOST_SETS = 50
MOST_EACH = 2000


class _SetDraft:
    """One set while its request is made: what must be read becomes known bit by bit."""

    def __init__(self, name: str, expression: dict[str, Any]) -> None:
        self.name = name
        self.expression = expression
        self.instance_type: InstanceType = "node" if "nodes" in expression else "edge"
        self._sources: dict[ViewId, dict[str, None]] = {}

    def carry(self, source: ViewId, property_id: str) -> None:
        self._sources.setdefault(source, {})[property_id] = None

    def carry_sort(self, sort: list[dict[str, Any]]) -> None:
        for key in sort:
            if len(key["property"]) == 3:
                space, group, property_id = key["property"]
                external_id, _, version = group.partition("/")
                self.carry(ViewId(space, external_id, version), property_id)

    def select(self) -> dict[str, Any]:
        sources = [
            {
                "source": source.reference(),
                "properties": ["*"] if "*" in names else list(names),
            }
            for source, names in self._sources.items()
            if source.version is not None
        ]
        return {"sources": sources} if sources else {}


class _RequestDraft:
    """A request for several sets while it is made."""

    def __init__(self) -> None:
        self._sets: list[_SetDraft] = []

    @property
    def room(self) -> int:
        return MOST_SETS - len(self._sets)

    def add(self, label: str, expression: dict[str, Any]) -> _SetDraft:
        name = f"{len(self._sets)}_{label}" if self._sets else "root"
        draft = _SetDraft(name, expression)
        self._sets.append(draft)
        return draft

    def request(self) -> dict[str, Any]:
        return {
            "with": {one.name: one.expression for one in self._sets},
            "select": {one.name: one.select() for one in self._sets},
        }


_Fill = Callable[[_RequestDraft, _SetDraft], SetPlan]


def plan_list(
    row: type[Instance],
    registry: Registry,
    *,
    where: Any = None,
    select: Any = None,
    sort: Any = None,
    limit: Any = None,
) -> ListPlan:
    """Plans a list of the instances of a view."""
    view = row.view
    most = to_limit(limit, f"view {view.id}")
    size = ROOT_PAGE
    if most:  # pages of one size, so that the last one is nearly full
        size = math.ceil(most / math.ceil(most / ROOT_PAGE))
    filter = to_filter(where, view, registry)
    order = _ordered(to_sort(sort, view), size)
    selection = to_selection(select, row, registry)
    if select is None:
        request = {
            "instanceType": view.instance_type,
            "sources": [{"source": view.id.reference()}],
            **({} if filter is None else {"filter": filter}),
            **order,
        }
        root = _whole(selection)
        return ListPlan(StagePlan("list", request, root), most)
    # A query does not apply the view's filter by itself.
    found = all_of(view.membership(), filter)
    expression = _expression(view.instance_type, found, order)
    planner = _Planner(registry)
    stage = planner.stage(
        expression, lambda draft, of: planner.fill(draft, of, selection)
    )
    return ListPlan(stage, most)


def plan_retrieve(row: type[Instance], registry: Registry, select: Any) -> StagePlan:
    """Plans the reading of instances by id."""
    view = row.view
    selection = to_selection(select, row, registry)
    if select is None:
        request = {"sources": [{"source": view.id.reference()}]}
        root = _whole(selection)
        return StagePlan("byids", request, root)
    expression = _expression(
        view.instance_type, dict(view.membership()), {"limit": SET_PAGE}
    )
    planner = _Planner(registry)
    return planner.stage(
        expression,
        lambda draft, of: planner.fill(draft, of, selection),
        _by_reference,
    )


def _whole(selection: Selection) -> SetPlan:
    kind = selection.view.instance_type
    return SetPlan("root", kind, selection.row, selection.fields, everything=True)


class _Planner:
    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def stage(
        self,
        expression: dict[str, Any],
        fill: _Fill,
        link: Callable[[list[dict[str, str]]], Filter] | None = None,
    ) -> StagePlan:
        draft = _RequestDraft()
        root = fill(draft, draft.add("root", expression))
        return StagePlan("query", draft.request(), root, link)

    def fill(
        self, draft: _RequestDraft, of: _SetDraft, selection: Selection | None
    ) -> SetPlan:
        """Reads into a set what is selected; without a selection, only the ids."""
        if selection is None:
            return SetPlan(of.name, of.instance_type)
        view = selection.view
        if selection.everything:
            of.carry(view.id, "*")
        for name in selection.fields:
            of.carry(view.id, view.property_id(name))
        plan = SetPlan(
            of.name,
            of.instance_type,
            selection.row,
            selection.fields,
            selection.everything,
        )
        plan.relations = [
            self._plan(draft, of, view, relation) for relation in selection.relations
        ]
        return plan

    def _plan(
        self, draft: _RequestDraft, of: _SetDraft, view: View, relation: Relation
    ) -> RelationPlan:
        if isinstance(relation.prop, Direct):
            return self._direct(draft, of, view, relation)
        if isinstance(relation.prop, Reverse):
            return self._reverse(draft, of, view, relation, relation.prop)
        return self._edges(draft, of, relation, relation.prop)

    def _direct(
        self, draft: _RequestDraft, of: _SetDraft, view: View, relation: Relation
    ) -> RelationPlan:
        key = JoinKey(view.id, view.property_id(relation.name))
        of.carry(key.source, key.property_id)
        found = _node_filter(relation)
        order = _ordered(relation.sort, SET_PAGE)
        fill = self._nodes(relation)
        if of.instance_type == "edge" or draft.room < 1:
            stage = self.stage(_expression("node", found, order), fill, _by_reference)
            return RelationPlan(relation, stage.root, stage, key)
        through = {"source": view.id.reference(), "identifier": key.property_id}
        nodes = {"from": of.name, "through": through, "direction": "outwards"}
        expression = {"nodes": {**nodes, **_filtered(found)}, **order}
        added = draft.add(relation.name, expression)
        return RelationPlan(relation, fill(draft, added), None, key)

    def _reverse(
        self,
        draft: _RequestDraft,
        of: _SetDraft,
        view: View,
        relation: Relation,
        prop: Reverse,
    ) -> RelationPlan:
        key = self._join_key(view, relation, prop)
        through = ViewId.parse(prop.through)
        if through.version is not None:
            through = key.source
        found = _node_filter(relation)
        order = _ordered(relation.sort, SET_PAGE)

        def fill(into: _RequestDraft, nodes: _SetDraft) -> SetPlan:
            nodes.carry(key.source, key.property_id)
            return self._nodes(relation)(into, nodes)

        if prop.through_list or draft.room < 1:
            # The service does not follow lists backwards.
            operator = "containsAny" if prop.through_list else "in"
            path = through.path(prop.property)
            link = _by_value(operator, path)
            stage = self.stage(_expression("node", found, order), fill, link)
            return RelationPlan(relation, stage.root, stage, key)
        via = {"source": through.reference(), "identifier": prop.property}
        nodes = {"from": of.name, "through": via, "direction": "inwards"}
        expression = {"nodes": {**nodes, **_filtered(found)}, **order}
        added = draft.add(relation.name, expression)
        return RelationPlan(relation, fill(draft, added), None, key)

    def _join_key(self, view: View, relation: Relation, prop: Reverse) -> JoinKey:
        target = self._registry.node(prop.source)
        on_target = target is not None and isinstance(
            target.view.by_id(prop.property), Direct
        )
        named = self._registry.node(prop.through)
        through = ViewId.parse(prop.through)
        on_named = named is None or named.view.by_id(prop.property) is not None
        if through.version is not None and (on_named or not on_target):
            return JoinKey(through, prop.property)
        if target is not None and on_target:
            return JoinKey(target.view.id, prop.property)
        raise QueryError(
            "QUERY.NO_JOIN_KEY",
            f"{place(view, relation.name)} goes through {prop.property!r} of container"
            f" {prop.through}, which no view of the data model has.",
        )

    def _edges(
        self, draft: _RequestDraft, of: _SetDraft, relation: Relation, prop: Edges
    ) -> RelationPlan:
        near: End = "endNode" if prop.inwards else "startNode"
        of_type: Filter = {
            "equals": {
                "property": ["edge", "type"],
                "value": NodeId(*prop.edge_type).dump(),
            }
        }
        found = all_of(of_type, relation.edge_where) or of_type
        if draft.room < (1 if relation.target is None else 2):
            link = _by_value("in", ["edge", near])
            # Edges that are found by a filter count as followed outwards.
            chain = "destination" if near == "startNode" else "source"
            stage = self.stage(
                _expression("edge", found, {"limit": SET_PAGE}),
                lambda into, edges: self._ends(into, edges, relation, near, chain),
                link,
            )
            return RelationPlan(relation, stage.root, stage, near=near)
        direction = "inwards" if prop.inwards else "outwards"
        edges: dict[str, Any] = {
            "from": of.name,
            "direction": direction,
            "maxDistance": 1,
            "filter": found,
        }
        # The service may cut for each node where every edge is one item of the list.
        limit = relation.limit or 0
        if relation.pairs and relation.target is None and 1 <= limit <= MOST_EACH:
            edges["limitEach"] = limit
        expression = {"edges": edges, "limit": SET_PAGE}
        added = draft.add(f"{relation.name}_edges", expression)
        plan = self._ends(draft, added, relation, near, "destination")
        return RelationPlan(relation, plan, None, near=near)

    def _ends(
        self,
        draft: _RequestDraft,
        edges: _SetDraft,
        relation: Relation,
        near: End,
        chain: str,
    ) -> SetPlan:
        if relation.target is None:
            return self.fill(draft, edges, relation.edge)
        nodes = {"from": edges.name, "chainTo": chain}
        expression = {
            "nodes": {**nodes, **_filtered(_node_filter(relation))},
            **_ordered(relation.sort, SET_PAGE),
        }
        far = self._nodes(relation)(draft, draft.add(relation.name, expression))
        plan = self.fill(draft, edges, relation.edge)
        plan.far = far
        plan.far_end = "startNode" if near == "endNode" else "endNode"
        return plan

    def _nodes(self, relation: Relation) -> _Fill:
        def fill(draft: _RequestDraft, nodes: _SetDraft) -> SetPlan:
            nodes.carry_sort(relation.sort)
            return self.fill(draft, nodes, relation.target)

        return fill


def _node_filter(relation: Relation) -> Filter | None:
    if relation.target is None:
        return None
    return all_of(relation.target.view.membership(), relation.where)


def _filtered(found: Filter | None) -> dict[str, Any]:
    return {} if found is None else {"filter": found}


def _ordered(sort: list[dict[str, Any]], limit: int) -> dict[str, Any]:
    return {**({"sort": sort} if sort else {}), "limit": limit}


def _expression(
    instance_type: InstanceType, found: Filter | None, order: dict[str, Any]
) -> dict[str, Any]:
    if instance_type == "node":
        return {"nodes": _filtered(found), **order}
    return {"edges": {**_filtered(found), "maxDistance": 1}, **order}


def _by_reference(ids: list[dict[str, str]]) -> Filter:
    return {"instanceReferences": ids}


def _by_value(
    operator: str, path: list[str]
) -> Callable[[list[dict[str, str]]], Filter]:
    return lambda ids: {operator: {"property": path, "values": ids}}
`;
