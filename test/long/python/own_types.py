"""A type of an application's own, for a JSON property."""

from datetime import datetime

from pydantic import BaseModel


class Settings(BaseModel):
    """How a turbine is set."""

    mode: str
    since: datetime | None = None
