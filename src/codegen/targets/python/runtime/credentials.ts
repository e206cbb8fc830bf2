/** `_runtime/credentials.py` of a generated package. */
export const credentialsPy: string = `"""Who signs in. Secrets are in no text that these objects give of themselves."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from .errors import SignInError

EARLY = 60.0
"""Seconds before its end in which a token is renewed."""


@dataclass(frozen=True)
class Token:
    """A token that is there already, or a function that gives one when needed."""

    token: str | Callable[[], str] = field(repr=False)

    def current(self) -> str:
        """The token."""
        return self.token if isinstance(self.token, str) else self.token()


@dataclass(frozen=True)
class ClientCredentials:
    """A service that signs in by a secret: the client credentials of OAuth 2.0.

    Args:
        token_url: Where tokens are had.
        client_id: The id of the service.
        client_secret: Its secret.
        scopes: What is asked for.
        audience: For whom, where the provider wants it said.
    """

    token_url: str
    client_id: str
    client_secret: str = field(repr=False)
    scopes: Sequence[str] = ()
    audience: str | None = None

    @classmethod
    def entra(
        cls, *, tenant_id: str, client_id: str, client_secret: str, cluster: str
    ) -> ClientCredentials:
        """For Microsoft Entra ID.

        Args:
            tenant_id: The tenant's id.
            client_id: The id of the service.
            client_secret: Its secret.
            cluster: The cluster of CDF, as westeurope-1.
        """
        return cls(
            f"https://login.microsoftonline.com/{tenant_id}/oauth2/v2.0/token",
            client_id,
            client_secret,
            scopes=(f"https://{cluster}.cognitedata.com/.default",),
        )

    def form(self) -> dict[str, str]:
        """What is sent to have a token."""
        form = {
            "grant_type": "client_credentials",
            "client_id": self.client_id,
            "client_secret": self.client_secret,
        }
        if self.scopes:
            form["scope"] = " ".join(self.scopes)
        if self.audience is not None:
            form["audience"] = self.audience
        return form


Credentials: TypeAlias = str | Token | ClientCredentials
"""Who signs in: a token, or a service by its secret."""


def from_environment(environ: Mapping[str, str] = os.environ) -> Credentials:
    """The credentials that the variables of CDF tools name.

    CDF_TOKEN; else IDP_CLIENT_ID and IDP_CLIENT_SECRET, with
    IDP_TOKEN_URL, IDP_SCOPES (separated by blanks) and IDP_AUDIENCE, or
    with IDP_TENANT_ID and CDF_CLUSTER for Microsoft Entra ID.

    Raises:
        SignInError: A variable is missing; it says which.
    """

    def needed(name: str) -> str:
        value = environ.get(name)
        if not value:
            raise SignInError("SIGN_IN.MISSING", f"The variable {name} is not set.")
        return value

    token = environ.get("CDF_TOKEN")
    if token:
        return Token(token)
    client_id, secret = needed("IDP_CLIENT_ID"), needed("IDP_CLIENT_SECRET")
    token_url = environ.get("IDP_TOKEN_URL")
    if token_url:
        return ClientCredentials(
            token_url,
            client_id,
            secret,
            scopes=environ.get("IDP_SCOPES", "").split(),
            audience=environ.get("IDP_AUDIENCE") or None,
        )
    return ClientCredentials.entra(
        tenant_id=needed("IDP_TENANT_ID"),
        client_id=client_id,
        client_secret=secret,
        cluster=needed("CDF_CLUSTER"),
    )


@dataclass(frozen=True)
class HeldToken:
    """A token, and until when it is good."""

    token: str = field(repr=False)
    expires: float

    @property
    def is_good(self) -> bool:
        """Whether it need not be renewed yet."""
        return time.monotonic() < self.expires


def token_of(status: int, answer: Any, url: str) -> HeldToken:
    """The token in the answer of a provider.

    Raises:
        SignInError: There is none in it.
    """
    found = answer if isinstance(answer, Mapping) else {}
    token = found.get("access_token")
    if status != 200 or not isinstance(token, str) or not token:
        reason = found.get("error_description") or found.get("error") or "no token"
        raise SignInError("SIGN_IN.REFUSED", f"{status} from {url}: {reason}.")
    life = float(found.get("expires_in") or 3600)
    return HeldToken(token, time.monotonic() + life - min(EARLY, life / 2))
`;
