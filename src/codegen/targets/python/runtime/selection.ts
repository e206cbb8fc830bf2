/** `_runtime/selection.py` of a generated package. */
export const selectionPy: string = `"""Selections, checked against their views."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .errors import QueryError
from .filters import Filter, to_filter
from .instances import Instance
from .registry import Registry, invalid, place, unbound, unknown
from .sorting import to_limit, to_sort
from .views import Direct, Edges, Reverse, Scalar, View


@dataclass
class Selection:
    """What to read of the instances of a view."""

    row: type[Instance]
    everything: bool = False
    """Nothing was selected: all stored properties are read."""
    fields: list[str] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)

    @property
    def view(self) -> View:
        """The view."""
        return self.row.view


@dataclass
class Relation:
    """A relation to read. Without a target, only ids are."""

    name: str
    prop: Direct | Reverse | Edges
    target: Selection | None = None
    where: Filter | None = None
    sort: list[dict[str, Any]] = field(default_factory=list)
    limit: int | None = None
    pairs: bool = False
    edge: Selection | None = None
    edge_where: Filter | None = None

    @property
    def is_direct(self) -> bool:
        """Whether the ids are held by the parent."""
        return isinstance(self.prop, Direct)

    @property
    def many(self) -> bool:
        """Whether it holds a list."""
        if isinstance(self.prop, Direct):
            return self.prop.list
        return not self.prop.single


def to_selection(select: Any, row: type[Instance], registry: Registry) -> Selection:
    """A selection, checked.

    Raises:
        QueryError: A name or an option is wrong; it says which.
    """
    view = row.view
    if select is None:
        return Selection(row, everything=True, fields=list(view.stored()))
    if not isinstance(select, Mapping):
        raise QueryError(
            "QUERY.INVALID_SELECT",
            f"A selection is a dict, got {type(select).__name__}.",
        )
    selection = Selection(row)
    for name, value in select.items():
        prop = view.properties.get(name)
        if prop is None:
            what = f"a property of view {view.id}"
            raise unknown("QUERY.UNKNOWN_PROPERTY", name, what, view.properties)
        if value is False:
            continue
        if value is not True and not isinstance(value, Mapping):
            raise invalid(view, name, "selected with True or a dict", value)
        if isinstance(prop, Scalar) or (isinstance(prop, Direct) and value is True):
            if value is not True:
                raise invalid(view, name, "selected with True", value)
            selection.fields.append(name)
        else:
            relation = _relation(view, name, prop, value, registry)
            selection.relations.append(relation)
    return selection


def _relation(
    view: View,
    name: str,
    prop: Direct | Reverse | Edges,
    value: Any,
    registry: Registry,
) -> Relation:
    relation = Relation(name, prop)
    relation.pairs = isinstance(prop, Edges) and prop.edge_source is not None
    options = {} if value is True else value
    if not relation.pairs:
        if value is not True:
            _nodes(view, relation, options, registry)
        return relation
    _check(view, name, options, ("edge", "node", "limit"))
    relation.limit = to_limit(options.get("limit"), place(view, name))
    node = options.get("node", True)
    if isinstance(node, Mapping):
        limit = relation.limit
        _nodes(view, relation, node, registry, ("select", "where", "sort"))
        relation.limit = limit
    elif node is not True:
        raise invalid(view, name, "read with a dict as 'node'", node)
    row = registry.edge(prop.edge_source) if isinstance(prop, Edges) else None
    if row is None:
        raise unbound(view, name, prop.source)
    edge = options.get("edge", value is not True)
    of_edge = edge if isinstance(edge, Mapping) else {}
    _check(view, name, of_edge, ("select", "where"))
    selected = {} if edge is False else of_edge.get("select")
    relation.edge = to_selection(selected, row, registry)
    relation.edge_where = to_filter(of_edge.get("where"), row.view, registry)
    return relation


def _nodes(
    view: View,
    relation: Relation,
    options: Mapping[str, Any],
    registry: Registry,
    known: tuple[str, ...] = ("select", "where", "sort", "limit"),
) -> None:
    name = relation.name
    _check(view, name, options, known if relation.many else ("select",))
    row = registry.node(relation.prop.source)
    if row is None:
        raise unbound(view, name, relation.prop.source)
    relation.target = to_selection(options.get("select"), row, registry)
    relation.where = to_filter(options.get("where"), row.view, registry)
    relation.sort = to_sort(options.get("sort"), row.view)
    relation.limit = to_limit(options.get("limit"), place(view, name))


def _check(
    view: View, name: str, options: Mapping[str, Any], known: tuple[str, ...]
) -> None:
    for option in options:
        if option not in known:
            what = f"an option of {place(view, name)}"
            raise unknown("QUERY.UNKNOWN_OPTION", option, what, known)
`;
