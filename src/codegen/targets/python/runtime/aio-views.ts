/** `_runtime/aio/views.py` of a generated package. */
export const aioViewsPy: string = `"""What can be done with the instances of a view."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any, Generic, TypeAlias, TypeVar, overload

from typing_extensions import Unpack

from .. import operations
from ..conditions import SortKey
from ..instances import InstanceList, InstanceRef, InstanceT, InstanceWrite
from ..operations import (
    Aggregates,
    AggregatesList,
    WriteOptions,
    WrittenInstance,
)
from ..registry import Registry
from ..views import NodeId
from .transport import AsyncTransport

WriteT = TypeVar("WriteT", bound=InstanceWrite)
WhereT = TypeVar("WhereT")
SelectT = TypeVar("SelectT")
FieldT = TypeVar("FieldT", bound=str)
RefT = TypeVar("RefT", bound=InstanceRef)
Many: TypeAlias = list[RefT]


class AsyncReadOnlyViewAPI(Generic[InstanceT, WhereT, SelectT, FieldT]):
    """Reads the instances of a view."""

    def __init__(
        self, row: type[InstanceT], transport: AsyncTransport, registry: Registry
    ) -> None:
        self._row = row
        self._transport = transport
        self._registry = registry

    async def list(
        self,
        *,
        where: WhereT | None = None,
        select: SelectT | None = None,
        sort: Sequence[SortKey[FieldT]] | None = None,
        limit: float | None = None,
    ) -> InstanceList[InstanceT]:
        """The instances that conditions hold for.

        Args:
            where: Conditions, which must all hold.
            select: What to read; without it, all stored properties and the ids of
                direct relations. Nested sets are read to their end.
            sort: What to sort by, most significant first; at most five.
            limit: Most instances. Without it, more than 10,000 are an error, which
                math.inf lifts.

        Raises:
            QueryError: It cannot be asked like that; nothing was sent.
            ApiError: The service refused.
        """
        run = operations.start_list(
            self._row,
            self._registry,
            where=where,
            select=select,
            sort=sort,
            limit=limit,
        )
        return await self._transport.run(
            operations.collect(run, self._row, bounded=limit is None)
        )

    async def iterate(
        self,
        *,
        where: WhereT | None = None,
        select: SelectT | None = None,
        sort: Sequence[SortKey[FieldT]] | None = None,
        limit: float | None = None,
    ) -> AsyncIterator[InstanceT]:
        """The same, one by one, with memory for a page of 1,000.

        Nothing is sent before the first is asked for. There is no bound.
        """
        run = operations.start_list(
            self._row,
            self._registry,
            where=where,
            select=select,
            sort=sort,
            limit=limit,
        )
        while not run.done:
            rows: Any = await self._transport.run(run.next_page())
            for row in rows:
                yield row

    @overload
    async def retrieve(
        self, ids: InstanceRef, *, select: SelectT | None = None
    ) -> InstanceT | None: ...

    @overload
    async def retrieve(
        self, ids: Many[RefT], *, select: SelectT | None = None
    ) -> InstanceList[InstanceT]: ...

    async def retrieve(
        self,
        ids: InstanceRef | Many[RefT],
        *,
        select: SelectT | None = None,
    ) -> InstanceT | None | InstanceList[InstanceT]:
        """One instance by id, or several by a list of ids.

        Args:
            ids: An external id in the client's space, a tuple of space and external id,
                or an instance; or a list of those.
            select: What to read, as for list().

        Returns:
            For one id the instance, or None. For a list each instance once, in the
            order of the ids, without those that are not there.
        """
        many: Sequence[Any] = ids if isinstance(ids, list) else [ids]
        found = await self._transport.run(
            operations.retrieve(self._row, self._registry, many, select)
        )
        if isinstance(ids, list):
            return found
        return found[0] if found else None

    async def search(
        self,
        query: str,
        *,
        properties: Sequence[FieldT] | None = None,
        where: WhereT | None = None,
        select: SelectT | None = None,
        limit: int | None = None,
    ) -> InstanceList[InstanceT]:
        """Instances by text, most relevant first.

        Args:
            query: The words to look for.
            properties: The texts to look in; without it, all texts.
            where: Conditions, which must all hold.
            select: What to read, as for list().
            limit: Most instances. The service gives at most 1,000; where that may not
                be all, the list is truncated.
        """
        return await self._transport.run(
            operations.search(
                self._row,
                self._registry,
                query,
                properties=properties,
                where=where,
                select=select,
                limit=limit,
            )
        )

    @overload
    async def aggregate(
        self,
        *,
        count: bool | FieldT | Sequence[FieldT] = False,
        avg: FieldT | Sequence[FieldT] = (),
        sum: FieldT | Sequence[FieldT] = (),
        min: FieldT | Sequence[FieldT] = (),
        max: FieldT | Sequence[FieldT] = (),
        where: WhereT | None = None,
        query: str | None = None,
        properties: Sequence[FieldT] | None = None,
    ) -> Aggregates: ...

    @overload
    async def aggregate(
        self,
        *,
        group_by: Sequence[FieldT],
        count: bool | FieldT | Sequence[FieldT] = False,
        avg: FieldT | Sequence[FieldT] = (),
        sum: FieldT | Sequence[FieldT] = (),
        min: FieldT | Sequence[FieldT] = (),
        max: FieldT | Sequence[FieldT] = (),
        where: WhereT | None = None,
        query: str | None = None,
        properties: Sequence[FieldT] | None = None,
    ) -> AggregatesList: ...

    async def aggregate(
        self,
        *,
        group_by: Sequence[FieldT] | None = None,
        count: bool | FieldT | Sequence[FieldT] = False,
        avg: FieldT | Sequence[FieldT] = (),
        sum: FieldT | Sequence[FieldT] = (),
        min: FieldT | Sequence[FieldT] = (),
        max: FieldT | Sequence[FieldT] = (),
        where: WhereT | None = None,
        query: str | None = None,
        properties: Sequence[FieldT] | None = None,
    ) -> Aggregates | AggregatesList:
        """Counts instances and computes over their values.

        Args:
            group_by: Properties by whose values instances are grouped.
            count: True counts instances, properties count their values.
            avg: Properties to have the average of.
            sum: Properties to add up.
            min: Properties to have the least value of.
            max: Properties to have the greatest value of.
            where: Conditions, which must all hold.
            query: Words to look for.
            properties: The texts to look for them in.

        Returns:
            The values; with group_by those of every group, at most 1,000. Where
            that may not be all, the list is truncated.
        """
        found = await self._transport.run(
            operations.aggregate(
                self._row,
                self._registry,
                metrics={
                    "count": count,
                    "avg": avg,
                    "sum": sum,
                    "min": min,
                    "max": max,
                },
                group_by=group_by or (),
                where=where,
                query=query,
                properties=properties,
            )
        )
        return found if group_by else found[0]

    async def delete(self, ids: InstanceRef | Many[RefT]) -> Sequence[NodeId]:
        """Deletes instances by id.

        Returns:
            The ids really deleted, without those that were not there.

        Raises:
            PartialWriteError: Some requests failed; it accounts for every id.
        """
        many: Sequence[Any] = ids if isinstance(ids, list) else [ids]
        steps = operations.delete(self._row, self._registry, many)
        return await self._transport.run(steps)


class AsyncViewAPI(
    AsyncReadOnlyViewAPI[InstanceT, WhereT, SelectT, FieldT],
    Generic[InstanceT, WriteT, WhereT, SelectT, FieldT],
):
    """Reads and writes the instances of a view."""

    async def upsert(
        self,
        items: WriteT | Sequence[WriteT],
        **options: Unpack[WriteOptions],
    ) -> Sequence[WrittenInstance]:
        """Creates or patches instances, with all that is nested in them.

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
`;
