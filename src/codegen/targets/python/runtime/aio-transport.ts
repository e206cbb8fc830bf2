/** `_runtime/aio/transport.py` of a generated package. */
export const aioTransportPy: string = `"""Makes requests, and waits for their answers."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from ..calls import (
    MOST_ATTEMPTS,
    Call,
    ResultT,
    Steps,
    api_error,
    backoff,
    is_retried,
)
from ..config import Config
from ..credentials import ClientCredentials, HeldToken, Token, token_of
from ..errors import ConnectionFailedError, PygenError, ResponseError
from .together import together

AT_ONCE = 4


class AsyncTransport:
    """Makes requests: signs them, and makes them again where that may help."""

    def __init__(self, config: Config, http_client: httpx.AsyncClient | None) -> None:
        self._config = config
        self._owned = http_client is None
        self._http = http_client or httpx.AsyncClient(timeout=config.timeout)
        self._gate = asyncio.Semaphore(AT_ONCE)
        self._lock = asyncio.Lock()
        self._held: HeldToken | None = None

    async def run(self, steps: Steps[ResultT]) -> ResultT:
        """Runs steps to their end."""
        try:
            calls = next(steps)
            while True:
                calls = steps.send(await self._all(calls))
        except StopIteration as stop:
            result: ResultT = stop.value
            return result

    async def close(self) -> None:
        """Closes the connections, unless they are somebody else's."""
        if self._owned:
            await self._http.aclose()

    async def _all(self, calls: Sequence[Call]) -> list[Any]:
        return await together(self._one, calls)

    async def _one(self, call: Call) -> Any:
        """The answer to a call, or its error."""
        async with self._gate:
            try:
                return await self._answer(call)
            except PygenError as error:
                return error

    async def _answer(self, call: Call) -> Any:
        renewed = False
        for attempt in range(1, MOST_ATTEMPTS + 1):
            token = await self._token()
            last = attempt == MOST_ATTEMPTS
            try:
                response = await self._http.post(
                    self._config.url(call.path),
                    content=self._config.body(call.body),
                    headers=self._config.headers(token),
                )
            except httpx.TransportError as error:
                if last:
                    raise ConnectionFailedError(
                        "HTTP.CONNECTION",
                        f"{call.path} failed {attempt} times: {type(error).__name__}.",
                    ) from None
                await asyncio.sleep(backoff(attempt, None))
                continue
            answer = _json(response)
            if response.status_code == 401 and not renewed:
                renewed = True
                self._forget(token)
                continue
            if response.is_success:
                if not isinstance(answer, Mapping):
                    raise ResponseError(
                        "RESPONSE.SHAPE", f"The answer of {call.path} is not JSON."
                    )
                return answer
            if last or not is_retried(response.status_code, answer):
                raise api_error(
                    response.status_code, answer, call.path, response.headers
                )
            await asyncio.sleep(backoff(attempt, response.headers.get("retry-after")))
        raise AssertionError("the last attempt returns or raises")

    async def _token(self) -> str:
        credentials = self._config.credentials
        if isinstance(credentials, Token):
            return credentials.current()
        async with self._lock:  # who comes second finds the token of who came first
            if self._held is None or not self._held.is_good:
                self._held = await self._sign_in(credentials)
            return self._held.token

    async def _sign_in(self, credentials: ClientCredentials) -> HeldToken:
        url = credentials.token_url
        for attempt in range(1, MOST_ATTEMPTS + 1):
            last = attempt == MOST_ATTEMPTS
            try:
                response = await self._http.post(url, data=credentials.form())
            except httpx.TransportError as error:
                if last:
                    raise ConnectionFailedError(
                        "HTTP.CONNECTION", f"{url} failed: {type(error).__name__}."
                    ) from None
            else:
                if last or not is_retried(response.status_code, None):
                    return token_of(response.status_code, _json(response), url)
            await asyncio.sleep(backoff(attempt, None))
        raise AssertionError("the last attempt returns or raises")

    def _forget(self, token: str) -> None:
        if self._held is not None and self._held.token == token:
            self._held = None


def _json(response: httpx.Response) -> Any:
    try:
        return response.json()
    except ValueError:
        return None
`;
