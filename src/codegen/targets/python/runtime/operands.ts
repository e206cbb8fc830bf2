/** `_runtime/operands.py` of a generated package. */
export const operandsPy: string = `"""Values that properties are compared with, in the form that the service takes."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError

from .instances import iso, utc
from .registry import Registry, invalid
from .views import Direct, Scalar, View


def operand_of(
    prop: Scalar | Direct, view: View, name: str, registry: Registry
) -> Callable[[Any], Any]:
    """How one value of a property is turned into its form for the service."""
    if isinstance(prop, Direct):
        return reference(view, name, registry)
    if prop.type == "boolean":
        return typed(view, name, "true or false", bool)
    if prop.type in ("int32", "int64"):
        return typed(view, name, "a whole number", int)
    if prop.type in ("float32", "float64"):
        return typed(view, name, "a finite number", int, float)
    if prop.type == "timestamp":
        return _timestamp(view, name)
    if prop.type == "date":
        return _date(view, name)
    if prop.type == "json":
        return typed(view, name, "a dict", dict)
    return typed(view, name, "a text", str)


def typed(
    view: View, name: str, expected: str, *types: type[Any]
) -> Callable[[Any], Any]:
    """Passes values of some types."""

    def check(value: Any) -> Any:
        is_bool = isinstance(value, bool) and bool not in types
        is_odd = isinstance(value, float) and not math.isfinite(value)
        if is_bool or is_odd or not isinstance(value, types):
            raise invalid(view, name, expected, value)
        return value

    return check


def reference(view: View, name: str, registry: Registry) -> Callable[[Any], Any]:
    """Turns what names an instance into its id."""

    def check(value: Any) -> Any:
        found = registry.id_of(value)
        if found is None:
            raise invalid(view, name, "an id", value)
        return found.dump()

    return check


def _timestamp(view: View, name: str) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        if isinstance(value, datetime):
            return iso(value)
        if isinstance(value, str):
            return value
        raise invalid(view, name, "a datetime or ISO text", value)

    return check


def milliseconds(view: View, name: str) -> Callable[[Any], Any]:
    """Turns times into milliseconds since 1970, as facts of instances have them."""

    def check(value: Any) -> Any:
        if isinstance(value, str):
            try:
                value = TypeAdapter(datetime).validate_python(value)
            except ValidationError:
                raise invalid(view, name, "a datetime or ISO text", value) from None
        if not isinstance(value, datetime):
            raise invalid(view, name, "a datetime or ISO text", value)
        return round(utc(value).timestamp() * 1000)

    return check


def _date(view: View, name: str) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        if isinstance(value, datetime):
            raise invalid(view, name, "a date or ISO text", value)
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, str):
            return value
        raise invalid(view, name, "a date or ISO text", value)

    return check
`;
