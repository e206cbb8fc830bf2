/** `_runtime/errors.py` of a generated package. */
export const errorsPy: string = `"""What can go wrong, by kind. Every error has a stable code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


class PygenError(Exception):
    """The base of all errors of this package.

    Attributes:
        code: A stable name of the problem, as QUERY.UNKNOWN_PROPERTY.
        hint: What to do about it, where that can be said.
    """

    def __init__(self, code: str, message: str, hint: str | None = None) -> None:
        super().__init__(message if hint is None else f"{message} {hint}")
        self.code = code
        self.hint = hint


class QueryError(PygenError, ValueError):
    """What was asked for cannot be done. Nothing was sent."""


class SignInError(PygenError):
    """No token could be had. It never holds a secret."""


class ConnectionFailedError(PygenError):
    """The service could not be reached, or did not answer in time."""


class ResponseError(PygenError):
    """The service answered with something that is not as documented."""


class ApiError(PygenError):
    """The service refused a request.

    Attributes:
        status: The status of HTTP.
        request_id: What to quote when asking for support.
        path: The path of the request.
        missing: Ids that the service did not find.
        duplicated: Ids that the service has already.
    """

    def __init__(
        self,
        status: int,
        message: str,
        *,
        path: str = "",
        request_id: str | None = None,
        missing: Sequence[Mapping[str, Any]] = (),
        duplicated: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        quoted = "" if request_id is None else f" (request {request_id})"
        super().__init__(f"API.{status}", f"{status} from {path}: {message}{quoted}")
        self.status = status
        self.request_id = request_id
        self.path = path
        self.missing = tuple(missing)
        self.duplicated = tuple(duplicated)


class PartialWriteError(PygenError):
    """Some requests of a write failed; the first failure is the __cause__.

    Attributes:
        done: What the service said of the instances that were written or deleted.
        failed: Ids that were refused, or of which it is not known.
        not_sent: Ids that nothing was sent for, because of the failure.
    """

    def __init__(
        self,
        what: str,
        *,
        done: Sequence[Any],
        failed: Sequence[tuple[str, str]],
        not_sent: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__(
            "WRITE.PARTIAL",
            f"Of the instances to {what}, {len(done)} are done, {len(failed)} failed"
            f" and {len(not_sent)} were not sent.",
        )
        self.done = tuple(done)
        self.failed = tuple(failed)
        self.not_sent = tuple(not_sent)


class NotReadError(AttributeError):
    """A value was asked for that was not read, because it was not selected."""
`;
