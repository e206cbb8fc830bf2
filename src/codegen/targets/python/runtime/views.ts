/** `_runtime/views.py` of a generated package. */
export const viewsPy: string = `"""What the package knows of views: the ids and kinds of their properties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeAlias

InstanceType: TypeAlias = Literal["node", "edge"]


class NodeId(NamedTuple):
    """The id of an instance. A plain tuple of two texts is taken for one, too."""

    space: str
    external_id: str

    def dump(self) -> dict[str, str]:
        """The id as the service writes it."""
        return {"space": self.space, "externalId": self.external_id}


class ViewId(NamedTuple):
    """The id of a view, or of a container, which has no version."""

    space: str
    external_id: str
    version: str | None = None

    @classmethod
    def parse(cls, text: str) -> ViewId:
        """Reads space/externalId@version, or space/externalId."""
        name, _, version = text.partition("@")
        space, _, external_id = name.partition("/")
        return cls(space, external_id, version or None)

    def reference(self) -> dict[str, str]:
        """The id as requests name it."""
        if self.version is None:
            return {
                "type": "container",
                "space": self.space,
                "externalId": self.external_id,
            }
        return {
            "type": "view",
            "space": self.space,
            "externalId": self.external_id,
            "version": self.version,
        }

    @property
    def group(self) -> str:
        """What values are grouped under in answers, within the space."""
        if self.version is None:
            return self.external_id
        return f"{self.external_id}/{self.version}"

    def path(self, property_id: str) -> list[str]:
        """A property of it, as filters name it."""
        return [self.space, self.group, property_id]

    def __str__(self) -> str:
        version = "" if self.version is None else f"@{self.version}"
        return f"{self.space}/{self.external_id}{version}"


@dataclass(frozen=True)
class Scalar:
    """A value or a list of values. id is CDF's, where it is not the name."""

    type: str
    id: str | None = None
    list: bool = False
    required: bool = False
    has_default: bool = False
    immutable: bool = False
    read_only: bool = False
    unit: str | None = None
    values: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Direct:
    """A direct relation; source is the view of the nodes it leads to."""

    id: str | None = None
    list: bool = False
    required: bool = False
    has_default: bool = False
    immutable: bool = False
    read_only: bool = False
    source: str | None = None


@dataclass(frozen=True)
class Reverse:
    """The nodes whose direct relation property of through points here."""

    through: str
    property: str
    through_list: bool = False
    id: str | None = None
    single: bool = False
    source: str | None = None


@dataclass(frozen=True)
class Edges:
    """A connection by edges; edge_source is the view of their own properties."""

    edge_type: tuple[str, str]
    id: str | None = None
    inwards: bool = False
    single: bool = False
    source: str | None = None
    edge_source: str | None = None


Property: TypeAlias = Scalar | Direct | Reverse | Edges


class View:
    """A view: its id, and its properties by their names in Python."""

    def __init__(
        self,
        id: str,
        instance_type: InstanceType,
        properties: Mapping[str, Property],
        *,
        filter: Mapping[str, Any] | None = None,
        node_type: tuple[str, str] | None = None,
    ) -> None:
        self.id = ViewId.parse(id)
        self.instance_type: InstanceType = instance_type
        self.properties = properties
        self.filter = filter
        self.node_type = None if node_type is None else NodeId(*node_type)

    def property_id(self, name: str) -> str:
        """CDF's id of a property."""
        return self.properties[name].id or name

    def path(self, name: str) -> list[str]:
        """A property as filters name it."""
        return self.id.path(self.property_id(name))

    def by_id(self, property_id: str) -> Property | None:
        """The property of an id of CDF."""
        for name, prop in self.properties.items():
            if (prop.id or name) == property_id:
                return prop
        return None

    def stored(self) -> dict[str, Scalar | Direct]:
        """The properties that instances hold themselves."""
        return {
            name: prop
            for name, prop in self.properties.items()
            if isinstance(prop, (Scalar, Direct))
        }

    def membership(self) -> Mapping[str, Any]:
        """Which instances are in the view."""
        return self.filter or {"hasData": [self.id.reference()]}

    def __repr__(self) -> str:
        return f"<View {self.id}>"
`;
