/** `_runtime/registry.py` of a generated package. */
export const registryPy: string = `"""The views of a client by id, and what names instances and values of them."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from .errors import QueryError
from .instances import Instance, InstanceWrite
from .views import NodeId, View, ViewId


class Registry:
    """The classes of a client's views, and the space of ids without one."""

    def __init__(self, rows: Iterable[type[Instance]], space: str | None) -> None:
        self.space = space
        self._rows = {(row.view.instance_type, row.view.id): row for row in rows}

    def node(self, id: str | None) -> type[Instance] | None:
        """The class of a view's nodes."""
        return None if id is None else self._rows.get(("node", ViewId.parse(id)))

    def edge(self, id: str | None) -> type[Instance] | None:
        """The class of a view's edges."""
        return None if id is None else self._rows.get(("edge", ViewId.parse(id)))

    def id_of(self, value: Any) -> NodeId | None:
        """The id that a value names; None where it names none."""
        if isinstance(value, str):
            if self.space is None:
                raise QueryError(
                    "QUERY.NO_SPACE",
                    f"{value!r} is an external id, and the client has no space.",
                    "Give an id with its space, or a client a space.",
                )
            return NodeId(self.space, value)
        if isinstance(value, Instance):
            return value.as_id()
        if isinstance(value, InstanceWrite):
            return self.identity(value)
        if (
            isinstance(value, tuple)
            and len(value) == 2
            and all(isinstance(part, str) for part in value)
        ):
            return NodeId(*value)
        return None

    def identity(self, item: InstanceWrite) -> NodeId | None:
        """The id of something to write; None where it has no external id."""
        external_id = getattr(item, "external_id", None)
        if external_id is None:
            return None
        if item.space is not None:
            return NodeId(item.space, external_id)
        return self.id_of(external_id)


def place(view: View, name: str) -> str:
    """A property in messages."""
    return f"{name!r} of view {view.id}"


def unknown(code: str, name: object, what: str, known: Iterable[str]) -> QueryError:
    """A name that does not exist."""
    names = sorted(known)
    near = get_close_matches(str(name), names, n=1)
    hint = f"Did you mean {near[0]!r}?" if near else f"There are: {', '.join(names)}."
    return QueryError(code, f"{name!r} is not {what}.", hint)


def invalid(view: View, name: str, expected: str, value: object) -> QueryError:
    """A value that does not fit."""
    return QueryError(
        "QUERY.INVALID_VALUE",
        f"{place(view, name)} must be {expected}, got {type(value).__name__}.",
    )


def unbound(view: View, name: str, source: str | None) -> QueryError:
    """A relation to a view that the package does not have."""
    target = "no known view" if source is None else f"view {source}"
    return QueryError(
        "QUERY.UNBOUND_VIEW",
        f"{place(view, name)} leads to {target}, which is not in the data model.",
        "Only its ids can be read.",
    )
`;
