/** `_runtime/conditions.py` of a generated package. */
export const conditionsPy: string = `"""The types of conditions, selections and sorts that generated code puts together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Generic, Literal, TypeAlias, TypeVar

from typing_extensions import TypedDict

from .instances import InstanceRef

ValueT = TypeVar("ValueT")
WhereT = TypeVar("WhereT")
SelectT = TypeVar("SelectT")
FieldT = TypeVar("FieldT")
EdgeSelectT = TypeVar("EdgeSelectT")
EdgeWhereT = TypeVar("EdgeWhereT")

TextFilter = TypedDict(
    "TextFilter",
    {
        "equals": str,
        "in": Sequence[str],
        "prefix": str,
        "gt": str,
        "gte": str,
        "lt": str,
        "lte": str,
        "exists": bool,
    },
    total=False,
)
ReferenceFilter = TypedDict(
    "ReferenceFilter",
    {"equals": str, "in": Sequence[str], "prefix": str, "exists": bool},
    total=False,
)
EnumFilter = TypedDict(
    "EnumFilter", {"equals": str, "in": Sequence[str], "exists": bool}, total=False
)
NumberFilter = TypedDict(
    "NumberFilter",
    {
        "equals": float,
        "in": Sequence[float],
        "gt": float,
        "gte": float,
        "lt": float,
        "lte": float,
        "exists": bool,
    },
    total=False,
)
TimestampFilter = TypedDict(
    "TimestampFilter",
    {
        "equals": datetime | str,
        "in": Sequence[datetime | str],
        "gt": datetime | str,
        "gte": datetime | str,
        "lt": datetime | str,
        "lte": datetime | str,
        "exists": bool,
    },
    total=False,
)
DateFilter = TypedDict(
    "DateFilter",
    {
        "equals": date | str,
        "in": Sequence[date | str],
        "gt": date | str,
        "gte": date | str,
        "lt": date | str,
        "lte": date | str,
        "exists": bool,
    },
    total=False,
)
_NodeFilter = TypedDict(
    "_NodeFilter",
    {"equals": InstanceRef, "in": Sequence[InstanceRef], "exists": bool},
    total=False,
)


class BooleanFilter(TypedDict, total=False):
    """Conditions on a boolean."""

    equals: bool
    exists: bool


class JsonFilter(TypedDict, total=False):
    """Conditions on a JSON object."""

    equals: dict[str, Any]
    exists: bool


class ListFilter(TypedDict, Generic[ValueT], total=False):
    """Conditions on a list."""

    contains_any: Sequence[ValueT]
    contains_all: Sequence[ValueT]
    exists: bool


class RelationFilter(_NodeFilter, Generic[WhereT], total=False):
    """Conditions on a direct relation; matches: on the node it points to."""

    matches: WhereT


TextWhere: TypeAlias = str | TextFilter | None
ReferenceWhere: TypeAlias = str | ReferenceFilter | None
EnumWhere: TypeAlias = str | EnumFilter | None
NumberWhere: TypeAlias = float | NumberFilter | None
BooleanWhere: TypeAlias = bool | BooleanFilter | None
TimestampWhere: TypeAlias = datetime | str | TimestampFilter | None
DateWhere: TypeAlias = date | str | DateFilter | None
JsonWhere: TypeAlias = JsonFilter | None
ListWhere: TypeAlias = ListFilter[ValueT] | None
NodeWhere: TypeAlias = _NodeFilter | None
RelationWhere: TypeAlias = RelationFilter[WhereT] | None

Order: TypeAlias = Literal["asc", "desc"]
Nulls: TypeAlias = Literal["first", "last"]
SortKey: TypeAlias = FieldT | tuple[FieldT, Order] | tuple[FieldT, Order, Nulls]
"""A property to sort by, the order, and where empty values go: last, unless said."""


class InstanceWhere(TypedDict, total=False):
    """Conditions that every instance can be found by."""

    space: TextWhere
    external_id: TextWhere
    created_time: TimestampWhere
    last_updated_time: TimestampWhere
    raw_filter: dict[str, Any]
    """A filter in the service's own language."""


class NodeInstanceWhere(InstanceWhere, total=False):
    """Conditions that every node can be found by."""

    node_type: NodeWhere


class EdgeInstanceWhere(InstanceWhere, total=False):
    """Conditions that every edge can be found by."""

    edge_type: NodeWhere
    start_node: NodeWhere
    end_node: NodeWhere


class SelectOne(TypedDict, Generic[SelectT], total=False):
    """What to read of the one node at the other end."""

    select: SelectT


class SelectMany(TypedDict, Generic[SelectT, WhereT, FieldT], total=False):
    """What to read of the nodes at the other end; limit is for each parent."""

    select: SelectT
    where: WhereT
    sort: Sequence[SortKey[FieldT]]
    limit: int


class SelectEdges(TypedDict, Generic[EdgeSelectT, EdgeWhereT], total=False):
    """What to read of edges."""

    select: EdgeSelectT
    where: EdgeWhereT


class SelectEdgeNodes(TypedDict, Generic[SelectT, WhereT, FieldT], total=False):
    """What to read of the nodes at the other end of edges."""

    select: SelectT
    where: WhereT
    sort: Sequence[SortKey[FieldT]]


class SelectPairs(
    TypedDict,
    Generic[SelectT, WhereT, FieldT, EdgeSelectT, EdgeWhereT],
    total=False,
):
    """What to read of edges and the nodes at their other end."""

    edge: bool | SelectEdges[EdgeSelectT, EdgeWhereT]
    node: bool | SelectEdgeNodes[SelectT, WhereT, FieldT]
    limit: int


class SelectUntypedPairs(TypedDict, Generic[EdgeSelectT, EdgeWhereT], total=False):
    """What to read of edges to nodes of no known view."""

    edge: bool | SelectEdges[EdgeSelectT, EdgeWhereT]
    node: bool
    limit: int


OneSelect: TypeAlias = bool | SelectOne[SelectT]
ManySelect: TypeAlias = bool | SelectMany[SelectT, WhereT, FieldT]
PairsSelect: TypeAlias = (
    bool | SelectPairs[SelectT, WhereT, FieldT, EdgeSelectT, EdgeWhereT]
)
UntypedPairsSelect: TypeAlias = bool | SelectUntypedPairs[EdgeSelectT, EdgeWhereT]
`;
