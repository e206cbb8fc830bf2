/** `_runtime/config.py` of a generated package. */
export const configPy: string = `"""Where the service is, and what every request carries."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from .credentials import ClientCredentials, Credentials, Token
from .errors import QueryError

SDK = "pygen-python"


class Config:
    """The configuration of a client."""

    def __init__(
        self,
        project: str,
        credentials: Credentials,
        cluster: str | None,
        base_url: str | None,
        application: str,
        timeout: float,
    ) -> None:
        if (cluster is None) == (base_url is None):
            raise QueryError(
                "CLIENT.OPTIONS", "A client needs either a cluster or a base_url."
            )
        base = base_url or f"https://{cluster}.cognitedata.com"
        if urlsplit(base).scheme not in ("http", "https"):
            raise QueryError("CLIENT.OPTIONS", f"{base!r} is not an address.")
        if not isinstance(credentials, (str, Token, ClientCredentials)):
            raise QueryError(
                "CLIENT.OPTIONS",
                "credentials are a text, a Token or ClientCredentials of this package;"
                f" got {type(credentials).__module__}.{type(credentials).__name__}.",
            )
        self._root = f"{base.rstrip('/')}/api/v1/projects/{quote(project, safe='')}"
        self.credentials: Token | ClientCredentials = (
            Token(credentials) if isinstance(credentials, str) else credentials
        )
        self.application = application
        self.timeout = timeout

    def url(self, path: str) -> str:
        """The address of a path."""
        return self._root + path

    def body(self, body: Mapping[str, Any]) -> bytes:
        """The body of a request."""
        return json.dumps(body, allow_nan=False, separators=(",", ":")).encode()

    def headers(self, token: str) -> dict[str, str]:
        """The headers of a request."""
        return {
            "authorization": f"Bearer {token}",
            "content-type": "application/json",
            "x-cdp-app": self.application,
            "x-cdp-sdk": SDK,
        }
`;
