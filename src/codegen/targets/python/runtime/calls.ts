/** `_runtime/calls.py` of a generated package. */
export const callsPy: string = `"""Requests as data, and what their answers mean. Nothing here reads or waits."""

from __future__ import annotations

import random
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from .errors import ApiError

ResultT = TypeVar("ResultT")

MOST_ATTEMPTS = 8
LONGEST_WAIT = 30.0
RETRIED = frozenset({429, 502, 503, 504})


@dataclass(frozen=True)
class Call:
    """A request to the service. All of them may be repeated without harm."""

    path: str
    body: Mapping[str, Any]


Steps = Generator[Sequence[Call], Sequence[Any], ResultT]
"""Work that asks for requests and is sent their answers, or the errors of those.

Whoever runs it decides how requests are made: one after the other or side by side,
waiting or not. The clients for synchronous and asynchronous code run the same steps.
"""


def one(call: Call) -> Steps[Any]:
    """A single request; its error is raised."""
    (answer,) = yield [call]
    if isinstance(answer, Exception):
        raise answer
    return answer


def backoff(attempt: int, retry_after: str | None) -> float:
    """Seconds to wait after an attempt, counted from 1, that failed."""
    try:
        if retry_after is not None:
            return min(LONGEST_WAIT, max(0.0, float(retry_after)))
    except ValueError:
        pass  # a date; the usual wait does
    return random.uniform(0.05, min(LONGEST_WAIT, 0.25 * 2**attempt))


def is_retried(status: int, answer: Any) -> bool:
    """Whether a failed request may succeed when it is made again."""
    error = answer.get("error") if isinstance(answer, Mapping) else None
    marked = isinstance(error, Mapping) and error.get("isAutoRetryable") is True
    return status in RETRIED or (status >= 500 and marked)


def api_error(
    status: int, answer: Any, path: str, headers: Mapping[str, str]
) -> ApiError:
    """The error of an answer, which may come from a gateway and not be JSON."""
    error = answer.get("error") if isinstance(answer, Mapping) else None
    detail: Mapping[str, Any] = error if isinstance(error, Mapping) else {}
    message = detail.get("message") or (error if isinstance(error, str) else None)
    return ApiError(
        status,
        message or "the service refused the request",
        path=path,
        request_id=headers.get("x-request-id"),
        missing=detail.get("missing") or (),
        duplicated=detail.get("duplicated") or (),
    )
`;
