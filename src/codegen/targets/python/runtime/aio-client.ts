/** `_runtime/aio/client.py` of a generated package. */
export const aioClientPy: string = `"""The base of generated clients."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from types import TracebackType
from typing import Any, ClassVar, Literal, TypeVar

import httpx
from typing_extensions import Unpack

from .. import operations
from ..config import Config
from ..credentials import Credentials
from ..instances import Instance, InstanceWrite
from ..operations import WriteOptions, WrittenInstance
from ..registry import Registry
from .transport import AsyncTransport
from .views import AsyncReadOnlyViewAPI, AsyncViewAPI

ClientT_co = TypeVar("ClientT_co", covariant=True)


class AsyncClient(AbstractAsyncContextManager[ClientT_co]):
    """The base of generated clients."""

    _views: ClassVar[Mapping[str, tuple[type[Instance], Literal["read", "write"]]]]

    def __init__(
        self,
        *,
        project: str,
        credentials: Credentials,
        cluster: str | None = None,
        base_url: str | None = None,
        space: str | None = None,
        application: str = "pygen",
        timeout: float = 60.0,
        http_client: httpx.AsyncClient | None = None,
    ) -> None:
        """Makes a client. Nothing is sent before the first call.

        Args:
            project: The project of CDF.
            credentials: A token, or ClientCredentials of a service.
            cluster: The cluster of the project, as westeurope-1.
            base_url: The address instead of a cluster, as http://127.0.0.1:4000.
            space: The space of ids given as a text, and of what is written without one.
            application: Who asks, for the logs of the service.
            timeout: Seconds for each request.
            http_client: Makes the requests instead of a client of its own; it is not
                closed.
        """
        config = Config(project, credentials, cluster, base_url, application, timeout)
        self._transport = AsyncTransport(config, http_client)
        rows = [row for row, _ in self._views.values()]
        self._registry = Registry(rows, space)
        for name, (row, use) in self._views.items():
            api: Any = AsyncViewAPI if use == "write" else AsyncReadOnlyViewAPI
            setattr(self, name, api(row, self._transport, self._registry))

    @property
    def space(self) -> str | None:
        """The space of ids given as a text."""
        return self._registry.space

    async def upsert(
        self,
        items: InstanceWrite | Sequence[InstanceWrite],
        **options: Unpack[WriteOptions],
    ) -> Sequence[WrittenInstance]:
        """Creates or patches instances of any views, with all that is nested in them.

        Args:
            items: What to write. What was not given is left alone, None clears.
            options: How it is written, as WriteOptions has it.

        Returns:
            What was written: each instance once, nodes before edges.

        Raises:
            QueryError: It cannot be written like that; nothing was sent.
            PartialWriteError: Some requests failed; it accounts for every instance.
        """
        steps = operations.upsert(items, self._registry, options)
        return await self._transport.run(steps)

    async def close(self) -> None:
        """Closes the client's connections."""
        await self._transport.close()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()
`;
