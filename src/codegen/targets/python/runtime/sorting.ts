/** `_runtime/sorting.py` of a generated package. */
export const sortingPy: string = `"""Sorts and limits in the form that the service takes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from .errors import QueryError
from .instances import camel
from .registry import place, unknown
from .views import Direct, NodeId, Scalar, View

MOST_SORT_KEYS = 5
SORTABLE_FACTS = ("space", "external_id", "created_time", "last_updated_time")


def sort_path(view: View, name: str) -> list[str]:
    """What instances are sorted by, as requests name it."""
    prop = view.properties.get(name)
    if prop is None and name in SORTABLE_FACTS:
        return [view.instance_type, camel(name)]
    if prop is None:
        what = f"a property of view {view.id}"
        known = [*view.stored(), *SORTABLE_FACTS]
        raise unknown("QUERY.UNKNOWN_PROPERTY", name, what, known)
    is_json = isinstance(prop, Scalar) and prop.type == "json"
    if not isinstance(prop, (Scalar, Direct)) or prop.list or is_json:
        raise QueryError(
            "QUERY.INVALID_SORT",
            f"{place(view, name)} has no order: lists, JSON and connections have none.",
        )
    return view.path(name)


def to_sort(sort: Any, view: View) -> list[dict[str, Any]]:
    """A sort as the service takes it, told apart to the last by id.

    Raises:
        QueryError: A name or an order is wrong, or there are more than five.
    """
    if sort is None:
        return []
    if not isinstance(sort, (list, tuple)) or len(sort) > MOST_SORT_KEYS:
        raise QueryError(
            "QUERY.INVALID_SORT", f"A sort is a list of at most {MOST_SORT_KEYS} keys."
        )
    keys = []
    for entry in sort:
        parts = [entry] if isinstance(entry, str) else list(entry)
        name, order, nulls = parts + ["", "asc", "last"][len(parts) :]
        if order not in ("asc", "desc") or nulls not in ("first", "last"):
            raise QueryError(
                "QUERY.INVALID_SORT",
                f"The order of {place(view, name)} is 'asc' or 'desc', then perhaps"
                f" 'first' or 'last' for empty values; got {entry!r}.",
            )
        keys.append(
            {
                "property": sort_path(view, name),
                "direction": "ascending" if order == "asc" else "descending",
                "nullsFirst": nulls == "first",
            }
        )
    if keys:
        for fact in ("externalId", "space"):
            path = [view.instance_type, fact]
            if all(key["property"] != path for key in keys):
                keys.append({"property": path})
    return keys[:MOST_SORT_KEYS]


def to_limit(limit: Any, of: str) -> int | None:
    """A limit; None for none."""
    if limit is None or (isinstance(limit, float) and limit == math.inf):
        return None
    if isinstance(limit, int) and not isinstance(limit, bool) and limit >= 0:
        return limit
    raise QueryError(
        "QUERY.INVALID_LIMIT",
        f"The limit of {of} is a whole number from 0, or math.inf; got {limit!r}.",
    )


def chunks(values: Sequence[NodeId], size: int) -> Iterator[Sequence[NodeId]]:
    """So many at a time."""
    for start in range(0, len(values), size):
        yield values[start : start + size]
`;
