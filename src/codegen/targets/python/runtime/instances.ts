/** `_runtime/instances.py` of a generated package. */
export const instancesPy: string = `"""The bases of generated classes: instances as they are read, and to be written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from importlib import import_module
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    ClassVar,
    Generic,
    TypeAlias,
    TypeVar,
    get_args,
)

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainSerializer,
)
from pydantic_core import CoreSchema, core_schema

from .errors import NotReadError
from .views import Direct, NodeId, View


def camel(name: str) -> str:
    """The usual id of a property, of its name: windSpeed of wind_speed."""
    first, *rest = name.split("_")
    return first + "".join(part[:1].upper() + part[1:] for part in rest)


UTC = timezone(timedelta(0), "UTC")


def utc(value: datetime) -> datetime:
    """A time without zone is in UTC."""
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def iso(value: datetime) -> str:
    """A time as the service takes it: UTC, with milliseconds."""
    text = utc(value).astimezone(UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


Timestamp: TypeAlias = Annotated[
    datetime, AfterValidator(utc), PlainSerializer(iso, when_used="json")
]
"""A time with its zone; in JSON as CDF writes it, with milliseconds."""

Date: TypeAlias = date
"""A day."""

JsonObject: TypeAlias = dict[str, Any]
"""A JSON object."""


class DataRecord(BaseModel):
    """What the service keeps of every instance."""

    model_config = ConfigDict(frozen=True, alias_generator=camel, populate_by_name=True)

    version: int
    created_time: Timestamp
    last_updated_time: Timestamp
    deleted_time: Timestamp | None = None


class _Relation:
    """Keeps schemas of classes apart: what is related is checked by its own class."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        classes = [
            arg
            for arg in get_args(source)
            if isinstance(arg, type) and issubclass(arg, InstanceWrite)
        ]

        def check(value: Any) -> Any:
            if isinstance(value, (str, Instance, InstanceWrite, EdgePair, NodeId)):
                return value
            if isinstance(value, (tuple, list)) and len(value) == 2:
                return NodeId(*value)
            if isinstance(value, dict):
                if set(value) in ({"space", "external_id"}, {"space", "externalId"}):
                    return NodeId(*value.values())
                if classes:
                    return classes[0].model_validate(value)
            raise ValueError("an id or something to write is needed")

        return core_schema.no_info_plain_validator_function(
            check, serialization=core_schema.plain_serializer_function_ser_schema(dump)
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": "object"}


class _Related:
    """Nothing is to be checked: the package made what is related."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.any_schema(
            serialization=core_schema.plain_serializer_function_ser_schema(dump)
        )


class Instance(BaseModel):
    """An instance as it was read. What was not selected is not there.

    Relations hold instances of the class they lead to. Of one that was not selected
    into, the instances have nothing but space and external_id.
    """

    model_config = ConfigDict(
        alias_generator=camel,
        defer_build=True,
        extra="allow",
        populate_by_name=True,
        protected_namespaces=(),
    )

    view: ClassVar[View]

    space: str
    external_id: str
    data_record: DataRecord
    """Version and times; not there on instances that were not selected into."""

    def as_id(self) -> NodeId:
        """The id of the instance."""
        return NodeId(self.space, self.external_id)

    def dump(self, *, by_alias: bool = True) -> dict[str, Any]:
        """What was read, ready to become JSON, without data_record.

        Args:
            by_alias: Whether keys are CDF's ids; otherwise they are the names here.
        """
        names = {} if by_alias is False else ids_of(type(self))
        return {
            names.get(name, name): dump(value, by_alias=by_alias)
            for name, value in self.__dict__.items()
            if name != "data_record"
        }

    def to_pandas(self) -> Any:
        """What was read as a pandas.Series. Needs pandas."""
        pandas = import_module("pandas")

        return pandas.Series(record(self), name=self.external_id)

    def _as_write(self, write: type[WriteT]) -> WriteT:
        values: dict[str, Any] = {}
        for name, prop in self.view.stored().items():
            if prop.read_only or name not in self.__dict__:
                continue
            value = self.__dict__[name]
            if isinstance(prop, Direct) and value is not None:
                ids = [one.as_id() for one in (value if prop.list else [value])]
                value = ids if prop.list else ids[0]
            values[name] = value
        record = self.__dict__.get("data_record")
        values["space"] = self.space
        values["external_id"] = self.external_id
        values["existing_version"] = record.version if record else None
        if isinstance(self, Edge):
            values["edge_type"] = self.edge_type
            values["start_node"] = self.start_node
            values["end_node"] = self.end_node
        return write(**values)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            if name in type(self).model_fields:
                raise NotReadError(
                    f"{name!r} of {type(self).__name__} {self.external_id!r} was not"
                    " read: name it in select."
                )
            return super().__getattr__(name)


class Node(Instance):
    """A node as it was read."""

    node_type: NodeId | None


class Edge(Instance):
    """An edge as it was read."""

    edge_type: NodeId
    start_node: NodeId
    end_node: NodeId


class InstanceWrite(BaseModel):
    """An instance to write. What is not given is left alone, None clears."""

    model_config = ConfigDict(
        alias_generator=camel,
        defer_build=True,
        extra="forbid",
        loc_by_alias=False,
        populate_by_name=True,
        protected_namespaces=(),
        validate_assignment=True,
    )

    view: ClassVar[View | None] = None

    space: str | None = None
    """The client's, unless it is given."""
    existing_version: int | None = None
    """The write is refused where the stored version is greater."""


class NodeWrite(InstanceWrite):
    """A node to write."""

    external_id: str = Field(min_length=1, max_length=255)
    node_type: NodeId | None = None


class EdgeWrite(InstanceWrite):
    """An edge to write. Within its node it needs neither ends nor type."""

    external_id: str | None = Field(default=None, min_length=1, max_length=255)
    """Made of its ends and its type, unless it is given."""
    edge_type: NodeId | None = None
    start_node: NodeId | None = None
    end_node: NodeId | None = None


InstanceT = TypeVar("InstanceT", bound=Instance)
WriteT = TypeVar("WriteT", bound=InstanceWrite)
EdgeWriteT = TypeVar("EdgeWriteT", bound=EdgeWrite)
NodeT_co = TypeVar("NodeT_co", covariant=True)
EdgeT_co = TypeVar("EdgeT_co", covariant=True)
AnyT = TypeVar("AnyT")


@dataclass(frozen=True)
class EdgePair(Generic[NodeT_co, EdgeT_co]):
    """An edge, and the node at its other end."""

    node: NodeT_co
    edge: EdgeT_co


InstanceRef: TypeAlias = str | tuple[str, str] | NodeId | Instance | InstanceWrite
"""What names an instance: an external id in the client's space, an id, or itself."""

Ref: TypeAlias = Annotated[InstanceRef, _Relation()]
"""A relation to write: what names the node."""

Link: TypeAlias = Annotated[
    WriteT | str | tuple[str, str] | NodeId | Instance, _Relation()
]
"""A relation to write: what names the node, or the node itself to be written too."""

EdgeLink: TypeAlias = Annotated[
    WriteT
    | str
    | tuple[str, str]
    | NodeId
    | Instance
    | EdgePair[WriteT | str | tuple[str, str] | NodeId | Instance, EdgeWriteT],
    _Relation(),
]
"""An edge to write: a link to the node, or a pair of that and of the edge."""

Related: TypeAlias = Annotated[AnyT, _Related()]
"""What is at the other end of a relation that was read."""


class InstanceList(list[InstanceT], Generic[InstanceT]):
    """A list of instances of a view.

    Attributes:
        truncated: Whether there may be more than what can be read in this way.
    """

    def __init__(
        self,
        items: Iterable[InstanceT] = (),
        *,
        row_type: type[InstanceT] | None = None,
        truncated: bool = False,
    ) -> None:
        super().__init__(items)
        self.truncated = truncated
        self._row_type = row_type

    def as_ids(self) -> list[NodeId]:
        """The ids, in order."""
        return [row.as_id() for row in self]

    def as_external_ids(self) -> list[str]:
        """The external ids, in order."""
        return [row.external_id for row in self]

    def dump(self, *, by_alias: bool = True) -> list[dict[str, Any]]:
        """What was read, ready to become JSON. See dump()."""
        return [row.dump(by_alias=by_alias) for row in self]

    def to_pandas(self) -> Any:
        """A pandas.DataFrame with a row for each instance. Needs pandas.

        Relations become external ids. Without rows there are the columns of the view.
        """
        pandas = import_module("pandas")

        columns = None if self or not self._row_type else columns_of(self._row_type)
        return pandas.DataFrame([record(row) for row in self], columns=columns)


def ids_of(row_type: type[Instance]) -> dict[str, str]:
    """CDF's ids of all fields, by name."""
    view: View | None = getattr(row_type, "view", None)
    properties = {} if view is None else view.properties
    ids = {name: prop.id or name for name, prop in properties.items()}
    return {name: ids.get(name) or camel(name) for name in row_type.model_fields}


def columns_of(row_type: type[Instance]) -> list[str]:
    """The columns of a table of rows."""
    return [name for name in row_type.model_fields if name != "data_record"]


def record(row: Instance) -> dict[str, Any]:
    """One row of a table."""

    def cell(value: Any) -> Any:
        if isinstance(value, list):
            return [cell(one) for one in value]
        if isinstance(value, EdgePair):
            return cell(value.node)
        return value.external_id if isinstance(value, (Instance, NodeId)) else value

    return {
        name: cell(value)
        for name, value in row.__dict__.items()
        if name != "data_record"
    }


def dump(value: Any, *, by_alias: bool = True) -> Any:
    """A value of an instance, ready to become JSON."""
    if isinstance(value, Instance):
        return value.dump(by_alias=by_alias)
    if isinstance(value, NodeId):
        return value.dump() if by_alias else value._asdict()
    if isinstance(value, EdgePair):
        edge = dump(value.edge, by_alias=by_alias)
        return {"edge": edge, "node": dump(value.node, by_alias=by_alias)}
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=by_alias, exclude_unset=True)
    if isinstance(value, list):
        return [dump(one, by_alias=by_alias) for one in value]
    return value


def left_to_the_service() -> Any:
    """The value of a property that the service fills in where it is not given."""
    return None
`;
