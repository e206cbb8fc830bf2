/** `_runtime/operations.py` of a generated package. */
export const operationsPy: string = `"""What can be done with the instances of a view, as steps: requests and answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from pydantic import BaseModel

from .calls import Call, Steps, one
from .errors import PartialWriteError, QueryError
from .filters import to_filter
from .instances import (
    Instance,
    InstanceList,
    InstanceT,
    InstanceWrite,
    Timestamp,
    camel,
)
from .planner import CHUNK, plan_list, plan_retrieve
from .reader import ListRun, Reader
from .registry import Registry, place, unknown
from .rows import decode
from .sorting import chunks, to_limit
from .views import Direct, InstanceType, NodeId, Scalar, View
from .writer import plan_write

MOST_COLLECTED = 10000
MOST_FOUND = 1000
METRICS = ("count", "avg", "sum", "min", "max")


class WriteOptions(TypedDict, total=False):
    """How instances are written; what is not given is left to the service."""

    replace: bool
    """Properties that were not given go to their default."""
    skip_on_version_conflict: bool
    """Passes over what is stored in a newer version."""
    auto_create_direct_relations: bool
    """Creates the nodes that direct relations lead to, as the service does anyway."""
    auto_create_start_nodes: bool
    """Creates the nodes that edges start from, where they are not there."""
    auto_create_end_nodes: bool
    """Creates the nodes that edges end at, where they are not there."""


class WrittenInstance(BaseModel):
    """What the service says of an instance that was written."""

    model_config = {"alias_generator": camel, "populate_by_name": True}

    instance_type: InstanceType
    space: str
    external_id: str
    version: int
    was_modified: bool
    created_time: Timestamp
    last_updated_time: Timestamp

    def as_id(self) -> NodeId:
        """The id of the instance."""
        return NodeId(self.space, self.external_id)


class Aggregates(BaseModel):
    """What was computed over a group of instances.

    Attributes:
        group: The values that the instances of the group have in common, by name.
        count: How many there are; of properties, how many of those have a value.
    """

    group: dict[str, Any] = {}
    count: int | dict[str, int] | None = None
    avg: dict[str, float | None] = {}
    sum: dict[str, float | None] = {}
    min: dict[str, float | None] = {}
    max: dict[str, float | None] = {}

    def dump(self) -> dict[str, Any]:
        """What was asked for, ready to become JSON."""
        return self.model_dump(mode="json", exclude_unset=True)


class AggregatesList(list[Aggregates]):
    """Groups of instances, and what was computed over each.

    Attributes:
        truncated: Whether there may be more groups than the service gives.
    """

    truncated: bool = False


def retrieve(
    row: type[InstanceT], registry: Registry, ids: Sequence[Any], select: Any
) -> Steps[InstanceList[InstanceT]]:
    """Instances by id, in the order of the ids, without those that are not there."""
    named = list(dict.fromkeys(id_of(row.view, id, registry) for id in ids))
    stage = plan_retrieve(row, registry, select)
    found = yield from Reader(registry).by_ids(stage, named)
    rows: Any = [found[id] for id in named if id in found]
    return InstanceList(rows, row_type=row)


def collect(
    run: ListRun, row: type[InstanceT], *, bounded: bool
) -> Steps[InstanceList[InstanceT]]:
    """All rows of a list.

    Raises:
        QueryError: There are more than 10,000, and no limit was given.
    """
    rows: InstanceList[Any] = InstanceList(row_type=row)
    while not run.done:
        rows.extend((yield from run.next_page()))
        if bounded and len(rows) > MOST_COLLECTED:
            raise QueryError(
                "QUERY.UNBOUNDED",
                f"The list has more than {MOST_COLLECTED} rows, and no limit.",
                "Give a limit (math.inf for all), or iterate.",
            )
    return rows


def start_list(row: type[Instance], registry: Registry, **args: Any) -> ListRun:
    """A list, ready to be read page by page."""
    return ListRun(plan_list(row, registry, **args), registry)


def search(
    row: type[InstanceT],
    registry: Registry,
    query: str,
    *,
    properties: Sequence[str] | None,
    where: Any,
    select: Any,
    limit: Any,
) -> Steps[InstanceList[InstanceT]]:
    """Instances by text, most relevant first."""
    view = row.view
    most = to_limit(limit, f"a search in view {view.id}")
    if most is not None and most > MOST_FOUND:
        raise QueryError(
            "QUERY.INVALID_LIMIT", f"A search gives at most {MOST_FOUND} instances."
        )
    if most == 0:
        return InstanceList(row_type=row)
    filter = to_filter(where, view, registry)
    body: dict[str, Any] = {
        "view": view.id.reference(),
        "query": query,
        "instanceType": view.instance_type,
        "limit": MOST_FOUND if most is None else most,
        **({} if filter is None else {"filter": filter}),
    }
    if properties is not None:
        body["properties"] = [_property_id(view, name) for name in properties]
    answer = yield from one(Call("/models/instances/search", body))
    items = answer["items"]
    truncated = most is None and len(items) >= MOST_FOUND
    if select is None:
        names = list(view.stored())
        rows: Any = [decode(row, names, item, registry, True) for item in items]
        return InstanceList(rows, row_type=row, truncated=truncated)
    ids = [NodeId(item["space"], item["externalId"]) for item in items]
    found = yield from retrieve(row, registry, ids, select)
    found.truncated = truncated
    return found


def aggregate(
    row: type[Instance],
    registry: Registry,
    *,
    metrics: Mapping[str, Any],
    group_by: Sequence[str],
    where: Any,
    query: str | None,
    properties: Sequence[str] | None,
) -> Steps[AggregatesList]:
    """Counts, averages and so on, over all instances or by groups."""
    view = row.view
    filter = to_filter(where, view, registry)
    wanted: list[tuple[str, str]] = []
    for metric in METRICS:
        names = metrics.get(metric)
        if names is True:
            wanted.append((metric, "externalId"))
        elif names:
            listed = [names] if isinstance(names, str) else names
            wanted.extend((metric, _property_id(view, name)) for name in listed)
    if not wanted:
        raise QueryError("QUERY.INVALID_AGGREGATE", "Say what is to be computed.")
    groups = {_property_id(view, name): name for name in group_by}
    body: dict[str, Any] = {
        "view": view.id.reference(),
        "instanceType": view.instance_type,
        "aggregates": [{metric: {"property": id}} for metric, id in wanted],
        "limit": MOST_FOUND,
        **({} if filter is None else {"filter": filter}),
        **({"groupBy": list(groups)} if groups else {}),
        **({} if query is None else {"query": query}),
    }
    if properties is not None:
        body["properties"] = [_property_id(view, name) for name in properties]
    answer = yield from one(Call("/models/instances/aggregate", body))
    names = {view.property_id(name): name for name in view.properties}
    found = AggregatesList(
        _aggregates(item, names, metrics.get("count") is True)
        for item in answer["items"]
    )
    found.truncated = bool(groups) and len(found) >= MOST_FOUND
    return found


def _aggregates(
    item: Mapping[str, Any], names: Mapping[str, str], counts_all: bool
) -> Aggregates:
    values: dict[str, Any] = {}
    for found in item["aggregates"]:
        metric, id, value = found["aggregate"], found["property"], found.get("value")
        if metric == "count" and counts_all and id == "externalId":
            values["count"] = int(value)
        else:
            values.setdefault(metric, {})[names.get(id, id)] = value
    group = {
        names.get(id, id): value for id, value in (item.get("group") or {}).items()
    }
    return Aggregates(**({"group": group} if group else {}), **values)


def upsert(
    items: InstanceWrite | Sequence[InstanceWrite],
    registry: Registry,
    options: WriteOptions,
) -> Steps[list[WrittenInstance]]:
    """Creates or patches instances, with all that is nested in them."""
    for name in options:
        if name not in WriteOptions.__annotations__:
            raise TypeError(f"upsert() got an unexpected keyword argument {name!r}")
    many = [items] if isinstance(items, InstanceWrite) else items
    writes = plan_write(many, registry)
    sent = {camel(name): value for name, value in options.items()}
    done: list[WrittenInstance] = []
    # Nodes first: edges need them. Requests of one kind go side by side.
    nodes = [write for write in writes if write["instanceType"] == "node"]
    edges = [write for write in writes if write["instanceType"] == "edge"]
    for group, later in ((nodes, edges), (edges, [])):
        parts = [group[at : at + CHUNK] for at in range(0, len(group), CHUNK)]
        if not parts:
            continue
        answers = yield [
            Call("/models/instances", {"items": part, **sent}) for part in parts
        ]
        done += [
            WrittenInstance.model_validate(_times(item))
            for answer in answers
            if not isinstance(answer, Exception)
            for item in answer["items"]
        ]
        _account("write", parts, answers, later, done)
    return done


def delete(
    row: type[Instance], registry: Registry, ids: Sequence[Any]
) -> Steps[list[NodeId]]:
    """Deletes instances; those that are not there are passed over."""
    named = list(dict.fromkeys(id_of(row.view, id, registry) for id in ids))
    kind = row.view.instance_type
    parts = [
        [{"instanceType": kind, **id.dump()} for id in chunk]
        for chunk in chunks(named, CHUNK)
    ]
    if not parts:
        return []
    answers = yield [
        Call("/models/instances/delete", {"items": part}) for part in parts
    ]
    done = [
        NodeId(item["space"], item["externalId"])
        for answer in answers
        if not isinstance(answer, Exception)
        for item in answer["items"]
    ]
    _account("delete", parts, answers, [], done)
    return done


def id_of(view: View, value: Any, registry: Registry) -> NodeId:
    """The id that a value names."""
    found = registry.id_of(value)
    if found is None:
        raise QueryError(
            "QUERY.INVALID_VALUE",
            f"An id of view {view.id} is a text, a tuple of space and external id, or an"
            f" instance; got {type(value).__name__}.",
        )
    return found


def _account(
    what: str,
    parts: Sequence[Sequence[Mapping[str, Any]]],
    answers: Sequence[Any],
    later: Sequence[Mapping[str, Any]],
    done: Sequence[Any],
) -> None:
    """Raises where a request failed, with account of every instance."""
    errors = [answer for answer in answers if isinstance(answer, Exception)]
    if not errors:
        return
    if len(parts) == 1 and not done:
        raise errors[0]
    failed = [
        (item["space"], item["externalId"])
        for part, answer in zip(parts, answers)
        if isinstance(answer, Exception)
        for item in part
    ]
    not_sent = [(item["space"], item["externalId"]) for item in later]
    raise PartialWriteError(
        what, done=done, failed=failed, not_sent=not_sent
    ) from errors[0]


def _times(item: Mapping[str, Any]) -> dict[str, Any]:
    times = {name: item[name] / 1000 for name in ("createdTime", "lastUpdatedTime")}
    return {**item, **times}


def _property_id(view: View, name: str) -> str:
    if name in ("external_id", "space"):
        return camel(name)
    prop = view.properties.get(name)
    if prop is None:
        what = f"a property of view {view.id}"
        raise unknown("QUERY.UNKNOWN_PROPERTY", name, what, view.stored())
    if not isinstance(prop, (Scalar, Direct)):
        raise QueryError(
            "QUERY.INVALID_AGGREGATE", f"{place(view, name)} is no stored property."
        )
    return view.property_id(name)
`;
