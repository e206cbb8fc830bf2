/** `_runtime/aio/together.py` of a generated package. */
export const aioTogetherPy: string = `"""Work side by side."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")


async def together(
    work: Callable[[ItemT], Awaitable[ResultT]], items: Sequence[ItemT]
) -> list[ResultT]:
    """Does the work for all items at once; the results are in their order."""
    return await asyncio.gather(*[work(item) for item in items])
`;
