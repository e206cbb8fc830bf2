/** `_runtime/aio/__init__.py` of a generated package. */
export const aioPackagePy: string = `"""The asynchronous client. All it does is in the steps that it runs."""

from .client import AsyncClient
from .views import AsyncReadOnlyViewAPI, AsyncViewAPI

__all__ = ["AsyncClient", "AsyncReadOnlyViewAPI", "AsyncViewAPI"]
`;
