/** `_runtime/joins.py` of a generated package. */
export const joinsPy: string = `"""Joins the instances at the other end of a relation to their parents."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .instances import Instance
from .plan import RelationPlan
from .views import NodeId


@dataclass
class Entry:
    """An instance that was read. Those of one run came in one order."""

    instance: dict[str, Any]
    row: Instance
    run: object
    at: int
    far: Entry | None = None


def id_of(instance: Mapping[str, Any]) -> NodeId:
    return NodeId(instance["space"], instance["externalId"])


def end_of(edge: Mapping[str, Any], end: str) -> NodeId:
    return id_of(edge[end])


def far_end(plan: RelationPlan, entry: Entry) -> NodeId:
    end = "endNode" if plan.near == "startNode" else "startNode"
    return end_of(entry.instance, end)


def by_target(
    plan: RelationPlan, found: Sequence[tuple[list[Entry], set[NodeId] | None]]
) -> Callable[[Mapping[str, Any]], list[Entry]]:
    """In the order of the relation's own list, unless a sort was asked for."""
    targets = {
        id_of(entry.instance): entry for entries, _ in found for entry in entries
    }

    def items(parent: Mapping[str, Any]) -> list[Entry]:
        ids = dict.fromkeys(plan.key.read(parent)) if plan.key else {}
        entries = [targets[id] for id in ids if id in targets]
        sort = plan.relation.sort
        return _in_order(entries, sort, lambda entry: entry) if sort else entries

    return items


def by_parent(
    plan: RelationPlan, found: Sequence[tuple[list[Entry], set[NodeId] | None]]
) -> Callable[[Mapping[str, Any]], list[Entry]]:
    children: dict[NodeId, list[Entry]] = {}
    for entries, parents in found:
        for entry in entries:
            if plan.key is not None:
                keys = list(dict.fromkeys(plan.key.read(entry.instance)))
            else:
                keys = [end_of(entry.instance, plan.near)]
            for key in keys:
                if parents is None or key in parents:
                    children.setdefault(key, []).append(entry)
    relation = plan.relation
    reads_far = plan.nodes.far is not None

    def items(parent: Mapping[str, Any]) -> list[Entry]:
        entries = children.get(id_of(parent), [])
        if reads_far:
            entries = [entry for entry in entries if entry.far is not None]
        if plan.key is None and not relation.pairs:
            # Two edges between the same nodes lead to one node.
            nodes: dict[NodeId, Entry] = {}
            for entry in entries:
                nodes.setdefault(far_end(plan, entry), entry)
            entries = list(nodes.values())
        if relation.sort and plan.key is None:
            return _in_order(entries, relation.sort, lambda entry: entry.far)
        return entries

    return items


def _in_order(
    entries: list[Entry],
    sort: Sequence[Mapping[str, Any]],
    of: Callable[[Entry], Entry | None],
) -> list[Entry]:
    """As the service ordered them; where they came in several answers, by value."""
    pairs = [(entry, node) for entry in entries if (node := of(entry)) is not None]
    if len({id(node.run) for _, node in pairs}) == 1:
        pairs.sort(key=lambda pair: pair[1].at)
    else:
        for key in reversed(sort):
            descending = key.get("direction") == "descending"
            nulls_first = bool(key.get("nullsFirst"))

            def order(
                pair: tuple[Entry, Entry],
                path: Sequence[str] = key["property"],
                flip: bool = nulls_first == descending,
            ) -> tuple[bool, Any]:
                value = _value(pair[1].instance, path)
                return ((value is None) is flip, 0 if value is None else value)

            pairs.sort(key=order, reverse=descending)
    return [entry for entry, _ in pairs]


def _value(instance: Mapping[str, Any], path: Sequence[str]) -> Any:
    if len(path) == 2:
        value = instance.get(path[1])
    else:
        space, group, property_id = path
        groups = (instance.get("properties") or {}).get(space) or {}
        value = (groups.get(group) or {}).get(property_id)
    if isinstance(value, Mapping):
        return (value["space"], value["externalId"])
    return value
`;
