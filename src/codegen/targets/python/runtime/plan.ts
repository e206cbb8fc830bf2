/** `_runtime/plan.py` of a generated package. */
export const planPy: string = `"""Plans of what is read: requests, and what becomes of the sets they give."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from .filters import Filter
from .instances import Instance
from .selection import Relation
from .views import InstanceType, NodeId, ViewId

End = Literal["startNode", "endNode"]


@dataclass(frozen=True)
class JoinKey:
    """Where rows hold the ids by which sets are joined."""

    source: ViewId
    property_id: str

    def read(self, instance: Mapping[str, Any]) -> list[NodeId]:
        """The ids that an instance refers to."""
        groups = (instance.get("properties") or {}).get(self.source.space) or {}
        value = (groups.get(self.source.group) or {}).get(self.property_id)
        values = value if isinstance(value, list) else [value]
        return [NodeId(one["space"], one["externalId"]) for one in values if one]


@dataclass
class SetPlan:
    """One set of instances of a request, and what becomes of them."""

    name: str
    instance_type: InstanceType
    row: type[Instance] | None = None
    fields: list[str] = field(default_factory=list)
    everything: bool = False
    relations: list[RelationPlan] = field(default_factory=list)
    far: SetPlan | None = None
    far_end: End = "endNode"

    def inner(self) -> list[SetPlan]:
        """The sets of the same request that hang directly on this one."""
        sets = [] if self.far is None else [self.far]
        sets.extend(one.nodes for one in self.relations if one.stage is None)
        return sets


@dataclass
class RelationPlan:
    """How one property of the rows of a set is filled from another set."""

    relation: Relation
    nodes: SetPlan
    """The set at the other end; of connections by edges, the edges."""
    stage: StagePlan | None
    """The request that reads it, where it is not the one of the parent."""
    key: JoinKey | None = None
    near: End = "startNode"


@dataclass
class StagePlan:
    """A request. Ids and cursors are put into it when it is sent."""

    endpoint: Literal["list", "query", "byids"]
    request: dict[str, Any]
    root: SetPlan
    link: Callable[[list[dict[str, str]]], Filter] | None = None


@dataclass
class ListPlan:
    """How a list is read."""

    stage: StagePlan
    limit: int | None
`;
