/** `_runtime/rows.py` of a generated package. */
export const rowsPy: string = `"""Turns what the service answers into instances of the generated classes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Any, cast

from pydantic import TypeAdapter, ValidationError
from typing_extensions import TypedDict

from .errors import ResponseError
from .instances import UTC, DataRecord, Edge, Instance, InstanceT, Node
from .registry import Registry, place
from .views import Direct, NodeId


def reference(row: type[InstanceT], id: NodeId) -> InstanceT:
    """An instance of which nothing but the id is known."""
    return row.model_construct(space=id.space, external_id=id.external_id)


def decode(
    row: type[Instance] | None,
    fields: Sequence[str],
    instance: Mapping[str, Any],
    registry: Registry,
    everything: bool = False,
) -> Instance:
    """An instance with the values of some fields; absent ones are None.

    Raises:
        ResponseError: A value is not of the type of its property.
    """
    values: dict[str, Any] = {
        "space": instance["space"],
        "external_id": instance["externalId"],
        "data_record": _record(instance),
    }
    if instance["instanceType"] == "edge":
        values["edge_type"] = _id(instance["type"])
        values["start_node"] = _id(instance["startNode"])
        values["end_node"] = _id(instance["endNode"])
    else:
        values["node_type"] = _id(instance.get("type"))
    if row is None:
        base = Edge if instance["instanceType"] == "edge" else Node
        return base.model_construct(**values)
    view = row.view
    groups = (instance.get("properties") or {}).get(view.id.space) or {}
    found = groups.get(view.id.group) or {}
    if fields:
        _fill(values, row, fields, found, registry, instance)
    if everything:
        known = {view.property_id(name) for name in view.properties}
        new = {id: value for id, value in found.items() if id not in known}
        return row.model_construct(**new, **values)
    return row.model_construct(**values)


def _fill(
    values: dict[str, Any],
    row: type[Instance],
    fields: Sequence[str],
    found: Mapping[str, Any],
    registry: Registry,
    instance: Mapping[str, Any],
) -> None:
    view = row.view
    try:
        checked = _adapter(row, tuple(fields)).validate_python(found)
    except ValidationError as error:
        (first, *_) = error.errors(include_input=False, include_url=False)
        raise ResponseError(
            "RESPONSE.VALUE",
            f"{place(view, str(first['loc'][0]))} of instance"
            f" {instance['externalId']!r} in space {instance['space']!r}:"
            f" {first['msg']}.",
        ) from None
    for name in fields:
        prop = view.properties[name]
        if isinstance(prop, Direct):
            target = registry.node(prop.source) or Node
            value = found.get(view.property_id(name))
            if value is None:
                values[name] = None
            elif prop.list:
                values[name] = [reference(target, _id(one)) for one in value]
            else:
                values[name] = reference(target, _id(value))
        else:
            values[name] = checked.get(view.property_id(name))


@lru_cache(maxsize=4096)
def _adapter(row: type[Instance], fields: tuple[str, ...]) -> TypeAdapter[Any]:
    """Checks the values of some properties of a view, by their ids."""
    row.model_rebuild()
    types: dict[str, Any] = {}
    for name in fields:
        if isinstance(row.view.properties[name], Direct):
            continue
        info = row.model_fields[name]
        annotation: Any = info.annotation
        if info.metadata:
            parts = (annotation, *info.metadata)
            annotation = cast(Any, Annotated)[parts]
        types[row.view.property_id(name)] = annotation | None
    shape = cast(Any, TypedDict)("Shape", types, total=False)
    return TypeAdapter(shape)


def _record(instance: Mapping[str, Any]) -> DataRecord:
    deleted = instance.get("deletedTime")
    return DataRecord.model_construct(
        version=instance["version"],
        created_time=_time(instance["createdTime"]),
        last_updated_time=_time(instance["lastUpdatedTime"]),
        deleted_time=None if deleted is None else _time(deleted),
    )


def _time(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def _id(value: Any) -> Any:
    return None if value is None else NodeId(value["space"], value["externalId"])
`;
