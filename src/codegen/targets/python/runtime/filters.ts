/** `_runtime/filters.py` of a generated package. */
export const filtersPy: string = `"""Conditions in the form that the service takes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .errors import QueryError
from .operands import milliseconds, operand_of, reference, typed
from .registry import Registry, invalid, place, unbound, unknown
from .sorting import SORTABLE_FACTS
from .views import Direct, Scalar, View

Filter = dict[str, Any]

NOTHING: Filter = {"not": {"matchAll": {}}}
MOST_VALUES = 1000
EQUALITY = ("equals", "in", "exists")
BOUNDS = ("gt", "gte", "lt", "lte")
RANGE = (*EQUALITY, *BOUNDS)
COMBINED = ("all_of", "any_of", "none_of", "raw_filter")


def all_of(*filters: Mapping[str, Any] | None) -> Filter | None:
    """Holds where all of them hold."""
    parts: list[Any] = []
    for one in filters:
        if one is not None:
            parts.extend(one["and"] if set(one) == {"and"} else [one])
    if len(parts) > 1:
        return {"and": parts}
    return dict(parts[0]) if parts else None


def any_of(filters: Sequence[Filter | None]) -> Filter | None:
    """Holds where one of them holds: nowhere where there is none."""
    if any(one is None for one in filters):
        return None
    if len(filters) == 1:
        return filters[0]
    return {"or": list(filters)} if filters else NOTHING


def negate(one: Filter | None) -> Filter:
    """Holds where the condition does not."""
    return NOTHING if one is None else {"not": one}


@dataclass(frozen=True)
class Subject:
    """What operators apply to."""

    view: View
    name: str
    kind: str
    path: list[str]
    operators: Sequence[str]
    operand: Callable[[Any], Any]
    target: Callable[[Any], Filter | None] | None = None


def to_filter(where: Any, view: View, registry: Registry) -> Filter | None:
    """Conditions as a filter; None where there is none.

    Raises:
        QueryError: A name, an operator or a value is wrong; it says which.
    """
    if where is None:
        return None
    if not isinstance(where, Mapping):
        raise QueryError(
            "QUERY.INVALID_WHERE",
            f"Conditions are a dict, got {type(where).__name__}.",
        )
    return all_of(*(_condition(key, where[key], view, registry) for key in where))


def _condition(name: str, value: Any, view: View, registry: Registry) -> Filter | None:
    if name in COMBINED:
        return _combined(name, value, view, registry)
    subject = _fact(name, view, registry) or _property(name, view, registry)
    if value is None:
        return {"not": {"exists": {"property": subject.path}}}
    if isinstance(value, Mapping):
        return _operators(subject, value)
    if "equals" not in subject.operators or subject.kind in ("direct", "json"):
        operators = ", ".join(subject.operators)
        raise invalid(view, name, f"a dict of operators ({operators})", value)
    return {"equals": {"property": subject.path, "value": subject.operand(value)}}


def _combined(name: str, value: Any, view: View, registry: Registry) -> Filter | None:
    if name == "raw_filter":
        if not isinstance(value, Mapping):
            raise invalid(view, name, "a filter", value)
        return dict(value)
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise invalid(view, name, "a list of conditions", value)
    if any(one is None for one in value):
        raise invalid(view, name, "a list of conditions", None)
    filters = [to_filter(one, view, registry) for one in value]
    if name == "all_of":
        return all_of(*filters)
    return any_of(filters) if name == "any_of" else negate(any_of(filters))


def _operators(subject: Subject, given: Mapping[str, Any]) -> Filter | None:
    found: list[Filter | None] = []
    for name, value in given.items():
        if name not in subject.operators:
            what = f"an operator for {place(subject.view, subject.name)}"
            raise unknown("QUERY.UNKNOWN_OPERATOR", name, what, subject.operators)
        if name not in BOUNDS:
            found.append(_operator(subject, name, value))
    return all_of(*found, *_ranges(subject, given))


def _operator(subject: Subject, name: str, value: Any) -> Filter | None:
    path = subject.path
    if name == "exists":
        if not isinstance(value, bool):
            raise invalid(subject.view, subject.name, "true or false", value)
        exists: Filter = {"exists": {"property": path}}
        return exists if value else negate(exists)
    if name in ("equals", "prefix"):
        if value is None:
            return negate({"exists": {"property": path}})
        return {name: {"property": path, "value": subject.operand(value)}}
    if name == "matches" and subject.target is not None:
        inner = subject.target(value)
        if inner is None:
            return {"exists": {"property": path}}
        return {"nested": {"scope": path, "filter": inner}}
    values = _values(subject, value)
    if name == "in":
        if subject.kind == "enum":  # the service refuses in for enums
            return any_of(
                [{"equals": {"property": path, "value": value}} for value in values]
            )
        return any_of(
            [{"in": {"property": path, "values": part}} for part in _chunks(values)]
        )
    if name == "contains_any":
        return any_of(
            [
                {"containsAny": {"property": path, "values": part}}
                for part in _chunks(values)
            ]
        )
    # Every list contains all of nothing, but an absent one is no list.
    return all_of(
        *(
            {"containsAll": {"property": path, "values": part}}
            for part in _chunks(values)
        )
    ) or {"exists": {"property": path}}


def _values(subject: Subject, value: Any) -> list[Any]:
    if not isinstance(value, (list, tuple, set, frozenset)):
        raise invalid(subject.view, subject.name, "compared with a list", value)
    texts = {}
    for one in value:
        operand = subject.operand(one)
        texts[json.dumps(operand, sort_keys=True)] = operand
    return list(texts.values())


def _chunks(values: Sequence[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(values), MOST_VALUES):
        yield list(values[start : start + MOST_VALUES])


def _ranges(subject: Subject, given: Mapping[str, Any]) -> Iterator[Filter]:
    """One range, or two where a side is bounded twice, which the service refuses."""
    twice = {"gt", "gte"} <= set(given) or {"lt", "lte"} <= set(given)
    for names in [("gt", "lt"), ("gte", "lte")] if twice else [BOUNDS]:
        bounds = {name: subject.operand(given[name]) for name in names if name in given}
        if bounds:
            yield {"range": {"property": subject.path, **bounds}}


def _fact(name: str, view: View, registry: Registry) -> Subject | None:
    times = {"created_time": "createdTime", "last_updated_time": "lastUpdatedTime"}
    nodes = {"node_type": "type"}
    if view.instance_type == "edge":
        nodes = {"edge_type": "type", "start_node": "startNode", "end_node": "endNode"}
    operand: Callable[[Any], Any]
    operators: Sequence[str]
    if name in ("space", "external_id"):
        fact = "space" if name == "space" else "externalId"
        kind, operators = "text", (*RANGE, "prefix")
        operand = typed(view, name, "a text", str)
    elif name in times:
        fact, kind, operators = times[name], "timestamp", RANGE
        operand = milliseconds(view, name)
    elif name in nodes:
        fact, kind, operators = nodes[name], "direct", EQUALITY
        operand = reference(view, name, registry)
    else:
        return None
    path = [view.instance_type, fact]
    return Subject(view, name, kind, path, operators, operand)


def _property(name: str, view: View, registry: Registry) -> Subject:
    prop = view.properties.get(name)
    if prop is None:
        known = [*view.stored(), *SORTABLE_FACTS, *COMBINED]
        what = f"a property of view {view.id}"
        raise unknown("QUERY.UNKNOWN_PROPERTY", name, what, known)
    if not isinstance(prop, (Scalar, Direct)):
        raise QueryError(
            "QUERY.NOT_FILTERABLE",
            f"{place(view, name)} is no stored property: one cannot filter by it.",
            "Filter the nodes at the other end, by their direct relation or edges.",
        )
    kind = "direct" if isinstance(prop, Direct) else prop.type
    operand = operand_of(prop, view, name, registry)
    operators = _operators_of(kind, prop.list)
    target = None
    if isinstance(prop, Direct):
        target = _nested(prop, view, name, registry)
    return Subject(view, name, kind, view.path(name), operators, operand, target)


def _nested(
    prop: Direct, view: View, name: str, registry: Registry
) -> Callable[[Any], Filter | None]:
    def matches(where: Any) -> Filter | None:
        row = registry.node(prop.source)
        if row is None:
            raise unbound(view, name, prop.source)
        return to_filter(where, row.view, registry)

    return matches


def _operators_of(kind: str, is_list: bool) -> Sequence[str]:
    if is_list:
        return ("contains_any", "contains_all", "exists")
    return {
        "text": (*RANGE, "prefix"),
        "timeseries": (*EQUALITY, "prefix"),
        "file": (*EQUALITY, "prefix"),
        "sequence": (*EQUALITY, "prefix"),
        "direct": (*EQUALITY, "matches"),
        "enum": EQUALITY,
        "boolean": ("equals", "exists"),
        "json": ("equals", "exists"),
    }.get(kind, RANGE)
`;
