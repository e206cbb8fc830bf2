/** `_runtime/writer.py` of a generated package. */
export const writerPy: string = `"""Turns what is to be written, with all nested in it, into instances of the service."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from pydantic import BaseModel

from .errors import QueryError
from .instances import EdgePair, EdgeWrite, InstanceWrite, NodeWrite, iso
from .registry import Registry, invalid, place
from .views import Direct, Edges, NodeId, Property, Reverse, View, ViewId

LONGEST_ID = 255
_ID = ("space", "externalId")

Task = Callable[[], None]


class _Draft:
    """An instance while it is put together: met many times, it is written once."""

    def __init__(self, id: NodeId, ends: Mapping[str, Any] | None) -> None:
        self.id = id
        self.ends = ends
        self._facts: dict[str, Any] = {}
        self._sources: dict[ViewId, dict[str, Any]] = {}

    def touch(self, source: ViewId) -> dict[str, Any]:
        return self._sources.setdefault(source, {})

    def set(self, source: ViewId, property_id: str, value: Any) -> None:
        values = self.touch(source)
        if property_id in values and values[property_id] != value:
            raise self.conflict(f"has two values of {property_id!r}")
        values[property_id] = value

    def fact(self, name: str, value: Any) -> None:
        if name in self._facts and self._facts[name] != value:
            raise self.conflict(f"has two values of {name!r}")
        self._facts[name] = value

    def suggest(self, name: str, value: Any) -> None:
        self._facts.setdefault(name, value)

    def conflict(self, what: str, hint: str | None = None) -> QueryError:
        return QueryError(
            "QUERY.CONFLICT",
            f"Instance {self.id.external_id!r} in space {self.id.space!r} {what} in one"
            " write.",
            hint or "What is met more than once must be the same each time.",
        )

    def dump(self) -> dict[str, Any]:
        sources = [
            {"source": source.reference(), "properties": values}
            for source, values in self._sources.items()
        ]
        return {
            "instanceType": "node" if self.ends is None else "edge",
            **self.id.dump(),
            **(self.ends or {}),
            **self._facts,
            **({"sources": sources} if sources else {}),
        }


def plan_write(
    items: Iterable[InstanceWrite], registry: Registry
) -> list[dict[str, Any]]:
    """The instances to write: each once, nodes before edges, targets before sources.

    Raises:
        QueryError: Something cannot be written as it was given; it says what.
    """
    return _Writer(registry).run(items)


class _Writer:
    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._drafts: dict[NodeId, _Draft] = {}
        self._placed: dict[NodeId, _Draft] = {}
        self._seen: set[int] = set()
        # A graph may be deeper than the call stack.
        self._tasks: list[Task] = []
        self._before: list[Task] = []
        self._after: list[Task] = []

    def run(self, items: Iterable[InstanceWrite]) -> list[dict[str, Any]]:
        kept = list(items)
        for item in kept:
            if not isinstance(item, InstanceWrite):
                raise QueryError(
                    "QUERY.INVALID_VALUE",
                    "What is written is an object of a generated class for writing,"
                    f" got {type(item).__name__}.",
                )
            self._visit(item)
            while self._tasks:
                self._tasks.pop()()
        drafts = list(self._placed.values())
        nodes = [draft.dump() for draft in drafts if draft.ends is None]
        return nodes + [draft.dump() for draft in drafts if draft.ends is not None]

    def _visit(self, item: InstanceWrite) -> None:
        if id(item) in self._seen:
            return
        self._seen.add(id(item))
        self._before, self._after = [], []
        ends = self._ends(item) if isinstance(item, EdgeWrite) else None
        draft = self._draft(self._identity(item, ends), ends)
        self._facts(draft, item)
        self._values(draft, item)
        self._tasks += [*reversed(self._after), lambda: self._place(draft)]
        self._tasks += reversed(self._before)

    def _identity(self, item: InstanceWrite, ends: Mapping[str, Any] | None) -> NodeId:
        found = self._registry.identity(item)
        if found is not None:
            return found
        if ends is None:
            raise QueryError(
                "QUERY.MISSING_PROPERTY", f"A {type(item).__name__} has no external_id."
            )
        return edge_id(item.space, ends)

    def _place(self, draft: _Draft) -> None:
        self._placed.setdefault(draft.id, draft)

    def _draft(self, id: NodeId, ends: Mapping[str, Any] | None = None) -> _Draft:
        draft = self._drafts.setdefault(id, _Draft(id, ends))
        if draft.ends != ends:
            if draft.ends is None or ends is None:
                raise draft.conflict("is a node and an edge")
            raise draft.conflict(
                "is two edges",
                "An edge without an external_id gets those of its ends, joined. Give"
                " edges that would share it one of their own.",
            )
        return draft

    def _ends(self, item: EdgeWrite) -> dict[str, Any]:
        ends = {}
        for name, value in (
            ("type", item.edge_type),
            ("startNode", item.start_node),
            ("endNode", item.end_node),
        ):
            if value is None:
                raise QueryError(
                    "QUERY.MISSING_PROPERTY",
                    f"A {type(item).__name__} by itself needs edge_type, start_node and"
                    " end_node.",
                )
            ends[name] = value.dump()
        return ends

    def _facts(self, draft: _Draft, item: InstanceWrite) -> None:
        if item.existing_version is not None:
            draft.fact("existingVersion", item.existing_version)
        if not isinstance(item, NodeWrite):
            return
        if "node_type" in item.model_fields_set:
            type = item.node_type
            draft.fact("type", None if type is None else type.dump())
        elif item.view is not None and item.view.node_type is not None:
            draft.suggest("type", item.view.node_type.dump())

    def _values(self, draft: _Draft, item: InstanceWrite) -> None:
        view = item.view
        if view is None:
            return
        draft.touch(view.id)
        for name in item.model_fields_set:
            prop = view.properties.get(name)
            if prop is not None:
                self._property(draft, view, name, prop, getattr(item, name))

    def _property(
        self, draft: _Draft, view: View, name: str, prop: Property, value: Any
    ) -> None:
        if isinstance(prop, Reverse):
            self._reverse(draft, view, name, prop, value)
        elif isinstance(prop, Edges):
            self._edges(draft, view, name, prop, value)
        elif isinstance(prop, Direct) and value is not None:
            targets = value if prop.list else [value]
            ids = [self._node(view, name, one, before=True).dump() for one in targets]
            draft.set(view.id, view.property_id(name), ids if prop.list else ids[0])
        else:
            draft.set(view.id, view.property_id(name), _wire(value))

    def _node(self, view: View, name: str, value: Any, *, before: bool) -> NodeId:
        """The node that a value stands for, which is written too if it is an item."""
        found = self._registry.id_of(value)
        if found is None:
            raise invalid(view, name, "an id or something to write", value)
        if isinstance(value, InstanceWrite):
            (self._before if before else self._after).append(lambda: self._visit(value))
        return found

    def _elements(self, view: View, name: str, value: Any, many: bool) -> list[Any]:
        if value is None:
            raise QueryError(
                "QUERY.NOT_WRITABLE",
                f"{place(view, name)} cannot be cleared: what it holds lies elsewhere.",
                "Clear the direct relation at the other end, or delete the edge.",
            )
        return list(value) if many else [value]

    def _reverse(
        self, draft: _Draft, view: View, name: str, prop: Reverse, value: Any
    ) -> None:
        if prop.through_list:
            raise QueryError(
                "QUERY.NOT_WRITABLE",
                f"{place(view, name)} goes through a list, which a write would"
                " overwrite.",
            )
        target = self._registry.node(prop.source)
        via = ViewId.parse(prop.through)
        if (
            via.version is not None
            and target is not None
            and isinstance(target.view.by_id(prop.property), Direct)
        ):
            via = target.view.id
        for element in self._elements(view, name, value, not prop.single):
            child = self._draft(self._node(view, name, element, before=False))
            child.set(via, prop.property, draft.id.dump())
            self._after.append(partial(self._place, child))

    def _edges(
        self, draft: _Draft, view: View, name: str, prop: Edges, value: Any
    ) -> None:
        for element in self._elements(view, name, value, not prop.single):
            is_pair = isinstance(element, EdgePair)
            node, edge = (element.node, element.edge) if is_pair else (element, None)
            far = self._node(view, name, node, before=False)
            start, end = (far, draft.id) if prop.inwards else (draft.id, far)
            ends = {
                "type": NodeId(*prop.edge_type).dump(),
                "startNode": start.dump(),
                "endNode": end.dump(),
            }
            id = edge_id(None, ends)
            if isinstance(edge, EdgeWrite):
                given = edge.external_id
                id = NodeId(edge.space or start.space, given or id.external_id)
            written = self._draft(id, ends)
            if isinstance(edge, EdgeWrite):
                self._facts(written, edge)
                self._values(written, edge)
            self._after.append(partial(self._place, written))


def edge_id(space: str | None, ends: Mapping[str, Any]) -> NodeId:
    """The id of an edge that was given none: in the space of its start.

    It is made of the ends and the type, and is the same in all languages. Where that
    could stand for several edges, or is too long, a hash of the whole is added.
    """
    start, end, of_type = ends["startNode"], ends["endNode"], ends["type"]
    near, far = start["externalId"], end["externalId"]
    text = f"{near}:{far}:{of_type['space']}/{of_type['externalId']}"
    is_plain = start["space"] == end["space"] and ":" not in near + far
    if not is_plain or len(text) > LONGEST_ID:
        parts = [one[key] for one in (start, end, of_type) for key in _ID]
        whole = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
        hashed = f"~{_fnv(whole, 0x811C9DC5)}{_fnv(whole, 0x01000193)}"
        units = text.encode("utf-16-le")[: 2 * (LONGEST_ID - len(hashed))]
        text = units.decode("utf-16-le", "ignore") + hashed
    return NodeId(space or start["space"], text)


def _fnv(text: str, start: int) -> str:
    """FNV-1a over UTF-16, from a given start, in 8 hexadecimal digits."""
    hashed = start
    units = text.encode("utf-16-le", "surrogatepass")
    for low, high in zip(units[::2], units[1::2], strict=True):
        hashed = (hashed ^ (low | high << 8)) * 0x01000193 & 0xFFFFFFFF
    return f"{hashed:08x}"


def _wire(value: Any) -> Any:
    """A value as it is sent."""
    if isinstance(value, list):
        return [_wire(one) for one in value]
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return value.isoformat() if isinstance(value, date) else value
`;
